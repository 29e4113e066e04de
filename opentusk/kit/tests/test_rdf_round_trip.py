"""Proves that a record written in any syntax is read back equal, whatever languages, dates and statements it holds."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from opentusk.kit import records as kit
from opentusk.kit.rdf.read import read_catalog
from opentusk.kit.rdf.syntax import Syntax, parse_document, serialise
from opentusk.kit.rdf.write import Profile, catalog_triples, dataset_triples, node_triples
from opentusk.kit.tests.rdf_records import CATALOG, LEGISLATION, SERIES, SITE, distribution, service, trees
from opentusk.kit.vocabularies import ACCESS_RIGHTS, FILE_TYPES, FREQUENCIES, LANGUAGES, LICENCES, THEMES

SLOW_HERE = [HealthCheck.too_slow, HealthCheck.data_too_large]  # a whole dataset is a large example
LANGUAGE_TAGS = ("", "it", "en", "de", "sl-rozaj", "zh-hant-tw")
TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff", min_codepoint=0x20)
    | st.sampled_from("\t\n\r\"'\\<>&éàü\u200b\u2028\x85😀"),
    min_size=1,
    max_size=30,
).filter(str.strip)
WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=8)
ADDRESS = st.builds("https://www.example.it/{}?q=1&r={}#{}".format, WORD, WORD, WORD)
TEXTS = st.dictionaries(st.sampled_from(LANGUAGE_TAGS), TEXT, max_size=3)
WORDS = st.dictionaries(
    st.sampled_from(LANGUAGE_TAGS), st.lists(TEXT, min_size=1, max_size=3, unique=True).map(tuple), max_size=2
)
DATE = st.dates().map(lambda day: day.isoformat()) | st.sampled_from(
    ["2024", "2024-02", "2024-02-29T10:00:00+02:00", "2024-05-31T10:00:00.125Z", "0999", "primavera 2024"]
)
OPTIONAL_DATE = st.none() | DATE


def some(values: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=most, unique_by=repr).map(tuple)


def iri_of(vocabulary: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([term.iri for term in vocabulary.terms[:20]])


TERM = st.one_of(
    ADDRESS.map(lambda iri: str(NamedNode(iri))),
    st.builds(lambda text, tag: str(Literal(text, language=tag or None)), TEXT, st.sampled_from(LANGUAGE_TAGS)),
    st.integers().map(lambda number: str(Literal(number))),
)


@st.composite
def statements(draw: st.DrawFn) -> tuple[kit.Statement, ...]:
    """Statements of a record's own node, some through a node of their own."""
    predicate = st.builds("<https://www.example.it/terms#p{}>".format, WORD)
    objects = draw(st.lists(TERM, max_size=3))
    found = {kit.Statement(subject="<>", predicate=draw(predicate), object=term) for term in objects}
    if draw(st.booleans()):
        found.add(kit.Statement(subject="<>", predicate=draw(predicate), object="<#b1>"))
        found.add(kit.Statement(subject="<#b1>", predicate=draw(predicate), object=draw(TERM)))
    return tuple(sorted(found, key=lambda one: (one.subject, one.predicate, one.object)))


AGENT = st.builds(
    lambda name, text, extra: kit.Agent(iri=f"{SITE}/agente/{name}", identifier=name, name=text, extra=extra),
    WORD, TEXT, statements(),
)  # fmt: skip
CONTACT = st.builds(
    lambda name, text, phone, extra: kit.ContactPoint(
        iri=f"{SITE}/contatto/{name}", fn=text, has_email=f"{name}@example.it", has_telephone=phone, extra=extra
    ),
    WORD, TEXT, st.sampled_from(["", "+390832000000", "0832 / 00-00", "interno due"]), statements(),
)  # fmt: skip
PERIOD = st.builds(
    lambda name, start, end: kit.PeriodOfTime(iri=f"{SITE}/periodo/{name}", start_date=start, end_date=end),
    WORD, OPTIONAL_DATE, OPTIONAL_DATE,
)  # fmt: skip
PLACE = st.builds(
    lambda name, text, shape, extra: kit.Location(
        iri=f"{SITE}/luogo/{name}", geographic_name=text, geometry=shape, bbox=shape, extra=extra
    ),
    WORD, st.just("") | TEXT, st.sampled_from(["", "POINT(1 2)", "<gml:Point/>", '{"type":"Point"}']), statements(),
)  # fmt: skip
LICENCE = st.builds(
    lambda iri, name, version: kit.LicenseDocument(
        iri=iri, type="http://purl.org/adms/licencetype/Attribution", name=name, version_info=version
    ),
    iri_of(LICENCES) | ADDRESS, TEXTS, st.just("") | TEXT,
)  # fmt: skip
STANDARDS = some(
    st.builds(
        lambda name, title, pages: kit.Standard(
            iri=f"{SITE}/standard/{name}", identifier=name, title=title, reference_documentation=pages
        ),
        WORD, TEXTS, some(ADDRESS),
    ),
    most=1,
)  # fmt: skip
DISTRIBUTION = st.builds(
    lambda name, **fields: distribution(iri=f"{SITE}/id/distribuzione/{name}", **fields),
    WORD,
    title=TEXTS,
    description=TEXTS,
    access_url=ADDRESS,
    download_url=some(ADDRESS),
    format=st.none() | iri_of(FILE_TYPES) | st.just("csv compresso"),
    license=LICENCE,
    issued=OPTIONAL_DATE,
    byte_size=st.none() | st.integers(0, 10**15),
    language=some(iri_of(LANGUAGES)),
    conforms_to=STANDARDS,
    access_service=st.sampled_from([(), (service(license=None),)]),
    temporal_resolution=st.sampled_from([None, "P1D", "PT1H30M", "ogni giorno"]),
    spatial_resolution_in_meters=st.sampled_from([None, "10", "0.50", "dieci"]),
    extra=statements(),
)


@st.composite
def datasets(draw: st.DrawFn) -> kit.Dataset:
    """A dataset whose nodes of one address say one thing, as harmonised records do."""
    by_iri: dict[str, Any] = {}

    def same(record: Any) -> Any:
        return by_iri.setdefault(record.iri, record)

    agents = tuple(same(draw(AGENT)) for _ in range(3))
    parts = tuple({part.iri: part for part in draw(st.lists(DISTRIBUTION, max_size=2))}.values())
    parts = tuple(replace(part, license=same(part.license), conforms_to=()) for part in parts)
    return trees(
        title=draw(TEXTS),
        description=draw(TEXTS),
        issued=draw(OPTIONAL_DATE),
        modified=draw(OPTIONAL_DATE),
        metadata_modified=draw(OPTIONAL_DATE),
        theme=draw(some(iri_of(THEMES) | st.just("http://inspire.ec.europa.eu/theme/hh") | st.just("Ambiente"))),
        subject=draw(some(st.integers(1, 9999).map("http://eurovoc.europa.eu/{}".format))),
        keyword=draw(WORDS),
        rights_holder=agents[0],
        publisher=draw(st.sampled_from([None, agents[1]])),
        creator=draw(st.sampled_from([(), (agents[2],), tuple({one.iri: one for one in agents}.values())])),
        contact_point=draw(some(CONTACT, most=1)),
        accrual_periodicity=draw(st.none() | iri_of(FREQUENCIES) | st.just("ogni tanto")),
        distribution=parts,
        version_info=draw(st.none() | TEXT),
        version_notes=draw(TEXTS),
        temporal=draw(some(PERIOD, most=1)),
        spatial=draw(some(PLACE, most=1)),
        conforms_to=draw(STANDARDS),
        access_rights=draw(st.none() | iri_of(ACCESS_RIGHTS)),
        provenance=draw(TEXTS),
        applicable_legislation=draw(st.sampled_from([(), LEGISLATION])),
        is_version_of=draw(some(ADDRESS)),
        has_version=draw(some(ADDRESS)),
        source_catalog=draw(st.none() | ADDRESS),
        extra=draw(statements()),
    )


def read_back(record: kit.Dataset, profile: Profile, syntax: Syntax) -> kit.Dataset:
    document = serialise(dataset_triples(record, profile), syntax)
    (item,) = read_catalog(parse_document(document, base="https://altrove.example.org/"), base=SITE).items
    assert item.record is not None
    return item.record


@pytest.mark.parametrize("syntax", Syntax)
@settings(max_examples=40, deadline=None, suppress_health_check=SLOW_HERE)
@given(record=datasets(), more=st.tuples(some(PERIOD), some(PLACE), some(ADDRESS)))
def test_a_record_of_dcat_ap_3_is_read_back_equal(
    syntax: Syntax, record: kit.Dataset, more: tuple[Any, Any, Any]
) -> None:
    periods, places, series = ({getattr(one, "iri", one): one for one in several} for several in more)
    record = replace(
        record, temporal=tuple(periods.values()), spatial=tuple(places.values()), in_series=tuple(series.values())
    )

    assert read_back(record, Profile.DCATAP_3, syntax) == record


@pytest.mark.parametrize("syntax", Syntax)
@settings(max_examples=25, deadline=None, suppress_health_check=SLOW_HERE)
@given(record=datasets())
def test_a_record_of_the_national_profile_is_read_back_equal(syntax: Syntax, record: kit.Dataset) -> None:
    assert read_back(record, Profile.DCATAP_IT, syntax) == record


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("syntax", Syntax)
def test_the_complete_record_is_read_back_equal(syntax: Syntax, profile: Profile) -> None:
    # DCAT-AP 2.1.1 writes the ADMS status for the European one, which is the only thing that changes.
    record = trees(distribution=(distribution(status=None),)) if profile is Profile.DCATAP_2 else trees()

    assert read_back(record, profile, syntax) == record


@pytest.mark.parametrize("syntax", Syntax)
def test_a_catalogue_with_its_services_and_series_is_read_back_equal(syntax: Syntax) -> None:
    dataset = trees(in_series=(str(SERIES.iri),))
    triples = catalog_triples(CATALOG, Profile.DCATAP_3, [str(dataset.iri)])
    triples += dataset_triples(dataset, Profile.DCATAP_3) + node_triples(SERIES, Profile.DCATAP_3)

    reading = read_catalog(parse_document(serialise(triples, syntax), base=SITE), base=SITE)

    assert reading.catalog == CATALOG
    assert [item.record for item in reading.items] == [dataset]
    assert reading.services == (service(),)
    assert reading.series == (SERIES,)
    assert reading.problems == ()


def test_equal_records_are_written_with_equal_bytes() -> None:
    one = trees(title={"it": "Alberi", "en": "Trees"}, keyword={"it": ("a", "b"), "en": ("c",)})
    other = trees(title={"en": "Trees", "it": "Alberi"}, keyword={"en": ("c",), "it": ("a", "b")})

    for syntax in Syntax:
        assert serialise(dataset_triples(one), syntax) == serialise(dataset_triples(other), syntax)
