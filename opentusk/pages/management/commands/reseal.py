"""`opentusk reseal`: after the key of the portal was changed, the secrets that it keeps are sealed with the new one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opentusk.feeding.actions import reseal_keys
from opentusk.outbound.sealing import Unsealable
from opentusk.subscriptions.actions.webhooks import reseal_secrets


class Command(BaseCommand):
    """Everything or nothing of each kind; afterwards the former key can be forgotten."""

    help = "Sigilla con la chiave di adesso le chiavi dei servizi web e i segreti dei webhook."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal anew, and say how much."""
        try:
            self.stderr.write(f"servizi web: {reseal_keys()}, webhook: {reseal_secrets()}")
        except Unsealable as fault:
            raise CommandError(
                "un segreto non si apre con nessuna chiave: rimetti quella di prima in OPENTUSK_SECRET_KEY_FALLBACKS"
            ) from fault
