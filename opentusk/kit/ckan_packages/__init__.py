"""What a CKAN client means: its packages checked as CKAN checks them, and told apart from what it was shown.

A client reads a package, changes a key and sends all of it back, the derived keys and the other spellings included.
`intent` finds what it changed, `echo` keeps its own spelling as long as the record says the same, `checking` has
CKAN's rules with CKAN's words, `revising` the language of `package_revise`.
"""
