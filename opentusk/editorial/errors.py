"""What the editorial room refuses."""

from collections.abc import Sequence
from dataclasses import dataclass


class EditorialRefusal(Exception):
    """A request on a declaration, a review or a copy that cannot be granted."""


@dataclass
class Unanswered(EditorialRefusal):
    """A declaration that cannot be signed: codes of questions without an answer, without the explanation that their
    answer asks for, and with an answer that forbids publication.
    """

    missing: Sequence[str] = ()
    unexplained: Sequence[str] = ()
    forbidding: Sequence[str] = ()


@dataclass
class ChangedMeanwhile(EditorialRefusal):
    """What would be signed is not what the page showed; `signer` when a colleague signed it meanwhile."""

    signer: str = ""


class NobodyAsks(EditorialRefusal):
    """Nobody has to look at this dataset: its body asks for no reviews, or it was looked at already."""


class NoPeriod(EditorialRefusal):
    """The dataset does not say what time its data are about, so nobody knows which one comes next."""
