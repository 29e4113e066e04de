"""Asking for letters."""

from django.db import models

from opentusk.journal.actions import enqueue


def ask_letter(letter: str, row: models.Model) -> None:
    """Have the worker write a letter about a row, by the `send_letter` of the row's own room.

    A mail server that is away must not undo what people did.
    """
    task = f"opentusk.{row._meta.app_label}.tasks.send_letter"
    enqueue(task, letter=letter, about=row._meta.model_name, pk=row.pk)
