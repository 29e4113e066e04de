"""Every write of the quality room."""

from opentusk.quality.actions.deciding import decide_case, decision_that_holds, open_case
from opentusk.quality.actions.linking import ask_for_check, check_dataset_links, check_links
from opentusk.quality.actions.measuring import note_dictionary
from opentusk.quality.actions.scoring import predict_score, rebuild_scores, score_datasets

__all__ = [
    "ask_for_check",
    "check_dataset_links",
    "check_links",
    "decide_case",
    "decision_that_holds",
    "note_dictionary",
    "open_case",
    "predict_score",
    "rebuild_scores",
    "score_datasets",
]
