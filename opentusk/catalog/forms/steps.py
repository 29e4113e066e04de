"""The short form that a dataset begins with."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent, AgentQuerySet
from opentusk.kit.values import slugify


class NewDatasetForm(forms.Form):
    """The least that a draft needs."""

    holder = forms.ModelChoiceField(label=_("Ente titolare"), queryset=Agent.objects.none())
    title = forms.CharField(
        label=_("Titolo"),
        max_length=500,
        help_text=_("Breve e comprensibile a chi non lavora da voi. Potrai cambiarlo."),
    )
    local_part = forms.RegexField(
        r"^[a-z0-9_-]+$",
        label=_("Nome nell'indirizzo"),
        required=False,
        max_length=80,
        help_text=_("Minuscole, cifre, trattini. Non cambierà mai più; se lo lasci vuoto lo ricaviamo dal titolo."),
        error_messages={"invalid": _("Solo lettere minuscole senza accenti, cifre, - e _.")},
    )

    def __init__(self, *args: Any, holders: AgentQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["holder"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = holders

    def clean(self) -> dict[str, Any]:
        """With a name made of the title when none was typed."""
        typed = super().clean() or {}
        typed["local_part"] = typed.get("local_part") or slugify(typed.get("title", ""))
        if "title" in typed and not typed["local_part"]:
            raise ValidationError(_("Dal titolo non si ricava un nome: scrivilo tu nel campo «Nome nell'indirizzo»."))
        return typed
