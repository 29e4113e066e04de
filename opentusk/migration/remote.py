"""Questions to the CKAN that is left, through `outbound`; and its files, into a file of ours."""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from opentusk.kit.mapping.loose import read_json, read_string
from opentusk.migration.errors import SiteFault
from opentusk.outbound.client import fetch
from opentusk.outbound.errors import OutboundFault

_PAGE = 100
_FILE_SECONDS = 3600.0


class Site:
    """A CKAN by its address, with a key of somebody who may see everything; without one only what is public comes."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address.partition("/api/")[0].rstrip("/")
        self._headers = {"Authorization": token, "X-CKAN-API-Key": token} if token else {}

    def ask(self, action: str, **said: str) -> Any:
        """What an action answers. Raises SiteFault."""
        url = f"{self.address}/api/3/action/{action}?{urlencode(said)}"
        try:
            answer = fetch(url, accept="application/json", secret_headers=self._headers)
        except OutboundFault as fault:
            raise SiteFault(action, f"{fault.reason.label} {fault.detail}".strip()) from fault
        try:
            found = read_json(answer.content.decode("utf-8-sig"))
        except ValueError as fault:
            raise SiteFault(action, f"HTTP {answer.status}", answer.status) from fault
        if not isinstance(found, Mapping) or found.get("success") is not True or "result" not in found:
            raise SiteFault(action, _told(found) or f"HTTP {answer.status}", answer.status)
        return found["result"]

    def names(self, action: str) -> Iterator[str]:
        """Every name of a list that is given in pieces."""
        start, former = 0, ""
        while True:
            found = self.ask(action, limit=str(_PAGE), offset=str(start))
            names = [read_string(name) for name in found] if isinstance(found, list) else []
            # A portal that does not know pieces gives the same whole list again.
            if not names or names[0] == former:
                return
            yield from names
            former = names[0]
            start += len(names)

    def packages(self) -> Iterator[str]:
        """The names of all packages: the private and unfinished ones too, where the search and the key show them."""
        known: set[str] = set()
        try:
            for name in self._searched():
                known.add(name)
                yield name
        except SiteFault as fault:
            if fault.status not in (400, 403, 404, 409):
                raise
        for name in self.names("package_list"):
            if name not in known:
                yield name

    def download(self, url: str, into: BinaryIO) -> None:
        """A file, into an open one. Raises SiteFault. The key goes to the portal alone, never in clear."""
        is_own = urlsplit(url)[:2] == urlsplit(self.address)[:2]
        try:
            answer = fetch(
                url,
                into=into,
                max_bytes=settings.MAX_UPLOAD,
                seconds=_FILE_SECONDS,
                secret_headers=self._headers if is_own else None,
            )
        except OutboundFault as fault:
            raise SiteFault(url, f"{fault.reason.label} {fault.detail}".strip()) from fault
        if answer.status != 200:
            raise SiteFault(url, f"HTTP {answer.status}", answer.status)

    def _searched(self) -> Iterator[str]:
        start = 0
        said = {"include_private": "true", "include_drafts": "true", "sort": "id asc", "rows": str(_PAGE)}
        while True:
            found = self.ask("package_search", q="*:*", start=str(start), **said)
            packages = found.get("results") if isinstance(found, Mapping) else None
            if not packages:
                return
            yield from (read_string(package.get("name")) for package in packages)
            start += len(packages)


def _told(answer: object) -> str:
    error = answer.get("error") if isinstance(answer, Mapping) else None
    if isinstance(error, Mapping):
        return ", ".join(f"{name}: {value}" for name, value in error.items() if name != "__type")[:400]
    return read_string(error)
