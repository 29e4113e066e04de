"""Proves that what catalogues really write finds its term, and that a weak word finds none."""

from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opentusk.kit import vocabularies
from opentusk.kit.vocabularies import FILE_TYPES, FREQUENCIES, LANGUAGES, LICENCES, THEMES, Vocabulary

SAMPLES = Path(__file__).resolve().parents[3] / "../shared/samples/catalogs"
AUTHORITY = "http://publications.europa.eu/resource/authority/"
AGID_LICENCES = "https://w3id.org/italia/controlled-vocabulary/licences/"
ALL = [value for value in vars(vocabularies).values() if isinstance(value, Vocabulary)]


@pytest.mark.parametrize(
    ("spelling", "iri"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by/4.0/"),
        ("http://www.creativecommons.org/licenses/by/4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("https://creativecommons.org/licenses/by/4.0/deed.it", "https://creativecommons.org/licenses/by/4.0/"),
        ("https://creativecommons.org/licenses/by/4.0/legalcode.it", "https://creativecommons.org/licenses/by/4.0/"),
        (f"{AGID_LICENCES}A21:CCBY40", "https://creativecommons.org/licenses/by/4.0/"),
        (f"{AGID_LICENCES}A21_CCBY40", "https://creativecommons.org/licenses/by/4.0/"),
        (f"{AUTHORITY}licence/CC_BY_4_0", "https://creativecommons.org/licenses/by/4.0/"),
        ("A21:CCBY40", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "http://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC0 1.0", "http://creativecommons.org/publicdomain/zero/1.0/"),
        ("http://www.opendefinition.org/licenses/cc-zero", "http://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC BY-SA 4.0", f"{AUTHORITY}licence/CC_BYSA_4_0"),
        ("iodl2", f"{AUTHORITY}licence/IODL_2_0"),
        ("IODL 2.0", f"{AUTHORITY}licence/IODL_2_0"),
        ("http://www.dati.gov.it/iodl/2.0/", f"{AUTHORITY}licence/IODL_2_0"),
        ("odc-odbl", f"{AUTHORITY}licence/ODC_BL"),
    ],
)
def test_licences_as_catalogues_write_them(spelling, iri):
    assert LICENCES.find(spelling).iri == iri


@pytest.mark.parametrize("spelling", ["notspecified", "Licenza sconosciuta", f"{AGID_LICENCES}C1_Unknown"])
def test_a_licence_that_says_nothing_is_unknown(spelling):
    assert LICENCES.find(spelling).openness == "C"


@pytest.mark.parametrize(
    "spelling", ["", "licenza", "https://data.some.org/link/to/license", "CC", "4.0", "iodl", "by"]
)
def test_a_weak_word_names_no_licence(spelling):
    assert LICENCES.find(spelling) is None


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("csv", "CSV"),
        (".CSV", "CSV"),
        ("csv-semicolon", "CSV"),
        ("text/csv; charset=utf-8", "CSV"),
        ("https://www.iana.org/assignments/media-types/text/csv", "CSV"),
        ("Zipped CSV", "CSV"),
        ("geo json", "GEOJSON"),
        ("Shapefile", "SHP"),
        ("zip:shp", "SHP"),
        ("xlsx", "XLSX"),
        ("excel", "XLS"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
        ("RDF/XML", "RDF_XML"),
        ("ttl", "RDF_TURTLE"),
        ("WMS", "WMS_SRVC"),
        ("GTFS", "ZIP"),
        ("7zip", "7Z"),
        ("jpg", "JPEG"),
        ("API", None),
        ("vari", None),
        ("", None),
    ],
)
def test_formats_as_catalogues_write_them(spelling, code):
    found = FILE_TYPES.find(spelling)

    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("annuale", "ANNUAL"),
        ("ANNUALLY", "ANNUAL"),
        ("R/P1Y", "ANNUAL"),
        ("http://purl.org/cld/freq/annual", "ANNUAL"),
        ("ogni giorno", "DAILY"),
        ("R/P1D", "DAILY"),
        ("R/PT1S", "CONT"),
        ("IRREG", "IRREG"),
        ("asNeeded", "AS_NEEDED"),
        ("notPlanned", "NOT_PLANNED"),
        ("Dato non disponibile", "UNKNOWN"),
        ("semestrale", "ANNUAL_2"),
        ("quadrimestrale", "ANNUAL_3"),
        ("bimestrale", "BIMONTHLY"),
        ("bimensile", "MONTHLY_2"),
        ("ogni tanto", None),
        ("MANUAL", None),
    ],
)
def test_frequencies_as_catalogues_write_them(spelling, code):
    found = FREQUENCIES.find(spelling)

    assert (found.code if found else None) == code


@pytest.mark.parametrize("spelling", ["it", "ITA", "it-IT", "italiano", "Italian", "IT", f"{AUTHORITY}language/ITA"])
def test_languages_as_catalogues_write_them(spelling):
    assert LANGUAGES.find(spelling).code == "ITA"


def test_the_two_letter_codes_of_the_union_are_known():
    codes = "bg hr cs da nl en et fi fr de el hu ga it lv lt mt pl pt ro sk sl es sv"

    assert len({LANGUAGES.find(code) for code in codes.split()} - {None}) == 24


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("ambiente", "ENVI"),
        ("Mobilità", "TRAN"),
        ("salute e sanità", "HEAL"),
        ("economia-finanze", "ECON"),
        ("Istruzione, cultura e sport", "EDUC"),
        ("Population and society", "SOCI"),
        ("varie", None),
        ("Theme 1", None),
    ],
)
def test_themes_as_catalogues_write_them(spelling, code):
    found = THEMES.find(spelling)

    assert (found.code if found else None) == code


# What the sample catalogues hold that is no value of a vocabulary, by reason: nothing, a place-holder of an example,
# a licence of a company or of another country, and lists that the readers must split first.
UNKNOWN_IN_SAMPLES = {
    "",
    "API",
    "Licence Ouverte Version 2.0",
    "https://data.exampleMS.gov/resource/FreeAndOpen",
    "https://data.some.org/link/to/license",
    "https://orgea.exampleMS.gov/api/documentation/TermsOfUse",
}
PROPERTIES = {
    "http://purl.org/dc/terms/format": FILE_TYPES,
    "http://purl.org/dc/terms/license": LICENCES,
    "http://purl.org/dc/terms/accrualPeriodicity": FREQUENCIES,
    "http://purl.org/dc/terms/language": LANGUAGES,
}
BASE = "http://example.org/base/"


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("**/*.rdf")), ids=lambda path: path.name)
def test_the_values_of_the_sample_catalogues_are_found(path):
    quads = list(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.RDF_XML, base_iri=BASE, lenient=True))

    for quad in quads:
        if quad.predicate.value in PROPERTIES and not isinstance(quad.object, pyoxigraph.BlankNode):
            written = quad.object.value.removeprefix(BASE)
            found = PROPERTIES[quad.predicate.value].find(written)
            assert (found is None) == (written in UNKNOWN_IN_SAMPLES), written


@given(text=st.text())
def test_looking_up_never_raises(text):
    for vocabulary in ALL:
        vocabulary.find(text)
