"""Connects only to addresses that were checked, and gives up when the whole request has taken too long.

The check sits below HTTP: the name is resolved once, every address is checked, and the socket goes to one of these
very addresses. A DNS answer that changes between check and use (rebinding) has no second occasion. Certificates are
still verified against the name.
"""

import ssl
import time
from collections.abc import Container, Iterable
from typing import Any

import httpcore

from opentusk.outbound.addresses import Resolver, is_public
from opentusk.outbound.errors import Reason, Refused, Unreachable

# Where catalogues answer in practice. Everything else is more often a database than a web server.
WEB_PORTS = frozenset({80, 443, 5000, 8000, 8008, 8080, 8081, 8443, 8888, 9443})


class GuardedBackend(httpcore.NetworkBackend):
    """The network as httpcore sees it. `deadline` is a time of `time.monotonic`; `allowed` holds `host:port`."""

    def __init__(
        self,
        *,
        resolve: Resolver,
        allowed: Container[str],
        deadline: float,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._resolve = resolve
        self._allowed = allowed
        self._deadline = deadline
        self._network = network or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the checked addresses of `host`. Raises Refused, Unreachable."""
        addresses = self.checked_addresses(host, port)
        fault: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                stream = self._network.connect_tcp(address, port, timeout=_left(self._deadline, timeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                fault = failed
            else:
                return _TimedStream(stream, self._deadline)
        raise fault

    def checked_addresses(self, host: str, port: int) -> list[str]:
        """The addresses of `host`, all of them public: a single private one refuses the name."""
        place = f"{host}:{port}"
        is_allowed = place in self._allowed
        if port not in WEB_PORTS and not is_allowed:
            raise Refused(Reason.PORT, place)
        try:
            addresses = list(self._resolve(host, port))
        except (OSError, UnicodeError) as fault:
            raise Unreachable(Reason.UNKNOWN_HOST, place, str(fault)) from fault
        if not is_allowed and not all(is_public(address) for address in addresses):
            raise Refused(Reason.PRIVATE_ADDRESS, place, ", ".join(addresses))
        return addresses


class _TimedStream(httpcore.NetworkStream):
    """A connection on which no operation outlives the deadline: a server that drips bytes does not hold us."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the whole request took too long")
    return left if timeout is None else min(left, timeout)
