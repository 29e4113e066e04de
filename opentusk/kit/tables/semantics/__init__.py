"""What the values of a column are: a codice fiscale, an ISTAT code, a place, a period.

A detector is an object with its own examples (`detector.Detector`); the families are `identifiers`, `places`,
`positions`, `contacts` and `terms`. Nothing here changes a value: a code that lost its zeros is recognised as such
(`Semantic.width`), and the repair is proposed elsewhere.
"""

from opentusk.kit.tables.semantics.detecting import DETECTORS, MANY, detect, detect_large, label_of
from opentusk.kit.tables.semantics.detector import Detector, Semantic

__all__ = ["DETECTORS", "MANY", "Detector", "Semantic", "detect", "detect_large", "label_of"]
