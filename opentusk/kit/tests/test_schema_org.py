"""Proves what search engines read in a page of ours, and that no text can break out of it."""

import json

from opentusk.kit import records as kit
from opentusk.kit.mapping.schema_org import schema_org, script_text
from opentusk.kit.tests.rdf_records import trees

PAGE = "https://dati.example.it/dataset/c_e506-alberi"


def test_a_dataset_has_what_dataset_search_asks_for() -> None:
    written = schema_org(trees(), page=PAGE, catalog="https://dati.example.it/catalogo")

    assert written["@type"] == "Dataset"
    assert written["url"] == PAGE
    for name in ("name", "description", "license", "creator", "publisher", "keywords", "distribution", "dateModified"):
        assert written[name], name
    assert written["includedInDataCatalog"] == {"@type": "DataCatalog", "url": "https://dati.example.it/catalogo"}


def test_an_open_period_is_an_open_interval() -> None:
    record = kit.Dataset(temporal=(kit.PeriodOfTime(start_date="2020-01-01"),))

    assert schema_org(record, page=PAGE)["temporalCoverage"] == "2020-01-01/.."


def test_a_poor_record_says_little_and_nothing_empty() -> None:
    written = schema_org(kit.Dataset(title={"it": "Alberi"}), page=PAGE)

    assert written == {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "url": PAGE,
        "name": "Alberi",
        "inLanguage": ["it"],
    }


def test_no_text_can_end_the_script_it_stands_in() -> None:
    hostile = "</script><script>alert(1)</script><!-- & \u2028"

    text = script_text(schema_org(kit.Dataset(title={"it": hostile}), page=PAGE))

    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["name"] == hostile
