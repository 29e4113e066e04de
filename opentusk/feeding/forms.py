"""Forms of the feeding room."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from opentusk.catalog.models import Dataset, DatasetQuerySet
from opentusk.feeding.models import RHYTHMS
from opentusk.kit.webservices.shapes import Field, Kind, Paging, Service

GUESS = ""
_KINDS = ((GUESS, _("riconoscilo dalla risposta")), (Kind.JSON.value, "JSON"), (Kind.CSV.value, "CSV"))
_PAGINGS = (
    (Paging.NONE.value, _("tutto in una risposta")),
    (Paging.NEXT.value, _("la risposta dice l'indirizzo della pagina successiva")),
    (Paging.PAGE.value, _("si chiede il numero della pagina")),
    (Paging.OFFSET.value, _("si chiede da quale riga partire")),
)


class AddressForm(forms.Form):
    """The address of a service and its key: enough to try it."""

    url = forms.URLField(
        label=_("Indirizzo del servizio"),
        max_length=2000,
        assume_scheme="https",
        help_text=_("Quello che dà le righe, per esempio https://servizi.comune.example.it/tributi/righe"),
    )
    key_header = forms.RegexField(
        r"^[A-Za-z0-9-]{1,80}$",
        label=_("Intestazione della chiave"),
        required=False,
        error_messages={"invalid": _("Solo lettere, cifre e trattini, per esempio X-Api-Key.")},
        help_text=_("Se il servizio chiede una chiave: il nome dell'intestazione, per esempio X-Api-Key."),
    )
    key_value = forms.CharField(
        label=_("Chiave"),
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=True),
        help_text=_("La mandiamo solo al server del servizio e non la mostriamo più."),
    )
    kind = forms.ChoiceField(label=_("Formato"), required=False, choices=_KINDS)
    rows_path = forms.CharField(
        label=_("Percorso delle righe"),
        required=False,
        max_length=200,
        help_text=_("Dove sta l'elenco nella risposta JSON, per esempio risultato.righe. Vuoto: la risposta stessa."),
    )
    paging = forms.ChoiceField(label=_("Pagine"), required=False, choices=_PAGINGS)
    next_path = forms.CharField(label=_("Percorso dell'indirizzo successivo"), required=False, max_length=200)
    page_parameter = forms.CharField(
        label=_("Parametro della pagina o della riga"), required=False, max_length=80, initial="page"
    )
    size_parameter = forms.CharField(
        label=_("Parametro delle righe per pagina"), required=False, max_length=80, help_text=_("Vuoto se non c'è.")
    )
    size = forms.IntegerField(label=_("Righe per pagina"), required=False, min_value=1, max_value=100_000, initial=100)
    first = forms.IntegerField(
        label=_("Prima pagina o prima riga"), required=False, min_value=0, max_value=1_000_000, initial=1
    )
    total_path = forms.CharField(
        label=_("Percorso del totale"),
        required=False,
        max_length=200,
        help_text=_("Se c'è, controlliamo che siano arrivate tutte le righe."),
    )

    MAIN = ("url", "key_header", "key_value")

    def detail_fields(self) -> list[forms.BoundField]:
        """What is guessed and seldom touched."""
        names = [
            "kind",
            "rows_path",
            "paging",
            "next_path",
            "page_parameter",
            "size_parameter",
            "size",
            "first",
            "total_path",
        ]
        return [self[name] for name in names]

    def main_fields(self) -> list[forms.BoundField]:
        """What everybody fills in."""
        return [self[name] for name in self.fields if name not in {field.name for field in self.detail_fields()}]

    def is_to_guess(self) -> bool:
        """Whether nobody has said how the answers are built."""
        return not self.cleaned_data["kind"]

    def service(self) -> Service:
        """The service as it was described."""
        said = self.cleaned_data
        return Service(
            url=said["url"],
            kind=Kind(said["kind"] or Kind.JSON),
            rows_path=said["rows_path"],
            paging=Paging(said["paging"] or Paging.NONE),
            page_parameter=said["page_parameter"] or "page",
            size_parameter=said["size_parameter"],
            size=said["size"] or 100,
            first=1 if said["first"] is None else said["first"],
            next_path=said["next_path"],
            total_path=said["total_path"],
        )

    def secret_headers(self) -> dict[str, str]:
        """The key, as it is sent."""
        said = self.cleaned_data
        return {said["key_header"]: said["key_value"]} if said["key_header"] and said["key_value"] else {}


class _DatasetField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A choice of datasets by the words that people know them by."""

    def label_from_instance(self, dataset: Dataset) -> str:
        """The title; the identifier of one that has none yet."""
        return dataset.title or dataset.identifier


class ServiceForm(AddressForm):
    """A service that feeds a dataset."""

    name = forms.CharField(
        label=_("Nome della tabella"),
        max_length=200,
        help_text=_("Come la chiami parlando: «Segnalazioni dei cittadini»."),
    )
    minutes = forms.TypedChoiceField(label=_("Ogni quanto chiamarlo"), coerce=int, choices=RHYTHMS, initial=1_440)
    dataset = _DatasetField(
        label=_("Dataset"),
        queryset=Dataset.objects.none(),
        help_text=_("Quello a cui aggiungere la tabella; se non c'è ancora, prima crea la bozza."),
    )

    field_order = ["dataset", "name", *AddressForm.MAIN, "minutes"]

    def __init__(self, *args: Any, datasets: DatasetQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["dataset"].queryset = datasets  # type: ignore[attr-defined]


def typed_mapping(typed: QueryDict) -> tuple[Field, ...]:
    """The fields and columns of the preview's table: `field-0`, `column-0`, `field-1`…; an empty column is left out."""
    paths = typed.getlist("field")
    columns = typed.getlist("column")
    return tuple(
        Field(path=path, column=" ".join(column.split())) for path, column in zip(paths, columns, strict=False)
    )


def described(service: Service) -> dict[str, Any]:
    """The values of the form for a service."""
    return {
        "kind": service.kind.value,
        "rows_path": service.rows_path,
        "paging": service.paging.value,
        "next_path": service.next_path,
        "page_parameter": service.page_parameter,
        "size_parameter": service.size_parameter,
        "size": service.size,
        "first": service.first,
        "total_path": service.total_path,
    }
