"""To be described by its owner."""

from opentusk.kit.sentences.form import Sentence

SHAPES: dict[str, Sentence] = {}
