"""Editorial work around a dataset: what people sign, look at, copy and repeat before and after it is public.

The *declaration* answers the questions of the law on rights, privacy and secrets, signed by a person (rule P5). The
*review* is a second person's look, where a body wants it. *Copies* and *series by year* spare describing the same
thing twice. The *file panel* shows every version of every file with what holds it and the way out. The holds
themselves are the catalogue's: this room only opens and lifts them.

Words: declaration, question, review, copy, series, file panel.
Events: `editorial.*` (see `events.py`).
"""
