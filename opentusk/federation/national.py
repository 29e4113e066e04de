"""Asks the national catalogue, by its CKAN API, what it shows of a body."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from opentusk.federation.errors import NationalFault
from opentusk.outbound.client import Answer, fetch
from opentusk.outbound.errors import OutboundFault

_ROWS = 1000
_MOST_PAGES = 100


@dataclass(frozen=True, kw_only=True)
class ShownDataset:
    """A dataset as the national catalogue shows it. `modified` is the date of the data, `touched` that of its row."""

    identifier: str
    title: str
    modified: str
    touched: str
    organization: str
    address: str


def read_shown(ipa_code: str) -> list[ShownDataset]:
    """Every dataset of a titolare, whichever source brought it. Raises NationalFault."""
    found: dict[str, ShownDataset] = {}
    for _page in range(_MOST_PAGES):
        # After those that came, however few of a page the server gives.
        result = _ask(ipa_code, start=len(found))
        packages = result["results"]
        new = {str(package.get("id")): _shown(package) for package in packages if isinstance(package, dict)}
        if not new.keys() - found.keys() and len(found) < result["count"]:
            # It does not page: what is not given is not missing there.
            raise NationalFault("partial", f"{len(found)}/{result['count']}")
        found |= new
        if len(found) >= result["count"]:
            return list(found.values())
    raise NationalFault("partial", str(len(found)))


def _ask(ipa_code: str, *, start: int) -> dict[str, Any]:
    # Codes are written in small and in capital letters there, and their index tells them apart.
    codes = " OR ".join(f'"{code}"' for code in dict.fromkeys((ipa_code.lower(), ipa_code.upper(), ipa_code)))
    asked = {"fq": f"holder_identifier:({codes})", "rows": _ROWS, "start": start, "sort": "id asc", "facet": "false"}
    return _result_of(_answer(f"{settings.NATIONAL_API.rstrip('/')}/package_search", asked))


def _answer(address: str, asked: Mapping[str, object]) -> Answer:
    try:
        answer = fetch(f"{address}?{urlencode(asked)}", accept="application/json")
        if answer.status in (403, 405):
            # It is known to turn away programs that GET and to answer the same question when it is posted.
            answer = fetch(address, accept="application/json", json_body=json.dumps(asked).encode())
    except OutboundFault as fault:
        raise NationalFault("unreachable", str(fault.reason.label)) from fault
    if answer.status != 200:
        raise NationalFault("status", str(answer.status))
    return answer


def _result_of(answer: Answer) -> dict[str, Any]:
    try:
        document = json.loads(answer.content)
        result = document["result"]
        if document.get("success") is not True or not isinstance(result["results"], list):
            raise ValueError
        return {"count": int(result["count"]), "results": result["results"]}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NationalFault("no_json") from None


def _shown(package: Mapping[str, Any]) -> ShownDataset:
    extras = {
        str(extra.get("key")): extra.get("value") for extra in package.get("extras") or () if isinstance(extra, dict)
    }
    organization = package.get("organization") or {}
    name = str(package.get("name") or package.get("id") or "")
    site = settings.NATIONAL_API.partition("/opendata")[0].partition("/api")[0]
    return ShownDataset(
        identifier=str(package.get("identifier") or extras.get("identifier") or name)[:200],
        title=str(package.get("title") or "")[:300],
        modified=str(package.get("modified") or extras.get("modified") or "")[:40],
        touched=str(package.get("metadata_modified") or "")[:40],
        organization=str(organization.get("title") or organization.get("name") or "")[:200]
        if isinstance(organization, dict)
        else "",
        address=f"{site}/view-dataset/dataset?id={package.get('id', '')}",
    )
