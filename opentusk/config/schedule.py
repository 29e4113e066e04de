"""What happens by the clock: name, seconds between two times, and the task that is called."""

from opentusk.journal.schedule import Scheduled

SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled("journal.done_tasks", 86_400, "opentusk.journal.tasks.forget_done"),
    Scheduled("people.old_attempts", 86_400, "opentusk.people.actions.forget_old_attempts"),
    Scheduled("quality.check_links", 60, "opentusk.quality.tasks.check_links"),
    Scheduled("harvest.due_runs", 300, "opentusk.harvest.tasks.ask_for_due_runs"),
    Scheduled("harvest.old_runs", 86_400, "opentusk.harvest.tasks.tidy_runs"),
)
