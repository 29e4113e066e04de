"""What the search language refuses. The messages are read by programs and their authors, as CKAN's own: in English."""


class QueryRefused(Exception):
    """The query cannot be answered. `message` says why, in one sentence."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadSyntax(QueryRefused):
    """The query is no sentence of the language."""


class OutsideSubset(QueryRefused):
    """Solr would understand the query; the portal does not, and says so rather than answer something else."""


class BadOrder(QueryRefused):
    """The order is not a list of fields, each with its direction."""
