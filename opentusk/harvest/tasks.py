"""Reading sources by the clock and on request."""

from django.utils import timezone

from opentusk.harvest.actions import ask_worker, begin_run, forget_old_runs, run_source
from opentusk.harvest.errors import AlreadyRunning
from opentusk.harvest.models import HarvestRun, HarvestSource


def walk(run_id: int) -> None:
    """Walk one run; when another process is at it, there is nothing to do."""
    run = HarvestRun.objects.filter(pk=run_id).select_related("source__agent").first()
    if run is None:
        return
    try:
        run_source(run)
    except AlreadyRunning:
        return


def ask_for_due_runs() -> None:
    """Begin a run of every source whose time has come, and take up runs that an interruption left behind."""
    for run in HarvestRun.objects.active():
        ask_worker(run)
    now = timezone.now()
    for source in HarvestSource.objects.active().by_name():
        if not source.is_due(now):
            continue
        try:
            ask_worker(begin_run(source))
        except AlreadyRunning:
            continue


def tidy_runs() -> None:
    """Delete old reports."""
    forget_old_runs()
