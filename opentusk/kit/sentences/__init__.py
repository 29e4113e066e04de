"""What every problem and refusal says, one module per family of codes.

A code is `family.fault`. Sentences name the thing and the way out, in plain words; `{name}` is filled from the
problem's values, `{before}` and `{after}` from its repair.
"""

from opentusk.kit.sentences.form import Sentence
from opentusk.kit.sentences.harvesting import HARVESTING
from opentusk.kit.sentences.reading import READING
from opentusk.kit.sentences.repairs import REPAIRS
from opentusk.kit.sentences.rules import RULES
from opentusk.kit.sentences.scores import SCORES
from opentusk.kit.sentences.shapes import SHAPES
from opentusk.kit.sentences.storing import STORING
from opentusk.kit.sentences.values import VALUES

SENTENCES: dict[str, Sentence] = {**READING, **STORING, **HARVESTING, **VALUES, **REPAIRS, **SHAPES, **RULES, **SCORES}
