"""Where a request comes from."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; behind proxies of ours, what the outermost of them saw."""
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    hops = settings.TRUSTED_PROXIES
    return seen[-hops] if 0 < hops <= len(seen) else str(request.META.get("REMOTE_ADDR", ""))


def network_of(request: HttpRequest) -> str:
    """Who asks, as far as an address tells: a household has one of IPv4, but 2^64 of IPv6."""
    text = address_of(request)
    try:
        address = ip_address(text)
    except ValueError:
        return text
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else text
