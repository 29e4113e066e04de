"""The national validator's active rules as checks: `agid.<id>` for each row of `kit.national_rules`.

A rule looks at the nodes of its Italian class and of the European class beside it: a node typed with only one of
them is refused by the national catalogue too, so nothing escapes by being typed badly. The list for people is
docs/reference/national-rules.md.
"""

from pyoxigraph import NamedNode

from opentusk.kit.national_rules import NATIONAL_RULES, NationalRule
from opentusk.kit.problems import Severity
from opentusk.kit.rdf.namespaces import ADMS, DCAT, DCATAPIT, DCT, FOAF, VCARD
from opentusk.kit.shacl.rules import Existence, Rule, ShapeSet
from opentusk.kit.shacl.tables import make_rule, read_term

_CLASSES: dict[str, tuple[NamedNode, ...]] = {
    "Catalog": (DCATAPIT("Catalog"), DCAT("Catalog")),
    "Dataset": (DCATAPIT("Dataset"), DCAT("Dataset")),
    "Distribution": (DCATAPIT("Distribution"), DCAT("Distribution")),
    "Agent": (DCATAPIT("Agent"), FOAF("Agent")),
    "LicenseDocument": (DCATAPIT("LicenseDocument"), DCT("LicenseDocument")),
    "Organization": (DCATAPIT("Organization"), VCARD("Organization"), VCARD("Kind")),
    "PeriodOfTime": (DCT("PeriodOfTime"),),
    "Standard": (DCATAPIT("Standard"), DCT("Standard")),
    "Identifier": (ADMS("Identifier"),),
}
# These look at the catalogue, or at a dataset that another page may hold: only the whole document can answer.
_OF_THE_DOCUMENT = frozenset({"dcatapit:Catalog", "dct:isVersionOf"})


def _rule(row: NationalRule) -> Rule:
    return make_rule(row.code, Severity(row.severity), _CLASSES[row.node], read_term(row.path), row.demand)


def _existence(row: NationalRule) -> Existence:
    return Existence(code=row.code, severity=Severity(row.severity), kind=read_term(row.path))


def _shapes(name: str, rows: list[NationalRule]) -> ShapeSet:
    return ShapeSet(
        name=name,
        rules=tuple(_rule(row) for row in rows if row.demand != "exists"),
        existences=tuple(_existence(row) for row in rows if row.demand == "exists"),
    )


AGID_RULES = _shapes("agid", list(NATIONAL_RULES))
AGID_RULES_OF_A_DATASET = _shapes("agid", [row for row in NATIONAL_RULES if row.path not in _OF_THE_DOCUMENT])
