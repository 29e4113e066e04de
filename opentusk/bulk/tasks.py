"""What the worker does for bulk runs."""

from opentusk.bulk import actions
from opentusk.bulk.models import Batch


def check_batch(batch: int) -> None:
    """Try the rows of a run."""
    found = Batch.objects.with_agent().filter(pk=batch).first()
    if found:
        actions.check_batch(found)


def run_batch(batch: int) -> None:
    """Take the rows of a run that are not done yet."""
    found = Batch.objects.with_agent().filter(pk=batch, state=Batch.State.RUNNING).first()
    if found:
        actions.run_batch(found)


def publish_batch(batch: int) -> None:
    """Publish the drafts of a run that somebody signed for."""
    found = Batch.objects.with_agent().filter(pk=batch, state=Batch.State.PUBLISHING).first()
    if found:
        actions.publish_batch(found)


def sweep() -> None:
    """Forget the trials that nobody ran."""
    actions.sweep_trials()
