"""What every problem and refusal says, one module per family of codes.

A code is `family.fault`. Sentences name the thing and the way out, in plain words; `{name}` is filled from the
problem's values, `{before}` and `{after}` from its repair.
"""

from opentusk.kit.sentences.batches import BATCHES
from opentusk.kit.sentences.examining import EXAMINING
from opentusk.kit.sentences.form import Sentence
from opentusk.kit.sentences.harvesting import HARVESTING
from opentusk.kit.sentences.personal import PERSONAL
from opentusk.kit.sentences.queries import QUERIES
from opentusk.kit.sentences.reading import READING
from opentusk.kit.sentences.repairs import REPAIRS
from opentusk.kit.sentences.rules import RULES
from opentusk.kit.sentences.scores import SCORES
from opentusk.kit.sentences.services import SERVICES
from opentusk.kit.sentences.shapes import SHAPES
from opentusk.kit.sentences.sparql import SPARQL
from opentusk.kit.sentences.sql import SQL
from opentusk.kit.sentences.storing import STORING
from opentusk.kit.sentences.suggesting import SUGGESTING
from opentusk.kit.sentences.table_formats import TABLE_FORMATS
from opentusk.kit.sentences.tables import TABLES
from opentusk.kit.sentences.values import VALUES

SENTENCES: dict[str, Sentence] = {
    **EXAMINING,
    **READING,
    **QUERIES,
    **SQL,
    **SPARQL,
    **STORING,
    **TABLE_FORMATS,
    **HARVESTING,
    **VALUES,
    **REPAIRS,
    **SHAPES,
    **RULES,
    **SCORES,
    **SERVICES,
    **SUGGESTING,
    **BATCHES,
    **TABLES,
    **PERSONAL,
}
