"""Lecce's programs, Bari's, the desk's, and a resource of a public dataset in which they may keep rows."""

import pytest

from opentusk.ckan.tests.conftest import (  # noqa: F401 - fixtures
    Ckan,
    ada,
    ada_account,
    bari,
    bruno,
    carla,
    diego,
    draft,
    lecce,
    nobody,
    public,
)

TREES = [
    {"codice": "071057", "specie": "Olea europaea", "altezza": 4.5, "piantato": "2023-12-31", "vivo": True},
    {"codice": "071058", "specie": "Quercus ilex", "altezza": 12.25, "piantato": "2020-02-01", "vivo": True},
    {"codice": "071059", "specie": "Olea europaea", "altezza": None, "piantato": None, "vivo": False},
]


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    for name in ("FILES", "TABLES", "STORES", "WORDS", "EXPORTS"):
        setattr(settings, f"{name}_DIR", tmp_path / name.lower())
    settings.QUERY_RATE = settings.QUERY_EXPORTS = 0


@pytest.fixture
def resource(public) -> str:  # noqa: F811
    """The number of a resource of a public dataset."""
    return str(public.distributions.get().uuid)


@pytest.fixture
def hidden(draft) -> str:  # noqa: F811
    """The number of a resource of a draft."""
    return str(draft.distributions.get().uuid)


@pytest.fixture
def store(ada, resource) -> str:  # noqa: F811
    """The same resource with three rows, told apart by their code."""
    ada.ok("datastore_create", resource_id=resource, records=TREES, primary_key="codice", force=True)
    return resource
