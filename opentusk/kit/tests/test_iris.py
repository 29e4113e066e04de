"""Proves that addresses are absolute, encoded and one per thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from opentusk.kit.iris import Iris

IRIS = Iris("https://dati.example.it/")


@pytest.mark.parametrize(
    ("minted", "expected"),
    [
        (IRIS.catalog(), "https://dati.example.it/catalogo"),
        (IRIS.catalog_of("c_e506"), "https://dati.example.it/catalogo/c_e506"),
        (IRIS.dataset("c_e506:alberi"), "https://dati.example.it/id/dataset/c_e506/alberi"),
        (IRIS.dataset("senza-prefisso"), "https://dati.example.it/id/dataset/senza-prefisso"),
        (IRIS.dataset("c_e506:verde/città"), "https://dati.example.it/id/dataset/c_e506/verde%2Fcitt%C3%A0"),
        (IRIS.distribution("8f0c"), "https://dati.example.it/id/distribuzione/8f0c"),
        (IRIS.service("alberi"), "https://dati.example.it/id/servizio/alberi"),
        (IRIS.series("alberi"), "https://dati.example.it/id/serie/alberi"),
        (IRIS.agent("r_puglia"), "https://dati.example.it/agente/r_puglia"),
        (IRIS.contact("c_e506"), "https://dati.example.it/contatto/c_e506"),
        (IRIS.period("2025-01-01", "2025-12-31"), "https://dati.example.it/periodo/2025-01-01_2025-12-31"),
        (IRIS.period("2025", None), "https://dati.example.it/periodo/2025_"),
        (IRIS.place("075035"), "https://dati.example.it/luogo/075035"),
        (IRIS.standard("rfc-4180"), "https://dati.example.it/standard/rfc-4180"),
        (IRIS.dataset_page("alberi"), "https://dati.example.it/dataset/alberi"),
    ],
)
def test_an_address_is_made_of_its_thing(minted: str, expected: str) -> None:
    assert minted == expected


def test_an_office_is_told_by_its_mail_address_without_showing_it() -> None:
    minted = IRIS.contact("c_e506", "opendata@example.it")

    assert minted == IRIS.contact("c_e506", " OpenData@example.it ")
    assert minted != IRIS.contact("c_e506", "ambiente@example.it")
    assert "opendata" not in minted


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_whatever_the_code_the_address_is_legal_and_its_own(code: str) -> None:
    minted = NamedNode(IRIS.dataset(f"c_e506:{code}")).value

    assert minted.isascii()
    assert minted.count("/") == IRIS.dataset("c_e506:alberi").count("/")
    assert minted != IRIS.dataset(f"c_e506:{code}.")
