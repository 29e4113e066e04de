"""What a call is answered when it cannot be granted: each fault has CKAN's own type, status and words."""

from collections.abc import Mapping
from typing import Any


class Fault(Exception):
    """A call that failed as CKAN lets it fail."""

    status = 500
    kind = "Internal Server Error"

    @property
    def headers(self) -> Mapping[str, str]:
        """What is said beside the envelope."""
        return {}

    def body(self) -> dict[str, Any]:
        """The `error` of the envelope."""
        return {"__type": self.kind}


class ValidationFault(Fault):
    """Something given is wrong: field → list of sentences, or of objects of the same shape for nested things."""

    status = 409
    kind = "Validation Error"

    def __init__(self, fields: Mapping[str, Any]) -> None:
        super().__init__(fields)
        self.fields = dict(fields)

    def body(self) -> dict[str, Any]:
        """The fields beside the type."""
        return {"__type": self.kind, **self.fields}


class _Told(Fault):
    """A fault of one sentence, behind the words that CKAN begins it with."""

    beginning = ""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.text = text

    def body(self) -> dict[str, Any]:
        """The message as CKAN builds it: clients cut it at the first colon."""
        parts = [part for part in (self.beginning, self.text) if part]
        return {"__type": self.kind, "message": ": ".join(parts)}


class NotFoundFault(_Told):
    """There is no such thing."""

    status, kind, beginning = 404, "Not Found Error", "Not found"


class NotAuthorizedFault(_Told):
    """Whoever calls may not do it."""

    status, kind, beginning = 403, "Authorization Error", "Access denied"


class SearchQueryFault(_Told):
    """A search that says something nobody understands: an unknown parameter, a bad order."""

    status, kind = 400, "Search Query Error"


class SearchFault(_Told):
    """A search whose language is wrong."""

    status, kind = 409, "Search Error"


class LaterFault(_Told):
    """The client asks too much, or too many ask at once: CKAN has no such answer, so the type is our own."""

    status, kind = 429, "Too Many Requests"

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many requests: try again in {retry_after} seconds")
        self.retry_after = retry_after

    @property
    def headers(self) -> Mapping[str, str]:
        """When to come back."""
        return {"Retry-After": str(self.retry_after)}


class BadRequest(Exception):
    """What came is not a call at all: answered as a bare JSON sentence, without an envelope."""

    status = 400


class BodyTooLarge(BadRequest):
    """More came than is read from whoever sends it."""

    status = 413


class UnreadableKind(Exception):
    """The body is of a kind that no call has."""
