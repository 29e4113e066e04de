"""A Decidim asked over the network, through the only way out: one request at a time, as slowly as it wants."""

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from opentusk.kit.decidim.graphql import read_process
from opentusk.kit.decidim.shapes import DecidimFault, Export
from opentusk.outbound.addresses import system_addresses
from opentusk.outbound.client import fetch
from opentusk.outbound.errors import OutboundFault

# The interface gives a hundred answers a minute to one address.
_REST = 0.7
_MOST_BYTES = 20_000_000


def read_remote(
    url: str, slug: str, *, rest: float = _REST, resolve: Callable[[str, int], list[str]] = system_addresses
) -> Export:
    """A process of the Decidim at this address, by its GraphQL interface. Raises DecidimFault."""

    def ask(query: str, variables: dict[str, Any]) -> Any:
        time.sleep(rest)
        return _answer(url.rstrip("/"), query, variables, resolve)

    return read_process(ask, slug, url)


def host_of(url: str) -> str:
    """The name of the instance."""
    return urlsplit(url).hostname or url


def _answer(url: str, query: str, variables: dict[str, Any], resolve: Callable[[str, int], list[str]]) -> Any:
    question = json.dumps({"query": query, "variables": variables}).encode()
    try:
        answer = fetch(
            f"{url}/api", accept="application/json", json_body=question, max_bytes=_MOST_BYTES, resolve=resolve
        )
    except OutboundFault as fault:
        raise DecidimFault("unreachable", str(fault)) from fault
    if answer.status != 200:
        raise DecidimFault("unreachable", f"HTTP {answer.status}")
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError) as fault:
        # A page in the place of JSON: the interface is off, or wants a login.
        raise DecidimFault("not_json", url) from fault
