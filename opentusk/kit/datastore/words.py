"""Full text: words without case and accents, whole ones, in the query language of PostgreSQL.

A row's text is its cells as words, each between blanks of its own, ` via  roma  12 `, so that a word, or several that
follow one another, are found by looking for ` roma  12 `: one pass over the text. Nothing is stemmed and no word is
left out: what is found is what was asked, in every language.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from opentusk.kit.datastore.cells import decimal_sql
from opentusk.kit.datastore.errors import bad
from opentusk.kit.datastore.shapes import SourceField
from opentusk.kit.queries.compiling import Compiler, column_sql, quoted
from opentusk.kit.queries.folding import fold, pattern_of
from opentusk.kit.tables.shapes import ColumnType

TEXT = "words"  # the column of a row's text
# What one occurrence of a word counts in `rank`: what PostgreSQL gives for it.
WEIGHT = 0.0607927
_DEEPEST = 50
_MOST_TERMS = 100
_PIECE = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"\s*(?:(<->|[&|!()])|'((?:[^']|'')*)'|([^\s&|!()<>':]+))(:[*A-Da-d]*)?")


@dataclass(frozen=True)
class Term:
    """Words that follow one another; the last may be the beginning of one."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True)
class Both:
    """All of these."""

    parts: tuple["Words", ...]


@dataclass(frozen=True)
class Either:
    """One of these."""

    parts: tuple["Words", ...]


@dataclass(frozen=True)
class Without:
    """Not this."""

    part: "Words"


Words = Term | Both | Either | Without


def read_words(text: str, *, is_plain: bool) -> Words:
    """A query: plain words, all of which must be there, or the language of `to_tsquery`. Raises BadAsk."""
    return Both(tuple(_terms(text))) if is_plain else _Reader(text).read()


def row_text_sql(fields: Sequence[SourceField]) -> str:
    """The SQL of a row's text. Between two cells there are more blanks: what is in two of them follows on nothing."""
    # Column by column: of a value that returns often DuckDB makes the words once.
    cells = [_words_of(field, quoted(field.name)) for field in fields]
    return f"concat(' ', concat_ws('    ', {', '.join(cells) or repr('')}), ' ')"


def _words_of(field: SourceField, column: str) -> str:
    text = _text_of(field, column)
    if field.kind.column is ColumnType.TEXT:
        return rf"regexp_replace(strip_accents(lower({text})), '[^\pL\pN]+', '  ', 'g')"
    return rf"regexp_replace(lower({text}), '[^a-z0-9]+', '  ', 'g')"


def text_sql(words: Words, compiler: Compiler, text: str) -> str:
    """The condition that the row's text says it."""
    match words:
        case Term():
            return f"contains({text}, {compiler.bind(_looked_for(words))})" if words.words else "FALSE"
        case Both(parts=()):
            return "FALSE"
        case Both(parts=parts):
            return f"({' AND '.join(text_sql(part, compiler, text) for part in parts)})"
        case Either(parts=parts):
            return f"({' OR '.join(text_sql(part, compiler, text) for part in parts)})"
        case Without(part=part):
            return f"(NOT {text_sql(part, compiler, text)})"


def text_rank_sql(words: Words, compiler: Compiler, text: str) -> str:
    """How often the words occur in the row's text, weighed."""
    counts = []
    for term in terms_in(words):
        sought = _looked_for(term)
        place = compiler.bind(sought)
        counts.append(f"(strlen({text}) - strlen(replace({text}, {place}, ''))) / {len(sought.encode())}")
    return f"({' + '.join(counts) or '0'}) * {WEIGHT}::DOUBLE"


def cell_sql(words: Words, compiler: Compiler, field: SourceField) -> str:
    """The condition that one column says it."""
    match words:
        case Term(words=()):
            return "FALSE"
        case Term():
            return f"coalesce(regexp_matches({_cell(field)}, {compiler.bind(_pattern(words))}), FALSE)"
        case Both(parts=()):
            return "FALSE"
        case Both(parts=parts):
            return f"({' AND '.join(cell_sql(part, compiler, field) for part in parts)})"
        case Either(parts=parts):
            return f"({' OR '.join(cell_sql(part, compiler, field) for part in parts)})"
        case Without(part=part):
            return f"(NOT {cell_sql(part, compiler, field)})"


def cell_rank_sql(words: Words, compiler: Compiler, field: SourceField) -> str:
    """How often the words occur in the column, weighed."""
    counts = [
        f"coalesce(len(regexp_extract_all({_cell(field)}, {compiler.bind(_pattern(term))})), 0)"
        for term in terms_in(words)
    ]
    return f"({' + '.join(counts) or '0'}) * {WEIGHT}::DOUBLE"


def terms_in(words: Words) -> list[Term]:
    """The terms that are looked for, each once, as PostgreSQL ranks them; those of a negation are left out."""
    match words:
        case Term():
            return [words] if words.words else []
        case Without():
            return []
        case Both(parts=parts) | Either(parts=parts):
            return list(dict.fromkeys(term for part in parts for term in terms_in(part)))


def _terms(text: str) -> list[Term]:
    terms = [Term(pieces) for word in text.split() if (pieces := _pieces(word))]
    if len(terms) > _MOST_TERMS:
        raise bad("q", f"Too many words: at most {_MOST_TERMS}")
    return terms


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(_PIECE.findall(fold(text)))


def _looked_for(term: Term) -> str:
    return f" {'  '.join(term.words)}{'' if term.is_prefix else ' '}"


def _pattern(term: Term) -> str:
    inside = r"[^\pL\pN]+".join(pattern_of(word) for word in term.words)
    return rf"(?:^|[^\pL\pN]){inside}" + ("" if term.is_prefix else r"(?:$|[^\pL\pN])")


def _cell(field: SourceField) -> str:
    return _text_of(field, column_sql(field.name))


def _text_of(field: SourceField, column: str) -> str:
    match field.kind.column:
        case ColumnType.TEXT:
            return column
        case ColumnType.DECIMAL:
            return decimal_sql(column)
    return f"{column}::VARCHAR"


class _Reader:
    """Reads `a & (b | !c:*)`: `!` binds most, then `<->`, `&`, `|`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._split(text)
        self._place = 0

    def read(self) -> Words:
        if not self._tokens:
            return Both(())
        found = self._either(0)
        if self._place < len(self._tokens):
            raise self._fault()
        return found

    def _split(self, text: str) -> list[tuple[str, Term | None]]:
        tokens: list[tuple[str, Term | None]] = []
        place, end = 0, len(text.rstrip())
        while place < end:
            found = _TOKEN.match(text, place)
            if found is None or len(tokens) > 2 * _MOST_TERMS:
                raise self._fault()
            sign, phrase, word, weight = found.groups()
            if sign and weight:
                raise self._fault()
            term = Term(_pieces(phrase if word is None else word), "*" in (weight or "")) if not sign else None
            tokens.append((sign or "", term))
            place = found.end()
        return tokens

    def _either(self, depth: int) -> Words:
        return self._joined("|", Either, lambda: self._joined("&", Both, lambda: self._phrase(depth)))

    def _joined(self, sign: str, make: type[Both] | type[Either], read) -> Words:  # type: ignore[no-untyped-def]
        parts = [read()]
        while self._next() == sign:
            self._place += 1
            parts.append(read())
        return parts[0] if len(parts) == 1 else make(tuple(parts))

    def _phrase(self, depth: int) -> Words:
        found = self._one(depth)
        while self._next() == "<->":
            self._place += 1
            after = self._one(depth)
            if not (isinstance(found, Term) and isinstance(after, Term)):
                raise self._fault()
            found = Term(found.words + after.words, after.is_prefix)
        return found

    def _one(self, depth: int) -> Words:
        if depth > _DEEPEST or self._place >= len(self._tokens):
            raise self._fault()
        sign, term = self._tokens[self._place]
        self._place += 1
        if term is not None:
            return term
        if sign == "!":
            return Without(self._one(depth + 1))
        if sign == "(":
            found = self._either(depth + 1)
            if self._next() != ")":
                raise self._fault()
            self._place += 1
            return found
        raise self._fault()

    def _next(self) -> str:
        return self._tokens[self._place][0] if self._place < len(self._tokens) else ""

    def _fault(self) -> Exception:
        return bad("q", f'syntax error in tsquery: "{self._text[:200]}"')
