"""What the endpoint refuses, besides what `kit.queries.errors` names."""

from dataclasses import dataclass


class SparqlRefusal(Exception):
    """A request that is not answered."""


class NotBuilt(SparqlRefusal):
    """The store is not there yet: the portal has just been started."""


class ReadOnly(SparqlRefusal):
    """An update was asked for."""


@dataclass
class BadRequest(SparqlRefusal):
    """The request does not follow the protocol: with this status, for this reason."""

    status: int
    reason: str
