"""What happens by the clock: name, seconds between two times, and the task that is called."""

from opentusk.journal.schedule import Scheduled

SCHEDULE: tuple[Scheduled, ...] = ()
