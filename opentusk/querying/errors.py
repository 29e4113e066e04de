"""What the data API refuses, besides the refusals of `kit.queries.errors`."""

from dataclasses import dataclass


class QueryingRefusal(Exception):
    """A request that is not answered."""


@dataclass
class NoSuchTable(QueryingRefusal):
    """There is no public table, version or row of this name; whether there is a hidden one, nobody is told."""

    name: str


@dataclass
class BadBody(QueryingRefusal):
    """The body of a request is no JSON object of the expected shape."""

    expected: str
