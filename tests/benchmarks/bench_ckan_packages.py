"""CKAN's packages and resources over HTTP: shown, created, and changed with hundreds of resources beside.

Ours is public at once: a whole package of DCAT-AP_IT, written with a key whose owner has signed. The figures of CKAN
2.12 on two cores are those of issue 4; with `BENCH_CKAN_URL` a CKAN gets the same requests in the same run.
"""

import os
import uuid
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from tests.benchmarks.ckan_portals import BODY, Client, Portal, answers_per_second, beside_ckan, medians, portals, rest
from tests.benchmarks.measure import Measure

ROUNDS = int(os.environ.get("BENCH_CKAN_ROUNDS", "20"))
SECONDS = float(os.environ.get("BENCH_CKAN_SECONDS", "10"))
CLIENTS, FEW, MANY = 4, 3, 300
_RUN = uuid.uuid4().hex[:8]
_EXTRAS = {
    "frequency": "ANNUAL",
    "modified": "2026-05-31",
    "geographical_name": "{ITA_LCE}",
    "theme": '["http://publications.europa.eu/resource/authority/data-theme/ENVI"]',
}


def package(name: str, resources: int) -> dict[str, Any]:
    """A whole package of plain CKAN, with what DCAT-AP_IT asks beyond it in extras."""
    return {
        "name": f"{name}-{_RUN}",
        "title": f"Alberi monumentali {name}",
        "notes": "Posizione e specie degli alberi monumentali, una riga per albero, dal censimento del 2026.",
        "owner_org": BODY,
        "author": "Settore ambiente",
        "author_email": "ambiente@example.org",
        "maintainer": "Ufficio verde",
        "maintainer_email": "verde@example.org",
        "license_id": "cc-by",
        "url": "https://dati.example.org/alberi",
        "tags": [{"name": "verde pubblico"}, {"name": "alberi"}],
        "extras": [{"key": key, "value": value} for key, value in _EXTRAS.items()],
        "resources": [resource(name, number) for number in range(resources)],
    }


def resource(name: str, number: int) -> dict[str, Any]:
    """A resource with an address of its own."""
    return {
        "name": f"Alberi {number}, CSV",
        "url": f"https://dati.example.org/{name}/alberi-{number}.csv",
        "format": "CSV",
        "description": "Una riga per albero.",
    }


@cache
def run() -> dict[str, list[float]]:
    """Everything once: for each question the figure of each portal, ours first."""
    with portals() as found:
        clients = [portal.client() for portal in found]
        few = [client.ask("package_create", **package("pochi", FEW))["id"] for client in clients]
        many = [client.ask("package_create", **package("molti", MANY)) for client in clients]
        assert all(one["state"] == "active" for one in many)
        rest()
        return {
            "show": medians([_shows(portal, one) for portal, one in zip(found, few, strict=True)], rounds=ROUNDS * 5),
            "shows": [_shows_of_many(portal, one) for portal, one in zip(found, few, strict=True)],
            "create": medians([_creates(portal) for portal in found], rounds=ROUNDS),
            **_changes(found, many),
        }


def _shows(portal: Portal, number: str) -> Callable[[int], object]:
    reader = portal.reader()
    return lambda _one: reader.read("package_show", id=number)


def _shows_of_many(portal: Portal, number: str) -> float:
    show = lambda client: client.read("package_show", id=number)  # noqa: E731
    return answers_per_second(portal, show, clients=CLIENTS, seconds=SECONDS)


def _creates(portal: Portal) -> Callable[[int], object]:
    client = portal.client()
    return lambda one: client.ask("package_create", **package(f"nuovo-{one}", FEW))


def _changes(found: Sequence[Portal], many: Sequence[dict[str, Any]]) -> dict[str, list[float]]:
    """What a change costs beside three hundred resources, while their number stays nearly what it is."""
    works: dict[str, Callable[[Client, dict[str, Any], int], object]] = {
        "resource": lambda client, one, number: client.ask(
            "resource_create", package_id=one["id"], **resource("altro", number)
        ),
        "resource patch": lambda client, one, number: client.ask(
            "resource_patch", id=one["resources"][number]["id"], description=f"Una riga per albero, {number}."
        ),
        "patch": lambda client, one, number: client.ask("package_patch", id=one["id"], version=f"1.{number}"),
    }
    taken = {}
    for name, work in works.items():
        rest()
        asked = [partial(work, portal.client(), one) for portal, one in zip(found, many, strict=True)]
        taken[name] = medians(asked, rounds=ROUNDS)
    return taken


def _measure(
    name: str, what: str, *, unit: str = "ms", target: str = "", rounds: int = ROUNDS
) -> Callable[[], Measure]:
    size = f"{FEW} resources" if name in ("show", "shows", "create") else f"{MANY} resources"
    return lambda: beside_ckan(what, run()[name], unit=unit, size=size, rounds=rounds, target=target)


MEASURES = (
    _measure("show", "package_show (CKAN 17 ms)", target="≤ 3.4", rounds=ROUNDS * 5),
    _measure("shows", "package_show, 4 clients (CKAN 99 a second)", unit="answers/s", target="≥ 495", rounds=1),
    _measure("create", "package_create (CKAN 82 ms)", target="≤ 16"),
    _measure("resource", "resource_create beside 300 (CKAN 523 ms)", target="≤ 105"),
    _measure("resource patch", "resource_patch beside 300"),
    _measure("patch", "package_patch beside 300"),
)
