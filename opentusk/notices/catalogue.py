"""The catalogue of public events: from each code of the journal to the types it gives, with their facts.

One table for the rooms below and those that existed before it, with their sentences in `words.py`; rooms that bring
things of their own bring their rules with them (see `speakers.py`). The reference page is compared with all by a test.
"""

import json

from opentusk.journal.models import Entry
from opentusk.kit.tables.changes import read_diff
from opentusk.notices.models import Family, Severity
from opentusk.notices.rules import Facts, Rule
from opentusk.notices.rules import nothing as _nothing
from opentusk.notices.speakers import speakers

# Beyond this a value is not put into an event: the reader finds it at the address that the event gives.
_LONGEST_VALUE = 2_000


def rules_for(code: str) -> tuple[Rule, ...]:
    """What entries of this code give, in order."""
    return tuple(rule for rule in all_rules() if rule.code == code)


def rule_of(type_: str) -> Rule | None:
    """The first rule that gives events of this type; None when its room is no longer switched on."""
    return next((rule for rule in all_rules() if rule.type == type_), None)


def all_rules() -> tuple[Rule, ...]:
    """The rules of this table and of the rooms above."""
    return RULES + tuple(rule for speaker in speakers().values() for rule in speaker.rules)


def public_families() -> list[tuple[str, str]]:
    """The families that anybody can hear of, with their labels."""
    told = {rule.family for rule in all_rules() if not rule.is_private}
    return [(family.value, str(family.label)) for family in Family if family in told]


def _reason(entry: Entry) -> Facts:
    return {"reason": str(entry.facts.get("reason", ""))}


def _changed_fields(entry: Entry) -> Facts | None:
    """The fields of the description, before and after; none when only a licence or our own bookkeeping changed."""
    fields = [_field(name, before, after) for name, (before, after) in sorted(entry.changes.items())]
    return {"fields": fields} if fields else None


def _field(name: str, before: object, after: object) -> Facts:
    if max(len(json.dumps(value, ensure_ascii=False)) for value in (before, after)) > _LONGEST_VALUE:
        return {"name": name, "is_long": True}
    return {"name": name, "before": before, "after": after}


def _licence(entry: Entry) -> Facts | None:
    if "distribution" not in entry.changes:
        return None
    before, after = (sorted(set(_licences(value))) for value in entry.changes["distribution"])
    return {"before": before, "after": after} if before != after else None


def _licences(distributions: object) -> list[str]:
    parts = distributions if isinstance(distributions, list) else []
    return [str(part["license"].get("iri", "")) for part in parts if isinstance(part.get("license"), dict)]


def _new_version(entry: Entry) -> Facts | None:
    """A new public version of a file; the first one is told by the publication of its dataset."""
    number = entry.facts.get("number", 1)
    if number == 1 or not entry.facts.get("is_latest", True):
        return None
    return {"version": number, "name": entry.facts.get("name", "")}


def _table_changes(entry: Entry) -> Facts | None:
    """How many rows were added, removed, changed, and in which columns."""
    facts: Facts = {
        "table": entry.facts.get("table", ""),
        "from_version": entry.facts.get("from"),
        "to_version": entry.facts.get("to"),
        "columns": [],
    }
    if diff := read_diff(entry.facts.get("changes") or {}):
        facts |= {"added": diff.added, "removed": diff.removed, "columns": sorted(diff.per_column)}
        if diff.known_changed is not None:
            facts["changed"] = diff.known_changed
    return facts


def _schema(entry: Entry) -> Facts | None:
    """The columns that came, went or are of another type; None when the columns are the same."""
    diff = read_diff(entry.facts.get("changes") or {})
    if diff is None or not (diff.added_columns or diff.removed_columns or diff.retyped):
        return None
    return {
        "table": entry.facts.get("table", ""),
        "added": list(diff.added_columns),
        "removed": list(diff.removed_columns),
        "retyped": list(diff.retyped),
        "breaking": bool(diff.removed_columns or diff.retyped),
    }


def _breaking_schema(entry: Entry) -> Facts | None:
    """What a program written for the version before would miss."""
    facts = _schema(entry)
    return facts if facts and facts["breaking"] else None


def _wider_schema(entry: Entry) -> Facts | None:
    """Columns that only came: whoever used the data goes on as before."""
    facts = _schema(entry)
    return facts if facts and not facts["breaking"] else None


def _band(entry: Entry) -> Facts | None:
    before, after = entry.changes.get("band", [None, None])
    return {"before": before, "after": after} if before and after else None


def _late(entry: Entry) -> Facts:
    return {name: entry.facts.get(name) for name in ("due_on", "is_learnt")}


def _announced(entry: Entry) -> Facts:
    return {name: entry.facts.get(name) for name in ("text", "on", "columns")}


def _silent(entry: Entry) -> Facts:
    return {"code": str(entry.facts.get("code", ""))}


def _link(entry: Entry) -> Facts:
    return {name: entry.facts.get(name) for name in ("url", "status", "since", "last_good")}


def _source(entry: Entry) -> Facts:
    return {"source": entry.facts.get("source", ""), "code": entry.facts.get("code", "")}


def _role(entry: Entry) -> Facts:
    return {"role": entry.facts.get("role", ""), "is_accepted": entry.event == "bodies.member_added"}


_CATALOGUE, _DATA, _TIME, _HEALTH = Family.CATALOGUE, Family.DATA, Family.TIME, Family.HEALTH
_WORK, _SECURITY = Family.WORK, Severity.SECURITY
_INFO, _NOTABLE, _BREAKING = Severity.INFO, Severity.NOTABLE, Severity.BREAKING

RULES: tuple[Rule, ...] = (
    Rule("catalog.dataset_published", "dataset.published", _CATALOGUE, _NOTABLE, _nothing),
    Rule("catalog.dataset_changed", "dataset.metadata_changed", _CATALOGUE, _INFO, _changed_fields, ("fields",)),
    Rule("catalog.dataset_changed", "dataset.licence_changed", _CATALOGUE, _NOTABLE, _licence, ("before", "after")),
    Rule("catalog.dataset_withdrawn", "dataset.withdrawn", _CATALOGUE, _NOTABLE, _reason, ("reason",)),
    Rule("catalog.dataset_restored", "dataset.restored", _CATALOGUE, _NOTABLE, _nothing),
    Rule("catalog.file_released", "file.released", _DATA, _INFO, _new_version, ("version", "name")),
    Rule(
        "tables.data_changed", "file.updated", _DATA, _NOTABLE, _table_changes,
        ("table", "from_version", "to_version", "added", "removed", "changed", "columns"),
    ),
    Rule(
        "tables.data_changed", "file.schema_changed", _DATA, _BREAKING, _breaking_schema,
        ("table", "added", "removed", "retyped", "breaking"),
    ),
    Rule(
        "tables.data_changed", "file.schema_changed", _DATA, _INFO, _wider_schema,
        ("table", "added", "removed", "retyped", "breaking"),
    ),
    Rule("notices.change_announced", "data.announced_change", _DATA, _NOTABLE, _announced, ("text", "on", "columns")),
    Rule("notices.dataset_late", "dataset.late", _TIME, _NOTABLE, _late, ("due_on", "is_learnt")),
    Rule("notices.dataset_back_on_time", "dataset.back_on_time", _TIME, _INFO, _nothing),
    Rule("feeding.silent", "realtime.silent", _TIME, _NOTABLE, _silent, ("code",)),
    Rule("feeding.back", "realtime.back", _TIME, _INFO, _nothing),
    Rule("quality.band_changed", "quality.changed", _HEALTH, _INFO, _band, ("before", "after")),
    Rule("notices.link_broken", "link.broken", _HEALTH, _NOTABLE, _link, ("url", "status", "since", "last_good")),
    Rule("notices.link_restored", "link.restored", _HEALTH, _INFO, _link, ("url", "status", "since", "last_good")),
    Rule(
        "notices.dataset_due_soon", "dataset.due_soon", _TIME, _NOTABLE, _late, ("due_on", "is_learnt"),
        is_private=True,
    ),
    Rule(
        "quality.case_opened", "personal_data.suspected", _HEALTH, _SECURITY, _nothing, is_private=True,
    ),
    Rule("notices.columns_waiting", "file.change_waiting", _WORK, _NOTABLE, _nothing, is_private=True),
    Rule("harvest.source_in_trouble", "harvest.failed", _WORK, _NOTABLE, _source, ("source", "code"), is_private=True),
    Rule("harvest.source_recovered", "harvest.recovered", _WORK, _INFO, _source, ("source", "code"), is_private=True),
    Rule("harvest.run_to_confirm", "harvest.to_confirm", _WORK, _NOTABLE, _source, ("source", "code"), is_private=True),
    Rule(
        "bodies.membership_asked", "membership.requested", _WORK, _NOTABLE, _role, ("role", "is_accepted"),
        is_private=True,
    ),
    Rule(
        "bodies.member_added", "membership.decided", _WORK, _INFO, _role, ("role", "is_accepted"), is_private=True,
    ),
    Rule(
        "bodies.membership_refused", "membership.decided", _WORK, _INFO, _role, ("role", "is_accepted"),
        is_private=True,
    ),
)  # fmt: skip
