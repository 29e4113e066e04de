"""To be described by its owner."""

from opentusk.kit.sentences.form import Sentence

REPAIRS: dict[str, Sentence] = {}
