"""To be described by its owner."""

from opentusk.kit.sentences.form import Sentence

RULES: dict[str, Sentence] = {}
