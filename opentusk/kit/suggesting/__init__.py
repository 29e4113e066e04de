"""What a description could say, before anybody has typed a word.

From the name of a file, what was found in its tables (`kit.tables` examinations), the body and what it published
before, every field gets a suggestion with its reason in one sentence. Nothing is certain here: a suggestion fills an
empty field that a person then reads. Words of people and of subjects are in `tables/*.tsv`, to be read and mended.
"""
