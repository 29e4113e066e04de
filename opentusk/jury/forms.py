"""Forms of jurors: the code, the conflicts, the marks."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.hackathon.models import Criterion, Juror, Sheet

_RADIO_MOST = 10


class CodeForm(forms.Form):
    """The code that a juror was told."""

    code = forms.CharField(
        label=_("Codice"),
        max_length=6,
        help_text=_("Sei cifre, arrivate insieme al collegamento."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ConflictsForm(forms.Form):
    """Which teams a juror does not judge; an empty reason means no conflict."""

    def __init__(self, *args: Any, juror: Juror, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = dict(juror.conflicts.values_list("team", "reason"))
        for team in juror.hackathon.teams.exclude(state="withdrawn").order_by("table_number", "name"):
            self.fields[f"team_{team.pk}"] = forms.CharField(
                label=team.name, required=False, max_length=300, initial=said.get(team.pk, "")
            )

    def conflicts(self) -> dict[int, str]:
        """The teams by number, with the reasons."""
        said = {int(name.removeprefix("team_")): reason.strip() for name, reason in self.cleaned_data.items()}
        return {number: reason for number, reason in said.items() if reason}


class RecuseForm(forms.Form):
    """Why a juror does not judge an entry after all."""

    reason = forms.CharField(label=_("Perché"), max_length=300)


class SheetForm(forms.Form):
    """The marks of one juror for one entry: a radio for each mark, or a number where there are too many."""

    note = forms.CharField(
        label=_("Appunti"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, criteria: list[Criterion], sheet: Sheet | None, **kwargs: Any) -> None:
        given = (
            {score.criterion.code: score.value for score in sheet.scores.select_related("criterion")} if sheet else {}
        )
        initial = {f"mark_{code}": _plain(value) for code, value in given.items()} | {
            "note": sheet.note if sheet else ""
        }
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.criteria = {f"mark_{one.code}": one for one in criteria}
        for name, one in self.criteria.items():
            self.fields[name] = _mark_field(one, given.get(one.code))
        self.order_fields([*self.criteria, "note"])

    def marks(self) -> Mapping[str, Decimal]:
        """The marks that were given, by the codes of the criteria."""
        said = {one.code: self.cleaned_data.get(name) for name, one in self.criteria.items()}
        return {code: Decimal(mark) for code, mark in said.items() if mark not in (None, "")}


def _plain(number: Decimal) -> str:
    """A number as people write it: 9 and 0.5, not 9.00 and 0.50."""
    return format(number.normalize(), "f")


def _mark_field(one: Criterion, given: Decimal | None) -> forms.Field:
    label, words = f"{one.label} ({_plain(one.weight)}%)", one.help
    if one.step == 1 and one.max_score <= _RADIO_MOST:
        lowest = 0 if given == 0 else 1
        marks = [(str(mark), str(mark)) for mark in range(lowest, int(one.max_score) + 1)]
        return forms.ChoiceField(
            label=label,
            help_text=words,
            required=False,
            choices=marks,
            widget=forms.RadioSelect(attrs={"class": "mark"}),
        )
    attrs = {"step": _plain(one.step), "min": "0", "max": _plain(one.max_score)}
    return forms.DecimalField(
        label=label,
        help_text=words,
        required=False,
        min_value=0,
        max_value=one.max_score,
        widget=forms.NumberInput(attrs),
    )
