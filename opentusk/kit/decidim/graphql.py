"""Decidim's GraphQL interface: what is asked, how its answers are read, how pages are turned.

The names of who supports or writes are never asked for, and never read where an answer has them all the same.
"""

from collections.abc import Callable, Iterator
from typing import Any

from opentusk.kit.decidim.shapes import DecidimFault, Export, Meeting, Proposal, RemoteComment
from opentusk.kit.decidim.tables import moment
from opentusk.kit.decidim.texts import plain

MOST_REQUESTS = 2_000
Ask = Callable[[str, dict[str, Any]], Any]

PROCESS = """query Process($slug: String!) { participatoryProcess(slug: $slug) {
  id slug title { translations { locale text } } components { id __typename name { translation(locale: "it") } } } }"""
_COMMENTS = "comments { id body alignment createdAt depth comments { id body alignment createdAt } }"
_PROPOSALS = """query Proposals($c: ID!, $after: String) { component(id: $c) { ... on Proposals {
  proposals(first: 50, after: $after) { pageInfo { hasNextPage endCursor } edges { node {
    id reference state publishedAt voteCount official createdInMeeting answer { translations { locale text } } %s
    title { translations { locale text } } body { translations { locale text } } %s } } } } } }"""
_NEWER, _OLDER = (
    "taxonomies { name { translations { locale text } } }",
    "category { name { translations { locale text } } }",
)
MEETINGS = """query Meetings($c: ID!, $after: String) { component(id: $c) { ... on Meetings {
  meetings(first: 50, after: $after) { pageInfo { hasNextPage endCursor } edges { node {
    id reference startTime endTime address attendeeCount url
    title { translations { locale text } } description { translations { locale text } } } } } } } }"""


def read_process(ask: Ask, slug: str, host: str) -> Export:
    """A whole process, component by component, page by page. Raises DecidimFault."""
    asking = _Asking(ask)
    process = _data(asking(PROCESS, {"slug": slug})).get("participatoryProcess")
    if not isinstance(process, dict):
        raise DecidimFault("no_process", slug)
    export = Export(version="graphql")
    for component in _dicts(process.get("components")):
        number, kind = str(component.get("id", "")), component.get("__typename")
        place = f"{host.rstrip('/')}/processes/{slug}/f/{number}"
        if kind == "Proposals":
            _turn_pages(asking, number, "proposals", _proposals_query(asking, number, export), export, place)
        elif kind == "Meetings":
            _turn_pages(asking, number, "meetings", MEETINGS, export, place)
        else:
            export.notes.append(("component_left_out", f"{number} {kind or ''}".strip()))
    return export


def read_answer(document: Any, export: Export, place: str = "") -> str | None:
    """Read one answer into the export; the cursor of the next page, if there is one. Raises DecidimFault."""
    after: str | None = None
    found = False
    for kind, connection in _connections(_data(document)):
        found = True
        for edge in _dicts(connection.get("edges")):
            node = edge.get("node")
            if isinstance(node, dict) and node.get("id"):
                _READERS[kind](node, export, place)
        page = connection.get("pageInfo")
        if isinstance(page, dict) and page.get("hasNextPage"):
            after = str(page.get("endCursor") or "") or None
    if not found:
        export.notes.append(("nothing_in_answer", ", ".join(sorted(_data(document)))))
    return after


class _Asking:
    """Asks, one request at a time, never more than a run may make."""

    def __init__(self, ask: Ask) -> None:
        self._ask, self._left = ask, MOST_REQUESTS

    def __call__(self, query: str, variables: dict[str, Any]) -> Any:
        self._left -= 1
        if self._left < 0:
            raise DecidimFault("too_many_requests", str(MOST_REQUESTS))
        return self._ask(query, variables)


def _proposals_query(asking: _Asking, number: str, export: Export) -> str:
    """The query that this version understands: a field that it does not know is asked by its older name, once."""
    newer = _PROPOSALS % (_NEWER, _COMMENTS)
    answer = asking(newer, {"c": number, "after": None})
    errors = answer.get("errors") if isinstance(answer, dict) else None
    if errors and "doesn't exist" in str(errors):
        export.notes.append(("older_fields", number))
        return _PROPOSALS % (_OLDER, _COMMENTS)
    return newer


def _turn_pages(asking: _Asking, number: str, kind: str, query: str, export: Export, place: str) -> None:
    after: str | None = None
    seen: set[str] = set()
    while True:
        after = read_answer(asking(query, {"c": number, "after": after}), export, f"{place}/{kind}")
        if after is None:
            return
        if after in seen:
            export.notes.append(("cursor_repeats", f"{kind} {number}: {after}"))
            return
        seen.add(after)


def _data(document: Any) -> dict[str, Any]:
    """The data of an answer. Errors come with 200: they are no empty answer. Raises DecidimFault."""
    if not isinstance(document, dict):
        raise DecidimFault("no_answer")
    if errors := document.get("errors"):
        first = errors[0] if isinstance(errors, list) and errors else errors
        words = first.get("message", "") if isinstance(first, dict) else str(first)
        raise DecidimFault("graphql_errors", str(words)[:300])
    data = document.get("data")
    if not isinstance(data, dict):
        raise DecidimFault("no_answer")
    return data


def _connections(node: Any, depth: int = 0) -> Iterator[tuple[str, dict[str, Any]]]:
    """The pages of proposals and meetings, wherever the question put them."""
    if depth > 6:
        return
    if isinstance(node, list):
        for one in node:
            yield from _connections(one, depth + 1)
    if isinstance(node, dict):
        for key, value in node.items():
            if key in _READERS and isinstance(value, dict) and "edges" in value:
                yield key, value
            else:
                yield from _connections(value, depth + 1)


def _proposal(node: dict[str, Any], export: Export, place: str) -> None:
    labels = [_text(one.get("name")) for one in [*_dicts(node.get("taxonomies")), *_dicts([node.get("category")])]]
    number = str(node["id"])
    export.proposals.append(
        Proposal(
            id=number,
            title=_text(node.get("title")),
            body=_text(node.get("body")),
            url=f"{place}/{number}" if place else "",
            state=str(node.get("state") or ""),
            answer=plain(_text(node.get("answer"))),
            votes=int(node.get("voteCount") or 0),
            labels=tuple(label for label in labels if label),
            is_official=bool(node.get("official") or node.get("createdInMeeting")),
            is_withdrawn=bool(node.get("withdrawn")) or node.get("state") == "withdrawn",
        )
    )
    _walk_comments(node.get("comments"), "Decidim::Proposals::Proposal", number, export)


def _meeting(node: dict[str, Any], export: Export, place: str) -> None:
    attendees = node.get("attendeeCount")
    export.meetings.append(
        Meeting(
            id=str(node["id"]),
            title=_text(node.get("title")),
            description=plain(_text(node.get("description"))),
            starts_at=moment(str(node.get("startTime") or "")),
            ends_at=moment(str(node.get("endTime") or "")),
            attendees=attendees if isinstance(attendees, int) else None,
            place=str(node.get("address") or ""),
            url=str(node.get("url") or "") or (f"{place}/{node['id']}" if place else ""),
        )
    )


_READERS: dict[str, Callable[[dict[str, Any], Export, str], None]] = {"proposals": _proposal, "meetings": _meeting}


def _walk_comments(comments: Any, kind: str, number: str, export: Export, depth: int = 0) -> None:
    if depth > 6:
        return
    for comment in _dicts(comments):
        found = str(comment.get("id", ""))
        export.comments.append(
            RemoteComment(
                id=found,
                body=plain(str(comment.get("body") or "")),
                created_at=moment(str(comment.get("createdAt") or "")),
                alignment=max(-1, min(1, int(comment.get("alignment") or 0))),
                target_type=kind,
                target_id=number,
            )
        )
        _walk_comments(comment.get("comments"), "Decidim::Comments::Comment", found, export, depth + 1)


def _text(value: Any) -> str:
    """A translated text in Italian, or in whatever language there is."""
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return ""
    if isinstance(value.get("translation"), str):
        return str(value["translation"])
    said = {str(one.get("locale")): str(one.get("text") or "") for one in _dicts(value.get("translations"))}
    return said.get("it") or next((text for text in said.values() if text), "")


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
