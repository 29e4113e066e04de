"""Every field of a record as a row of the metadata table, with the name that the standard gives it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opentusk.kit import records as kit
from opentusk.ui.speech import is_followable, spoken_date, term_label, text_and_language


@dataclass(frozen=True)
class Value:
    """One value as people read it; `address` where it leads, when it leads somewhere safe."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class Row:
    """A field: what it is called here, and in the standard."""

    label: str
    name: str
    values: tuple[Value, ...]


Read = Callable[[kit.Dataset], Iterable[Value]]


def rows_of(record: kit.Dataset) -> list[Row]:
    """The fields that are filled, in the order of the standard."""
    rows = [
        Row(str(label), name, tuple(value for value in read(record) if value.words)) for label, name, read in _FIELDS
    ]
    return [row for row in rows if row.values]


def link_to(address: str) -> Value:
    """An address as a link, if it is one that a browser may follow: never `javascript:`."""
    return Value(address, address if is_followable(address) else "")


def _text(text: Mapping[str, str]) -> list[Value]:
    return [Value(text_and_language(text)[0])]


def _links(addresses: Iterable[str | None]) -> list[Value]:
    return [link_to(address) for address in addresses if address]


def _terms(values: Iterable[str | None], vocabulary: str) -> list[Value]:
    return [Value(term_label(value, vocabulary), link_to(value).address) for value in values if value]


def _agents(agents: Iterable[kit.Agent | None]) -> list[Value]:
    return [
        Value(f"{agent.name} ({agent.identifier})" if agent.identifier else agent.name) for agent in agents if agent
    ]


def _contacts(record: kit.Dataset) -> Iterable[Value]:
    for contact in record.contact_point:
        yield Value(contact.fn)
        yield Value(contact.has_email, f"mailto:{contact.has_email}" if contact.has_email else "")
        yield Value(contact.has_telephone)
        yield link_to(contact.has_url)


def _keywords(record: kit.Dataset) -> Iterable[Value]:
    return (Value(word) for words in record.keyword.values() for word in words)


def _periods(record: kit.Dataset) -> Iterable[Value]:
    for period in record.temporal:
        yield Value(" – ".join(filter(None, (spoken_date(period.start_date), spoken_date(period.end_date)))))


def _places(record: kit.Dataset) -> Iterable[Value]:
    for place in record.spatial:
        address = place.geographical_identifier or place.iri or ""
        name = place.geographic_name or term_label(address, "place")
        yield Value(name or place.bbox or place.geometry or place.centroid, link_to(address).address)


def _standards(record: kit.Dataset) -> Iterable[Value]:
    for standard in record.conforms_to:
        address = next(iter(standard.reference_documentation), standard.iri or "")
        words = text_and_language(standard.title)[0] or standard.identifier or address
        yield Value(words, link_to(address).address)


def _codes(record: kit.Dataset) -> Iterable[Value]:
    return (
        Value(f"{code.notation} ({code.agency})" if code.agency else code.notation) for code in record.other_identifier
    )


_FIELDS: tuple[tuple[str | Promise, str, Read], ...] = (
    (_("Identificativo"), "dct:identifier", lambda record: [Value(record.identifier)]),
    (_("Titolare"), "dct:rightsHolder", lambda record: _agents([record.rights_holder])),
    (_("Editore"), "dct:publisher", lambda record: _agents([record.publisher])),
    (_("Autore"), "dct:creator", lambda record: _agents(record.creator)),
    (_("Punto di contatto"), "dcat:contactPoint", _contacts),
    (_("Temi"), "dcat:theme", lambda record: _terms(record.theme, "theme")),
    (_("Sottotemi"), "dct:subject", lambda record: _terms(record.subject, "subtheme")),
    (_("Parole chiave"), "dcat:keyword", _keywords),
    (
        _("Frequenza di aggiornamento"),
        "dct:accrualPeriodicity",
        lambda record: _terms([record.accrual_periodicity], "frequency"),
    ),
    (_("Ultima modifica dei dati"), "dct:modified", lambda record: [Value(spoken_date(record.modified))]),
    (_("Data di pubblicazione"), "dct:issued", lambda record: [Value(spoken_date(record.issued))]),
    (_("Periodo coperto"), "dct:temporal", _periods),
    (_("Risoluzione temporale"), "dcat:temporalResolution", lambda record: [Value(record.temporal_resolution or "")]),
    (_("Territorio coperto"), "dct:spatial", _places),
    (
        _("Risoluzione spaziale (metri)"),
        "dcat:spatialResolutionInMeters",
        lambda record: [Value(record.spatial_resolution_in_meters or "")],
    ),
    (_("Lingua"), "dct:language", lambda record: _terms(record.language, "language")),
    (_("Diritti di accesso"), "dct:accessRights", lambda record: _terms([record.access_rights], "access")),
    (_("Tipo"), "dct:type", lambda record: _terms(record.type, "type")),
    (_("Categoria di dati di elevato valore"), "dcatap:hvdCategory", lambda record: _terms(record.hvd_category, "hvd")),
    (
        _("Norma che obbliga a pubblicarli"),
        "dcatap:applicableLegislation",
        lambda record: _links(record.applicable_legislation),
    ),
    (_("Conforme a"), "dct:conformsTo", _standards),
    (_("Altri identificativi"), "adms:identifier", _codes),
    (_("Pagina di accesso"), "dcat:landingPage", lambda record: _links([record.landing_page])),
    (_("Documentazione"), "foaf:page", lambda record: _links(record.page)),
    (_("Provenienza dei dati"), "dct:provenance", lambda record: _text(record.provenance)),
    (_("Versione"), "owl:versionInfo", lambda record: [Value(record.version_info or "")]),
    (_("Note di versione"), "adms:versionNotes", lambda record: _text(record.version_notes)),
    (_("È una versione di"), "dct:isVersionOf", lambda record: _links(record.is_version_of)),
    (_("Ha altre versioni"), "dct:hasVersion", lambda record: _links(record.has_version)),
    (_("Risorse collegate"), "dct:relation", lambda record: _links(record.relation)),
    (_("Fa parte della serie"), "dcat:inSeries", lambda record: _links(record.in_series)),
)
