"""How pages look: the frame of every page, its components, words and colours, and what browsers may load.

It knows the vocabularies of the kit and no room above it; the cards, lists and forms it draws are given to it as
plain values.

Words: frame (`ui/base.html`), partial (a piece of a page), band (of a quality score).
Events: none.
"""
