"""The socket goes to the address that was checked, and nowhere else."""

import time
from collections.abc import Iterable
from typing import Any

import httpcore
import pytest

from opentusk.outbound.errors import Reason, Refused
from opentusk.outbound.guard import GuardedBackend


class Switchboard(httpcore.NetworkBackend):
    """The network at the tap: remembers where it was asked to connect, and refuses the first `broken` times."""

    def __init__(self, broken: int = 0) -> None:
        self.called: list[str] = []
        self._broken = broken

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.called.append(host)
        if len(self.called) <= self._broken:
            raise httpcore.ConnectError("refused")
        return httpcore.MockStream([])


def guarded(network: Switchboard, *answers: list[str]) -> GuardedBackend:
    waiting = list(answers)
    return GuardedBackend(
        resolve=lambda _host, _port: waiting.pop(0), allowed=(), deadline=time.monotonic() + 5, network=network
    )


def test_a_name_that_turns_private_after_the_check_is_never_asked_again() -> None:
    network = Switchboard()
    backend = guarded(network, ["93.184.216.34"], ["127.0.0.1"])

    backend.connect_tcp("rebind.example", 80)

    assert network.called == ["93.184.216.34"]


def test_the_second_connection_to_a_rebinding_name_is_refused() -> None:
    network = Switchboard()
    backend = guarded(network, ["93.184.216.34"], ["127.0.0.1"])
    backend.connect_tcp("rebind.example", 80)

    with pytest.raises(Refused) as refusal:
        backend.connect_tcp("rebind.example", 80)

    assert refusal.value.reason == Reason.PRIVATE_ADDRESS
    assert network.called == ["93.184.216.34"]


def test_one_private_address_among_public_ones_refuses_the_name() -> None:
    network = Switchboard()

    with pytest.raises(Refused):
        guarded(network, ["93.184.216.34", "10.0.0.1"]).connect_tcp("mixed.example", 443)

    assert network.called == []


def test_a_dead_address_gives_way_to_the_next_checked_one() -> None:
    network = Switchboard(broken=1)

    guarded(network, ["2606:2800:220:1::1", "93.184.216.34"]).connect_tcp("two.example", 443)

    assert network.called == ["2606:2800:220:1::1", "93.184.216.34"]


def test_a_port_that_is_not_of_the_web_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        guarded(Switchboard(), ["93.184.216.34"]).connect_tcp("database.example", 5432)

    assert refusal.value.reason == Reason.PORT
