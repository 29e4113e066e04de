"""The clients of the CKAN door over a catalogue with an index of its own on the disk."""

import pytest

from opentusk.catalog.actions import create_draft, publish, withdraw
from opentusk.catalog.tests.records import EU, distribution, trees
from opentusk.ckan.tests.conftest import (  # noqa: F401 - fixtures of the door
    Ckan,
    ada,
    ada_account,
    bari,
    bruno,
    carla,
    diego,
    disk,
    lecce,
    nobody,
)
from opentusk.ckan_search.actions import rebuild_package_index
from opentusk.journal.actors import SYSTEM


@pytest.fixture
def own_index(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "search"


def of_lecce(local: str, title: str, **changes):
    """A record of Lecce whose file says nothing that a question of the tests asks for."""
    part = distribution(local, title={"it": "Tabella"}, description={}, **changes.pop("file", {}))
    usual = {
        "title": {"it": title},
        "description": {"it": "Elenco."},
        "keyword": {"it": ("elenco",)},
        "distribution": (part,),
    }
    return trees(f"c_e506:{local}", **{**usual, **changes})


@pytest.fixture
def catalogue(own_index, lecce, bari):  # noqa: F811
    """Three public datasets, a draft of each body, a withdrawn one of Lecce; indexed."""
    shapes = {"format": f"{EU}file-type/SHP", "access_url": "https://dati.example.org/strade.zip"}
    records = [
        of_lecce("alberi", "Alberi monumentali", keyword={"it": ("alberi", "verde urbano")}),
        of_lecce(
            "strade", "Strade comunali", keyword={"it": ("strade",)}, theme=(f"{EU}data-theme/TRAN",), file=shapes
        ),
    ]
    public = [publish(create_draft(record, holder=lecce, by=SYSTEM), by=SYSTEM) for record in records]
    scuole = trees("c_a662:scuole", title={"it": "Scuole di Bari"}, keyword={"it": ("scuole", "Alberi")})
    public.append(publish(create_draft(scuole, holder=bari, by=SYSTEM), by=SYSTEM))
    drafts = [
        create_draft(
            of_lecce("segreto", "Segreto di Lecce", keyword={"it": ("segretissimo",)}), holder=lecce, by=SYSTEM
        ),
        create_draft(trees("c_a662:segreto", title={"it": "Segreto di Bari"}), holder=bari, by=SYSTEM),
    ]
    gone = publish(create_draft(of_lecce("perduto", "Perduto"), holder=lecce, by=SYSTEM), by=SYSTEM)
    withdraw(gone, by=SYSTEM, reason="prova")
    rebuild_package_index()
    return {"public": public, "drafts": drafts, "gone": [gone]}


def names(found) -> list[str]:
    """The names of the packages of an answer, in order."""
    return [package["name"] for package in found["results"]]
