"""Which network addresses the portal may talk to."""

import socket
from collections.abc import Callable, Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Resolver = Callable[[str, int], Sequence[str]]

# The registry calls it public, but on Azure it is the host's own control channel.
_METADATA = frozenset({IPv4Address("168.63.129.16")})
# Ranges that some patch levels of Python 3.11 still call global (IANA registries, read in 2026).
_SPECIAL = tuple(
    ip_network(block)
    for block in ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "100::/64", "2001::/23", "3fff::/20", "5f00::/16")
)
# RFC 6052: IPv6-only networks reach IPv4 hosts through it, so the address inside decides.
_NAT64 = IPv6Network("64:ff9b::/96")


def system_addresses(host: str, port: int) -> list[str]:
    """Every address the system's resolver gives for a name. Raises OSError when there is none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_kind, address in found))


def is_public(address: str) -> bool:
    """Whether an address, and any IPv4 address hidden in it, belongs to the public Internet.

    Loopback, private, link-local (cloud metadata), shared (CGNAT), multicast, reserved and documentation ranges do
    not (IANA special-purpose registries). What is not an address at all does not either.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return all(_is_public_as_is(layer) for layer in _layers(parsed))


def _layers(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The addresses that decide: those carried inside a transition address, else the address itself."""
    if isinstance(address, IPv4Address):
        yield address
    elif address.ipv4_mapped:
        yield address.ipv4_mapped
    elif address in _NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
    elif address.sixtofour:
        yield address.sixtofour
    else:
        yield address


def _is_public_as_is(address: IPv4Address | IPv6Address) -> bool:
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_link_local
    listed = address in _METADATA or any(address in block for block in _SPECIAL)
    return address.is_global and not special and not listed
