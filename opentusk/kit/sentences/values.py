"""To be described by its owner."""

from opentusk.kit.sentences.form import Sentence

VALUES: dict[str, Sentence] = {}
