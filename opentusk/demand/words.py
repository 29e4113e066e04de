"""What people write, checked: nothing is cut, nothing personal is kept."""

from opentusk.demand.errors import NamesSomebody, UnknownTheme, WordsTooLong
from opentusk.kit.personal import names_somebody
from opentusk.kit.vocabularies import THEMES

# The fourteenth, OP_DATPRO, is a mark of data providers and no theme that people choose.
THEME_CODES = tuple(theme.code for theme in THEMES.terms if theme.code != "OP_DATPRO")


def checked(words: str, field: str, *, most: int) -> str:
    """The words without blanks around. Raises WordsTooLong, NamesSomebody."""
    words = words.strip()
    if len(words) > most:
        raise WordsTooLong(field, most)
    if names_somebody(words):
        raise NamesSomebody(field)
    return words


def checked_theme(code: str) -> str:
    """A theme's code, or nothing. Raises UnknownTheme."""
    if code and code not in THEME_CODES:
        raise UnknownTheme(code)
    return code
