"""Which detector recognises a column: by all its distinct values or, when they are many, by a sample and SQL."""

from collections.abc import Iterable, Sequence
from itertools import islice

from duckdb import DuckDBPyConnection

from opentusk.kit.tables.semantics.contacts import CONTACTS
from opentusk.kit.tables.semantics.detector import IDENTIFIER, LIST, Detector, Semantic
from opentusk.kit.tables.semantics.identifiers import IDENTIFIERS
from opentusk.kit.tables.semantics.labels import label_key
from opentusk.kit.tables.semantics.places import PLACES
from opentusk.kit.tables.semantics.positions import POSITIONS
from opentusk.kit.tables.semantics.terms import TERMS

# Of two that recognise a column equally well the earlier one counts.
DETECTORS: tuple[Detector, ...] = (*IDENTIFIERS, *PLACES, *POSITIONS, *CONTACTS, *TERMS)
MANY = 50_000  # distinct values above which `detect_large` is asked

# A word in the label lets an identifier have a few slips of the pen; without one all values must fit.
_HINTED_IDENTIFIER = 0.98
# Of the distinct values of a list, however often the good ones occur.
_LIST_DISTINCT = 0.8
_SCREENS = (25, 250)
_SLACK = 0.3
_SAMPLE = 20_000

Counted = Sequence[tuple[str, int]]


def detect(column_label: str, values: Counted) -> Semantic | None:
    """What the values of a column are; None when no detector is sure.

    `values` are all distinct non-empty texts with their counts. Cost: a few hundred values are looked at by every
    detector, all of them only by those that recognise these.
    """
    key = label_key(column_label)
    found = [
        (semantic, detector.is_hinted(key))
        for detector in _screened(DETECTORS, values, key)
        if (semantic := _semantic(detector, values, is_hinted=detector.is_hinted(key)))
    ]
    return max(found, key=lambda pair: pair[1], default=(None, False))[0]


def detect_large(connection: DuckDBPyConnection, distinct: str, column_label: str) -> Semantic | None:
    """The same for a column with more than `MANY` distinct values.

    `distinct` names a table or view with columns `value` VARCHAR and `n` BIGINT, one row per distinct non-empty value.
    A sample of 20,000 goes through every check, all the values through the pattern of what was found. No list of ours
    has so many members, so lists are out of the question.
    """
    sample = _sample(connection, distinct, _SCREENS[-1])
    key = label_key(column_label)
    if not any(True for _detector in _screened(_UNBOUNDED, sample, key)):
        return None
    sample = _sample(connection, distinct, _SAMPLE)
    for detector in _by_evidence(_screened(_UNBOUNDED, sample, key), key):
        semantic = _semantic(detector, sample, is_hinted=detector.is_hinted(key))
        if semantic and _fits_everywhere(connection, distinct, detector, is_hinted=detector.is_hinted(key)):
            return semantic
    return None


def label_of(name: str) -> str:
    """The Italian name of a semantic; the name itself when no detector has it."""
    return next((detector.label_it for detector in DETECTORS if detector.name == name), name)


_LISTED = {
    "comune",
    "provincia",
    "regione",
    "sigla_provincia",
    "codice_provincia",
    "codice_regione",
    "codice_istat_comune",
}
_UNBOUNDED = tuple(detector for detector in DETECTORS if detector.name not in _LISTED)


def _screened(detectors: Iterable[Detector], values: Counted, key: str) -> list[Detector]:
    """The detectors that recognise a spread of the values: a cheap no for nearly all of them."""
    left = [detector for detector in detectors if detector.alone or detector.is_hinted(key)]
    for size in _SCREENS:
        spread = _spread(values, size)
        left = [detector for detector in left if _share_of_distinct(detector, spread) >= detector.least - _SLACK]
    return left


def _by_evidence(detectors: list[Detector], key: str) -> list[Detector]:
    return sorted(detectors, key=lambda detector: not detector.is_hinted(key))


def _spread(values: Counted, size: int) -> Counted:
    step = max(1, len(values) // size)
    return list(islice(values, 0, None, step))[:size]


def _share_of_distinct(detector: Detector, values: Counted) -> float:
    return sum(detector.passes(text.strip()) for text, _count in values) / len(values) if values else 0.0


def _semantic(detector: Detector, values: Counted, *, is_hinted: bool) -> Semantic | None:
    passing = [(text.strip(), count) for text, count in values if detector.passes(text.strip())]
    cells = sum(count for _text, count in values)
    if not passing or not _is_enough(detector, len(passing), is_hinted=is_hinted):
        return None
    share, distinct = sum(count for _text, count in passing) / cells, len(passing) / len(values)
    if not _is_sure(detector, share, distinct, is_hinted=is_hinted):
        return None
    texts = [text for text, _count in passing]
    return Semantic(
        name=detector.name,
        label_it=detector.label_it,
        is_text=detector.is_text,
        share=share,
        is_personal=detector.is_personal,
        width=detector.width if any(len(text) < detector.width for text in texts) else 0,
        crs=detector.crs(texts) if detector.crs else (),
    )


def _is_enough(detector: Detector, distinct: int, *, is_hinted: bool) -> bool:
    return is_hinted or (detector.alone > 0 and distinct >= detector.alone)


def _is_sure(detector: Detector, share: float, distinct: float, *, is_hinted: bool) -> bool:
    if detector.least < IDENTIFIER:
        return share >= LIST and distinct >= _LIST_DISTINCT
    return distinct >= (_HINTED_IDENTIFIER if is_hinted else IDENTIFIER)


def _sample(connection: DuckDBPyConnection, distinct: str, size: int) -> Counted:
    rows = connection.execute(f"SELECT value, n FROM {distinct} USING SAMPLE reservoir({size} ROWS) REPEATABLE (7)")
    return [(value, count) for value, count in rows.fetchall()]


def _fits_everywhere(connection: DuckDBPyConnection, distinct: str, detector: Detector, *, is_hinted: bool) -> bool:
    row = connection.execute(
        f"SELECT avg(CAST(regexp_full_match(trim(value), ?) AS INTEGER)) FROM {distinct}", [detector.pattern.pattern]
    ).fetchone()
    least = detector.least if detector.least < IDENTIFIER or not is_hinted else _HINTED_IDENTIFIER
    return row is not None and row[0] is not None and row[0] >= least
