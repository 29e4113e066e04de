"""What differs between our feed of a body and what the national catalogue shows of it, each with the likely reason."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from opentusk.federation.national import ShownDataset

# The national catalogue reads once a week; two days of grace for its own work.
_ON_THE_WAY = timedelta(days=9)
_COPY = re.compile(r"~~\d+$")
_ITALIAN_DATE = re.compile(r"(\d{2})[-/](\d{2})[-/](\d{4})")

MISSING, EXTRA, DUPLICATED, OLDER = "missing", "extra", "duplicated", "older"


@dataclass(frozen=True, kw_only=True)
class OurDataset:
    """A dataset of ours. `away` says why it is not in the feed (a code), "" when it is; `since` is when that began."""

    identifier: str
    title: str
    modified: str
    slug: str
    since: date
    away: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One difference: its kind, what it is about, why (a code of `words.py`), and where to look."""

    kind: str
    identifier: str
    title: str
    why: str
    values: Mapping[str, str] = field(default_factory=dict)
    address: str = ""

    def to_json(self) -> dict[str, Any]:
        """What the row keeps."""
        return {**self.__dict__, "values": dict(self.values)}


def compare(ours: Iterable[OurDataset], shown: Sequence[ShownDataset], *, today: date) -> list[Finding]:
    """The differences, in the order in which they matter."""
    known = {key_of(dataset.identifier): dataset for dataset in ours}
    theirs: dict[str, list[ShownDataset]] = defaultdict(list)
    for dataset in shown:
        theirs[key_of(dataset.identifier)].append(dataset)
    going = {key: dataset for key, dataset in known.items() if not dataset.away}
    return [
        *(_missing(dataset, today) for key, dataset in going.items() if key not in theirs),
        *(_extra(one, known) for key, group in theirs.items() if key not in going for one in group[:1]),
        *_duplicated(theirs),
        *(found for key, dataset in going.items() for one in theirs.get(key, [])[:1] for found in _older(dataset, one)),
    ]


def key_of(identifier: str) -> str:
    """What makes two identifiers one: not the letters' size, nor the mark of a copy."""
    return _COPY.sub("", identifier.strip().lower())


def day_of(text: str) -> str:
    """The day of a date as ISO writes it, "" when it is none."""
    found = _ITALIAN_DATE.match(text)
    try:
        return date.fromisoformat(f"{found[3]}-{found[2]}-{found[1]}" if found else text[:10]).isoformat()
    except ValueError:
        return ""


def _missing(dataset: OurDataset, today: date) -> Finding:
    why = "on_the_way" if today - dataset.since < _ON_THE_WAY else "not_taken"
    values = {"since": dataset.since.isoformat()}
    return Finding(
        kind=MISSING,
        identifier=dataset.identifier,
        title=dataset.title,
        why=why,
        values=values,
        address=f"/dataset/{dataset.slug}",
    )


def _extra(one: ShownDataset, known: Mapping[str, OurDataset]) -> Finding:
    ours = known.get(key_of(one.identifier))
    values = {"organization": one.organization or "–"}
    if ours:
        why, values = f"away_{ours.away}", values | {"since": ours.since.isoformat()}
    elif twin := _without_prefix(one, known):
        why, values = "no_prefix", values | {"twin": twin.identifier}
    else:
        why = "unknown"
    return Finding(kind=EXTRA, identifier=one.identifier, title=one.title, why=why, values=values, address=one.address)


def _without_prefix(one: ShownDataset, known: Mapping[str, OurDataset]) -> OurDataset | None:
    """The dataset of ours whose identifier has lost its prefix there."""
    key = key_of(one.identifier)
    found = (ours for name, ours in known.items() if name.partition(":")[2] == key)
    return next(found, None) if ":" not in key else None


def _duplicated(theirs: Mapping[str, Sequence[ShownDataset]]) -> list[Finding]:
    """Records with one identifier, then those of different identifiers and one title."""
    found = [_twice(group, "same_identifier") for group in theirs.values() if len(group) > 1]
    titles: dict[str, list[ShownDataset]] = defaultdict(list)
    for group in theirs.values():
        titles[group[0].title.strip().casefold()].append(group[0])
    return found + [_twice(group, "same_title") for title, group in titles.items() if title and len(group) > 1]


def _twice(group: Sequence[ShownDataset], why: str) -> Finding:
    organizations = ", ".join(dict.fromkeys(one.organization or "–" for one in group))
    values = {"count": str(len(group)), "organizations": organizations}
    last = group[-1]
    return Finding(
        kind=DUPLICATED, identifier=last.identifier, title=last.title, why=why, values=values, address=last.address
    )


def _older(dataset: OurDataset, one: ShownDataset) -> list[Finding]:
    ours, theirs = day_of(dataset.modified), day_of(one.modified)
    if not ours or not theirs or theirs >= ours:
        return []
    values = {"ours": ours, "theirs": theirs}
    found = Finding(
        kind=OLDER, identifier=dataset.identifier, title=dataset.title, why="older", values=values, address=one.address
    )
    return [found]
