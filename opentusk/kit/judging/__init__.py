"""Judging: from jurors' sheets to a ranking, in exact arithmetic.

The total of an entry is the sum, over the criteria, of weight × mean over jurors of score / maximum: weights sum to
100, so totals run from 0 to 100. Equal totals go down a published ladder. Nothing depends on the order of the rows.
"""

from opentusk.kit.judging.coverage import can_all_see_all, jurors_needed
from opentusk.kit.judging.points import points
from opentusk.kit.judging.ranking import rank_entries
from opentusk.kit.judging.scoring import criterion_means, juror_totals, weighted_total, z_values
from opentusk.kit.judging.shapes import Combination, Criterion, Sheet, Standing, check_criteria

__all__ = [
    "Combination",
    "Criterion",
    "Sheet",
    "Standing",
    "can_all_see_all",
    "check_criteria",
    "criterion_means",
    "juror_totals",
    "jurors_needed",
    "points",
    "rank_entries",
    "weighted_total",
    "z_values",
]
