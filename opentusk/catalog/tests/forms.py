"""What a browser would send for a form that it was shown: for the tests of the editor."""

from typing import Any

from django import forms
from django.test import Client

from opentusk.catalog.models import Dataset


def sent(client: Client, dataset: Dataset, **changes: Any) -> dict[str, Any]:
    """The data of the editing page as it stands, with some fields typed over."""
    context = client.get(f"/scrivania/dataset/{dataset.pk}").context
    data = {"expected": context["expected"], **_values(context["form"]), **_values(context["formset"].management_form)}
    for row in context["formset"]:
        data |= _values(row)
    return data | changes


def _values(form: forms.BaseForm) -> dict[str, Any]:
    shown = {field.html_name: field.value() for field in form}
    return {name: value for name, value in shown.items() if value not in (None, False, ())}
