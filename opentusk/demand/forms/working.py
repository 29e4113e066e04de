"""What the desk and the bodies fill in when they move a wish."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.demand.forms.wishing import theme_choices
from opentusk.demand.models import WantedDataset
from opentusk.demand.models.items import TITLE_LENGTH, WORDS_LENGTH
from opentusk.demand.states import Move, RefusalReason

_FIELDS: dict[Move, tuple[str, ...]] = {
    Move.MERGE: ("target", "title"),
    Move.REFUSE: ("reason", "answer", "dataset"),
    Move.ASSIGN: ("body", "due_on"),
    Move.LINK_EXISTING: ("dataset", "note"),
    Move.START: ("due_on",),
    Move.DECLINE: ("note",),
    Move.LINK: ("dataset", "note"),
    Move.REOPEN: ("note",),
    Move.RECONSIDER: ("note",),
}
_NEEDED = {(Move.LINK, "dataset"), (Move.LINK_EXISTING, "dataset")}
_OPTIONAL = {"title", "dataset", "note", "due_on"}
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MoveForm(forms.Form):
    """The fields of one move."""

    target = forms.IntegerField(label=_("Numero dell'altra voce"), min_value=1)
    title = forms.CharField(label=_("Titolo migliore per tutte e due, se serve"), max_length=TITLE_LENGTH)
    reason = forms.ChoiceField(label=_("Motivo"), choices=RefusalReason.choices)
    answer = forms.CharField(
        label=_("Risposta, per tutti"), max_length=WORDS_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    body = forms.ModelChoiceField(label=_("Ente"), queryset=Agent.objects.none())
    due_on = forms.DateField(label=_("Entro il"), widget=_DAY)
    dataset = forms.CharField(
        label=_("Dataset"), max_length=500, help_text=_("L'indirizzo della sua pagina, o il suo identificativo.")
    )
    note = forms.CharField(label=_("Nota"), max_length=500)

    def __init__(self, said: QueryDict | None = None, *, move: Move, item: WantedDataset) -> None:
        super().__init__(said, prefix=move.value)
        self.move, self._item = move, item
        for name in set(self.fields) - set(_FIELDS.get(move, ())):
            del self.fields[name]
        for name, field in self.fields.items():
            field.required = name not in _OPTIONAL or (move, name) in _NEEDED
        if "body" in self.fields:
            self.fields["body"].queryset = Agent.objects.active().by_name()  # type: ignore[attr-defined]

    def clean_dataset(self) -> Dataset | None:
        """The public dataset of that address or identifier."""
        name = self.cleaned_data["dataset"].strip().rstrip("/").rsplit("/", 1)[-1]
        if not name:
            return None
        found: Dataset | None = Dataset.objects.published().with_holder().named(name).first()
        if found is None:
            raise forms.ValidationError(
                _("Nessun dataset pubblico si chiama così: copia l'indirizzo della sua pagina.")
            )
        return found

    def clean_target(self) -> WantedDataset:
        """The other wish, of the same basket."""
        others = WantedDataset.objects.filter(basket=self._item.basket_id).exclude(pk=self._item.pk)
        found = others.filter(number=self.cleaned_data["target"]).first()
        if found is None:
            raise forms.ValidationError(_("In questo paniere non c'è un'altra voce con questo numero."))
        return found


class CorrectForm(forms.Form):
    """A better title, another theme."""

    title = forms.CharField(label=_("Titolo"), max_length=TITLE_LENGTH)
    theme = forms.ChoiceField(label=_("Tema"), choices=theme_choices)
