"""What a graph must look like: tables of demands per class, and a small engine that holds a graph against them.

Not an interpreter of SHACL: the demands of the published shapes are restated in tables of our own (`agid`,
`dcat_ap_2`, `dcat_ap_3`, `dcatapit`, `hvd`), so that a dataset is judged in well under a millisecond. Tests compare
the verdicts with those of pyshacl on the official files.
"""

from opentusk.kit.shacl.agid import AGID_RULES, AGID_RULES_OF_A_DATASET
from opentusk.kit.shacl.dcat_ap_2 import DCATAP_2
from opentusk.kit.shacl.dcat_ap_3 import DCATAP_3, DCATAP_3_CORE
from opentusk.kit.shacl.dcatapit import DCATAP_IT
from opentusk.kit.shacl.engine import check_graph, check_nodes, conforms
from opentusk.kit.shacl.hvd import HVD, check_declared_hvd
from opentusk.kit.shacl.rules import ShapeSet, join_shapes

# What one dataset of ours, written alone in the default profile, must satisfy before it may be published.
DATASET_SHAPES = join_shapes("dataset", AGID_RULES_OF_A_DATASET, DCATAP_IT, DCATAP_3_CORE)

__all__ = [
    "AGID_RULES",
    "AGID_RULES_OF_A_DATASET",
    "DATASET_SHAPES",
    "DCATAP_2",
    "DCATAP_3",
    "DCATAP_IT",
    "HVD",
    "ShapeSet",
    "check_declared_hvd",
    "check_graph",
    "check_nodes",
    "conforms",
    "join_shapes",
]
