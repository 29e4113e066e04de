"""The fields of the index, and how a dataset fills them."""

import datetime
from collections.abc import Iterable, Iterator

import tantivy

from opentusk.catalog.models import Dataset
from opentusk.kit import records as kit
from opentusk.kit.record_json import read_record
from opentusk.kit.vocabularies import HVD_CATEGORIES, LICENCES, PLACES, THEMES
from opentusk.search import words

# Part of the index's address on the disk: whoever changes a field raises it, and the old index is left behind.
VERSION = 1

TEXT_FIELDS = ("title", "holder_name", "keywords", "text")
# Title and titolare as they are written, for prefixes and typing errors.
FORM_FIELDS = ("title_forms", "holder_forms", "forms")
FACET_FIELDS = ("theme", "holder", "format", "licence", "frequency", "place", "hvd", "origin", "quality")
SORT_FIELDS = ("by_data", "by_metadata", "by_quality")

NATIVE = "portale"
_ID_BITS = 31


def schema() -> tantivy.Schema:
    """The fields: analysed text, forms, facets (text columns), and one sortable column per order."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", stored=True, indexed=True, fast=True)
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name=words.STEMS)
    for name in FORM_FIELDS:
        builder.add_text_field(name, tokenizer_name=words.FORMS, index_option="basic")
    for name in FACET_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in SORT_FIELDS:
        builder.add_unsigned_field(name, fast=True)
    builder.add_text_field("by_title", tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


def register_analyzers(index: tantivy.Index) -> tantivy.Index:
    """The same index, knowing our words; tantivy keeps only the names of analysers on the disk."""
    index.register_tokenizer(words.STEMS, words.stems_analyzer())
    index.register_tokenizer(words.FORMS, words.forms_analyzer())
    return index


def document(dataset: Dataset, *, total: int, band: str) -> tantivy.Document:
    """What the index knows of a dataset. `total` and `band` are its score; 0 and empty before the first."""
    record = read_record(kit.Dataset, dataset.record)
    filled = tantivy.Document()
    filled.add_unsigned("id", dataset.pk)
    for name, text in _texts(dataset, record):
        filled.add_text(name, words.composed(text))
    for name, value in _facet_values(dataset, record, band):
        filled.add_text(name, value)
    seconds = int(dataset.metadata_modified_at.timestamp())
    for order, rank in (
        ("by_data", day_number(dataset.modified)),
        ("by_metadata", seconds),
        ("by_quality", total),
    ):
        # The row's number makes every key different, so that paging never shows a dataset twice.
        filled.add_unsigned(order, (rank << _ID_BITS) + dataset.pk)
    filled.add_text("by_title", f"{' '.join(words.forms_of(dataset.title))} {dataset.pk:010}")
    return filled


def day_number(date: str) -> int:
    """The day of an ISO date of any precision, counted from year 1; 0 when it is empty or not a date."""
    parts = date[:10].split("-")
    try:
        year, month, day = (int(part) for part in (*parts, "1", "1")[:3])
        return datetime.date(year, month, day).toordinal()
    except ValueError:
        return 0


def _texts(dataset: Dataset, record: kit.Dataset) -> Iterator[tuple[str, str]]:
    holder = dataset.rights_holder
    titles = _joined(record.title.values())
    named = f"{holder.name} {holder.ipa_code}"
    themes = _joined(f"{term.it} {term.en}" for iri in record.theme if (term := THEMES.by_iri(iri)))
    keywords = _joined(word for group in record.keyword.values() for word in group)
    files = _joined(text for part in record.distribution for text in _file_texts(part))
    yield "title", titles
    yield "holder_name", named
    yield "keywords", f"{keywords} {themes}"
    yield "text", _joined([*record.description.values(), files, dataset.identifier, *_places(record)])
    yield "title_forms", titles
    yield "holder_forms", named
    yield "forms", f"{titles} {named} {keywords} {themes}"


def _file_texts(part: kit.Distribution) -> Iterator[str]:
    yield from part.title.values()
    yield from part.description.values()
    yield code_of(part.format)


def _facet_values(dataset: Dataset, record: kit.Dataset, band: str) -> Iterator[tuple[str, str]]:
    values: dict[str, Iterable[str]] = {
        "theme": map(code_of, record.theme),
        "holder": [dataset.rights_holder.ipa_code],
        "format": (code_of(part.format) for part in record.distribution),
        "licence": (_licence(part.license) for part in record.distribution),
        "frequency": [dataset.frequency],
        "place": _places(record),
        "hvd": _hvd(record),
        "origin": [dataset.origin or NATIVE],
        "quality": [band],
    }
    for name, found in values.items():
        for value in sorted({value for value in found if value}):
            yield name, value


def _licence(licence: kit.LicenseDocument | None) -> str:
    if licence is None:
        return ""
    known = LICENCES.by_iri(licence.iri or "")
    return known.code if known else licence.iri or _joined(licence.name.values())


def _places(record: kit.Dataset) -> list[str]:
    """Names of places: what the record calls them, or what the European list does."""
    found = []
    for place in record.spatial:
        listed = PLACES.by_iri(place.geographical_identifier) or PLACES.by_iri(place.iri or "")
        found.append(place.geographic_name or (listed.it if listed else ""))
    return [name for name in found if name]


def _hvd(record: kit.Dataset) -> Iterator[str]:
    """The categories and those of the six above them: who asks for «Mobilità» wants its parts too."""
    for iri in record.hvd_category:
        yield code_of(iri)
        category = HVD_CATEGORIES.by_iri(iri)
        if category and category.parent:
            yield code_of(category.parent)


def code_of(iri: str | None) -> str:
    """The last part of a controlled value's IRI, its official code."""
    return (iri or "").rpartition("/")[2]


def _joined(texts: Iterable[str]) -> str:
    return " ".join(texts)
