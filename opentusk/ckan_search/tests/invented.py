"""Invented packages in CKAN's shape, few values in many combinations, so that queries meet something."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import strategies as st

TITLES = (
    "Alberi monumentali", "Rifiuti urbani e raccolta differenziata", "Qualità dell'aria", "Scuole comunali di Lecce",
    "Bilancio", "Città e paesi: l'edificio scolastico", "alberi", "Un titolo che comincia come altri titoli, e poi no",
    "Un titolo che comincia come altri titoli, e poi sì",
)  # fmt: skip
NOTES = (
    "",
    "Elenco degli alberi di alto fusto.",
    "Tonnellate di rifiuti per mese",
    "Scuole & palestre",
    "1.5 km (circa)",
)
TAGS = ("alberi", "Alberi", "verde urbano", "a:b", "è", "x*y", "rifiuti", "scuole?", "AND", "[uno]")
ORGANIZATIONS = ("comune-di-lecce", "comune-di-bari", "regione-puglia")
GROUPS = ("envi", "econ", "educ")
LICENCES = ("A21_CCBY40", "A11_CCO10", "aperta e basta")
FORMATS = ("CSV", "JSON", "csv", "SHP ZIP")
KEYS = ("tema", "frequency", "my key", "a.b", "ordine:x", "expiry_date")
VALUES = ("ENVI", "ECON", "annuale", "071057", "a b", "valore\ndue", "2024-02-29", "2024-03-01T10:00:00Z")
FIRST = datetime(2024, 2, 28, 12, 30, 15, 123456, tzinfo=UTC)
MOMENTS = tuple(
    FIRST + timedelta(**step)
    for step in ({}, {"microseconds": 1}, {"seconds": 45}, {"days": 1}, {"days": 2, "hours": 3}, {"days": 30})
)
BODIES = (1, 2, 3)


def _ckan(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds")


ADDRESSES = ("https://dati.example.org/a.csv", "https://dati.example.org/b?x=1")
WORDS = ("alberi", "rifiuti", "comune-di-lecce-popolazione-residente-per-quartiere-e-per-sesso")
RESOURCES = st.fixed_dictionaries(
    {"name": st.sampled_from(TITLES), "description": st.sampled_from(NOTES), "format": st.sampled_from(("", *FORMATS)),
     "url": st.sampled_from(ADDRESSES), "codifica": st.sampled_from(VALUES)}
)  # fmt: skip
DRAFTS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(TITLES),
        "notes": st.sampled_from(NOTES),
        "word": st.sampled_from(WORDS),
        "tags": st.lists(st.sampled_from(TAGS), max_size=3, unique=True),
        "groups": st.lists(st.sampled_from(GROUPS), max_size=2, unique=True),
        "body": st.integers(0, 2),
        "license_id": st.none() | st.sampled_from(LICENCES),
        "extras": st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES), max_size=4),
        "resources": st.lists(RESOURCES, max_size=2),
        "created": st.sampled_from(MOMENTS),
        "modified": st.sampled_from(MOMENTS),
        "state": st.sampled_from(("active", "active", "active", "draft", "deleted")),
        "private": st.sampled_from((False, False, True)),
        "number": st.integers(0, 2**128 - 1),
    }
)


def package(number: int, said: dict) -> dict:
    """The package with this number of its index."""
    organization = ORGANIZATIONS[said["body"]]
    return {
        "id": str(UUID(int=said["number"] ^ number)),
        "name": f"{said['word']}-{number}",
        "title": said["title"],
        "notes": said["notes"] or None,
        "url": None,
        "license_id": said["license_id"],
        "type": "dataset",
        "state": said["state"],
        "private": said["private"],
        "owner_org": f"org-{said['body']}",
        "organization": {"name": organization, "title": organization.replace("-", " ").title()},
        "metadata_created": _ckan(said["created"]),
        "metadata_modified": _ckan(said["modified"]),
        "tags": [{"name": tag} for tag in sorted(said["tags"])],
        "num_tags": len(said["tags"]),
        "groups": [{"name": group} for group in sorted(said["groups"])],
        "extras": [{"key": key, "value": value} for key, value in said["extras"].items()],
        "resources": said["resources"],
        "num_resources": len(said["resources"]),
        "body": BODIES[said["body"]],
    }


def packages(*, least: int, most: int) -> st.SearchStrategy[list[dict]]:
    """Some packages, their number the place in the list."""
    drafts = st.lists(DRAFTS, min_size=least, max_size=most)
    return drafts.map(lambda found: [package(number, said) for number, said in enumerate(found)])


def drawn(number: int, dice: Random) -> dict:
    """A package by chance, for catalogues too large to be generated value by value."""
    resource = {"name": dice.choice(TITLES), "description": dice.choice(NOTES), "format": dice.choice(FORMATS),
                "url": dice.choice(ADDRESSES), "codifica": dice.choice(VALUES)}  # fmt: skip
    said = {
        "title": dice.choice(TITLES),
        "notes": dice.choice(NOTES),
        "word": dice.choice(WORDS),
        "tags": dice.sample(TAGS, dice.randrange(4)),
        "groups": dice.sample(GROUPS, dice.randrange(3)),
        "body": dice.randrange(3),
        "license_id": dice.choice((None, *LICENCES)),
        "extras": {dice.choice(KEYS): dice.choice(VALUES) for _each in range(dice.randrange(5))},
        "resources": [resource] * dice.randrange(3),
        "created": dice.choice(MOMENTS),
        "modified": dice.choice(MOMENTS),
        "state": dice.choice(("active", "active", "active", "draft", "deleted")),
        "private": dice.choice((False, False, True)),
        "number": dice.getrandbits(128),
    }
    return package(number, said)
