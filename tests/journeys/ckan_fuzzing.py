"""Requests that no honest client would send, from a seed: any action, odd parameters, every way of sending them.

A grammar of our own, because what breaks a door is a known name with an impossible value, a true number of somebody
else's thing, or two ways of sending mixed up; plain random bytes never get past the first check.
"""

import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile

FORM = "application/x-www-form-urlencoded"
# Names of parameters of CKAN's actions; which action takes which is what the fuzzing does not know on purpose.
NAMES = (
    "active", "activity_types", "after", "aliases", "all_fields", "am_member", "author", "author_email", "before",
    "bias", "bom", "capacity", "clear_upload", "count", "data_dict", "datasets", "description", "diff_type",
    "distinct", "email", "entity_id", "exclude_activity_types", "expires_in", "extras", "ext_bbox", "facet",
    "facet.field", "facet.limit", "facet.mincount", "fields", "filter", "filters", "fl", "force", "format", "fq",
    "fq_list", "full_text", "fullname", "group_id", "groups", "hash", "ids_only", "image_url", "include",
    "include_data", "include_datasets", "include_drafts", "include_extras", "include_private", "include_tags",
    "include_total", "include_users", "indexes", "jti", "key", "keys", "lang_codes", "language", "license_id",
    "limit", "maintainer", "match", "method", "mimetype", "name", "notes", "object", "object_type", "offset", "order",
    "order_by", "org_id", "organization_id", "organizations", "owner_org", "package_id", "password", "plain",
    "position", "primary_key", "private", "q", "qf", "query", "records", "records_format", "resource", "resource_id",
    "resource_view", "resources", "role", "rows", "rows_max", "size", "sort", "sql", "start", "state", "subject",
    "tag_string", "tags", "task_type", "terms", "title", "token", "type", "update", "update__resources__0",
    "update__resources__extend", "upload", "url", "user", "user_id", "username", "users", "value", "version",
    "view_type", "vocabulary_id",
)  # fmt: skip
_TEXTS = (
    "", " ", "a", "true", "False", "0", "-1", "1", "10", "1e9", "99999999999999999999", "NaN", "null", "[]", "{}", "[",
    '{"a": 1}', '["a"]', "name asc", "name desc, title", "a b", "*:*", "title:(a OR b)", "metadata_modified:[NOW TO *]",
    "{!parent which=x}", "_query_:x", "a:b AND (", '"', "'", "' OR 1=1 --", "; DROP TABLE x", "%", "%00", "%20", "_",
    "../../etc/passwd", "<script>alert(1)</script>", "javascript:alert(1)", "http://127.0.0.1:1/x",
    "https://x.it/a.csv", "2024-01-01", "2024-13-45T99:99", "CSV", "editor", "admin", "user", "package", "public",
    "unified", "html", "envi", "ENVI", "cc-by", "x@y.it", "è 日本語", "\u202e\u2066", "\ud83d", "a\tb\nc", "x" * 5_000,
    "_id", "_full_text", "text", "int4", "insert", "upsert", "csv", "objects", "SELECT 1", 'SELECT * FROM "x"',
    "SELECT pg_sleep(9)",
)  # fmt: skip
_SMALL = frozenset({"limit", "offset", "rows", "start", "facet.limit", "before", "after", "unit", "position"})
_NUMBERS = (0, 1, -1, 7, 1000, 2**31, 2**63, -(2**63) - 1, 10**40, 0.5, -1.5, 1e308)


WAYS = ("json", "get", "form", "files", "curl", "query", "jsonp", "raw")
WEIGHTS = (10, 4, 3, 2, 1, 3, 1, 0.5)


@dataclass(frozen=True)
class Request:
    """One request: who sends it, to where, and what. It can be printed and sent again."""

    caller: str
    action: str
    way: str
    data: Mapping[str, Any]

    def said(self) -> str:
        """Everything that the sender says, as text."""
        return json.dumps([self.action, self.data], ensure_ascii=False, default=str)


class Grammar:
    """Makes requests. `actions` are names with their help, `things` true names and numbers by kind, private too."""

    def __init__(
        self, seed: int, actions: Mapping[str, str], callers: Sequence[str], things: Mapping[str, Sequence[str]]
    ) -> None:
        self.chance = random.Random(seed)
        self.actions, self.callers, self.things = sorted(actions), callers, things
        self.every_thing = [one for some in things.values() for one in some]
        # What the help of an action names between quotes are mostly its parameters.
        self.known = {name: re.findall(r"`([a-z_.]+)`", help) or ["id"] for name, help in actions.items()}

    def requests(self, number: int) -> list[Request]:
        """So many requests, every action at least as often as any other but one."""
        names = [self.actions[place % len(self.actions)] for place in range(number)]
        self.chance.shuffle(names)
        return [self._request(name) for name in names]

    def _request(self, action: str) -> Request:
        way = self.chance.choices(WAYS, WEIGHTS)[0]
        return Request(self.chance.choice(self.callers), action, way, self._data(action))

    def _data(self, action: str) -> dict[str, Any]:
        """A few parameters of the action, a few of others, most of them with a value that might be one of theirs."""
        known, other = self.chance.choice((0, 1, 2, 2, 4)), self.chance.choice((0, 0, 0, 1, 3))
        names = [*self.chance.choices(self.known[action], k=known), *self.chance.sample(NAMES, other)]
        if self.chance.random() < 0.8:
            names.append("id")
        return {name: self._likely(name, action) for name in names}

    def _likely(self, name: str, action: str) -> Any:
        if self.chance.random() < 0.3:
            return self._value(0)
        if name in _SMALL:
            return self.chance.choice((0, 1, 2, 10, "5"))
        if name.startswith(("include", "is_", "all_", "private", "force", "distinct", "facet", "ids_")):
            return self.chance.choice((True, False, "true", "False"))
        kind = next((kind for kind in self.things if kind in name), None)
        if kind is None and name in {"id", "object", "jti"}:
            kind = next((kind for kind in self.things if kind in action), None)
        return self.chance.choice(self.things[kind] if kind else _TEXTS)

    def _value(self, depth: int) -> Any:
        kind = self.chance.random()
        if kind < 0.35:
            return self.chance.choice(_TEXTS)
        if kind < 0.6:
            return self.chance.choice(self.every_thing)
        if kind < 0.75 or depth > 2:
            return self.chance.choice((*_NUMBERS, True, False, None))
        many = range(self.chance.choice((0, 1, 1, 2, 5)))
        if kind < 0.88:
            return [self._value(depth + 1) for _one in many]
        return {self.chance.choice((*NAMES, *_TEXTS[:4], "id", "key")): self._value(depth + 1) for _one in many}


def send(client: Any, request: Request, headers: Mapping[str, str]) -> Any:
    """Send it with Django's test client, which raises what the portal did not catch."""
    path = f"/api/3/action/{request.action}"
    match request.way:
        case "get":
            return client.get(f"{path}?{_query(request.data)}", headers=headers)
        case "jsonp":
            return client.get(f"{path}?callback=f&{_query(request.data)}", headers=headers)
        case "query":
            return client.post(f"{path}?{_query(request.data)}", headers=headers)
        case "form":
            return client.post(path, _query(request.data), FORM, headers=headers)
        case "files":
            fields = {name: _flat(value) for name, value in request.data.items()}
            file = SimpleUploadedFile("alberi.csv", b"a;b\n1;2\n", "text/csv")
            return client.post(path, {**fields, "upload": file}, headers=headers)
        case "curl":
            return client.post(path, json.dumps(request.data), FORM, headers=headers)
        case "raw":
            text = json.dumps(request.data)
            return client.post(path, text[: len(text) // 2], "application/json", headers=headers)
    return client.post(path, json.dumps(request.data), "application/json", headers=headers)


def _query(data: Mapping[str, Any]) -> str:
    """A list is a parameter repeated; everything else that is no text is JSON. Half a character becomes a mark."""
    flat = {name: _list(value) if isinstance(value, list) else _flat(value) for name, value in data.items()}
    return urlencode(flat, doseq=True, errors="replace")


def _list(values: Sequence[Any]) -> list[str]:
    return [_flat(value) for value in values]


def _flat(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode("utf-8", "replace").decode()
