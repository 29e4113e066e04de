"""Personal data in a table: what to suspect, in which columns, and never a single value.

A table may be published only if nobody can be recognised in it. `find_personal` looks for direct identifiers (rule P2:
codice fiscale, names, phones, private e-mail, IBAN, plates, documents, birth dates), special categories (P1), groups so
small that they point at one person (P3), and lists taken from Amministrazione trasparente (P6). It suspects; a person
decides. What leaves this package are names of columns, counts and shares: values are read, checked and forgotten.

What the table is about weighs as much as what a cell looks like: the same word is a block in a list of people, a hint
in a table of counts, and nothing in a list of car parks.

Words: finding (a suspicion), kind (what is suspected), nature (whether rows are people, counts of people or things),
attribute (what describes a person without naming: sex, age, street), small cell.
"""

from opentusk.kit.personal.finding import find_personal, hidden_columns
from opentusk.kit.personal.kinds import KINDS
from opentusk.kit.personal.special import find_in_words
from opentusk.kit.personal.telling import advise, shown_name, tell_finding, tell_kind
from opentusk.kit.personal.texts import names_somebody

__all__ = [
    "KINDS",
    "advise",
    "find_in_words",
    "find_personal",
    "hidden_columns",
    "names_somebody",
    "shown_name",
    "tell_finding",
    "tell_kind",
]
