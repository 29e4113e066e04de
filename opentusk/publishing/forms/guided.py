"""The description as the guide asks for it: the few fields that only people can judge first, the rest folded away.

It is the catalogue's own form with plainer words, an example on each field, three questions whose answers continue
the description, the licence of the files and the question about high-value data.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opentusk.catalog.forms import choices
from opentusk.catalog.forms.dataset import DatasetForm
from opentusk.kit.suggesting.high_value import high_value_lists
from opentusk.ui.speech import is_english

FIRST = ("title_it", "description_it", "theme", "accrual_periodicity", "start_date", "end_date", "place")
CONTACT = ("contact_name", "contact_email")
QUESTIONS = ("one_row", "collected", "limits")
_FOLDED: tuple[tuple[str, str | Promise, tuple[str, ...]], ...] = (
    ("words", _("Parole per trovarli"), ("keyword_it", "subject")),
    ("rights", _("Licenza e diritti"), ("license", "access_rights")),
    ("value", _("Dati di elevato valore"), ("hvd_category",)),
    ("people", _("Altri contatti, editore e autori"),
     ("contact_phone", "contact_url", "publisher_name", "publisher_code", "creators")),
    ("address", _("Nome nell'indirizzo e date"), ("local_part", "modified", "issued")),
    ("english", _("In inglese"), ("title_en", "description_en", "keyword_en")),
    ("more", _("Tutto il resto"),
     ("language", "place_address", "bbox", "spatial_resolution_in_meters", "temporal_resolution", "landing_page",
      "page", "conforms_to", "other_identifier", "type", "applicable_legislation", "provenance_it", "version_info",
      "version_notes_it", "is_version_of", "has_version", "relation", "in_series")),
)  # fmt: skip
_HELP: Mapping[str, Any] = {
    "title_it": _("Come lo chiameresti parlando con un cittadino. Per esempio: «Alberi monumentali»."),
    "description_it": _(
        "Che cosa c'è nei dati, in parole semplici, almeno 80 caratteri. Per esempio: «Gli alberi monumentali del "
        "comune, con specie, altezza e posizione. Censimento del 2025.»"
    ),
    "theme": _("L'argomento: di solito uno solo. Chi cerca sfoglia il catalogo per temi."),
    "accrual_periodicity": _("Ogni quanto pensate di aggiornarli. Meglio «annuale» mantenuto che «mensile» promesso."),
    "start_date": _("Il primo giorno di cui parlano i dati, non quello in cui li carichi. Per esempio 2025-01-01."),
    "end_date": _("L'ultimo giorno di cui parlano. Vuoto se continuano ad aggiornarsi. Per esempio 2025-12-31."),
    "place": _("Il comune, la provincia o la regione di cui parlano i dati. Per esempio: Lecce."),
    "contact_name": _("L'ufficio che sa rispondere, non una persona. Per esempio: Ufficio ambiente."),
    "contact_email": _("Sarà pubblica: usa quella dell'ufficio. Per esempio: ambiente@comune.esempio.it"),
    "keyword_it": _(
        "Le parole che scriveresti per cercarli, separate da virgole. Per esempio: alberi, verde pubblico."
    ),
    "access_rights": _("Per i dati aperti è «pubblico»."),
    "modified": _("Quando sono cambiati i dati l'ultima volta. Per esempio 2026-05-31."),
}


class GuidedForm(DatasetForm):
    """The description of a dataset, filled with what we know already."""

    one_row = forms.CharField(
        label=_("Che cosa descrive una riga?"), required=False, max_length=300,
        help_text=_("Per esempio: un albero, oppure: gli ingressi di un mese."),
    )  # fmt: skip
    collected = forms.CharField(
        label=_("Come sono stati raccolti i dati?"), required=False, max_length=500,
        help_text=_("Per esempio: rilievo sul posto di maggio 2025, oppure: dal gestionale dell'anagrafe."),
    )  # fmt: skip
    limits = forms.CharField(
        label=_("Manca qualcosa, o c'è qualcosa di incerto?"), required=False, max_length=500,
        help_text=_("Per esempio: non ci sono gli alberi dei giardini privati."),
    )  # fmt: skip
    license = forms.ChoiceField(
        label=_("Licenza dei file"), required=False, choices=choices.licences,
        help_text=_("CC BY 4.0 è la regola: chiunque può usare i dati, citando l'ente. Per un'altra serve un atto."),
    )  # fmt: skip
    local_part = forms.RegexField(
        r"^[a-z0-9_-]+$", label=_("Nome nell'indirizzo"), required=False, max_length=80,
        help_text=_("Minuscole, cifre e trattini. Dopo la pubblicazione non cambierà mai più."),
        error_messages={"invalid": _("Solo lettere minuscole senza accenti, cifre, - e _.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, words in _HELP.items():
            self.fields[name].help_text = words
        value = self.fields["hvd_category"]
        if isinstance(value, forms.MultipleChoiceField):
            known = [(kind.iri, _said(kind)) for group in high_value_lists() for kind in group.kinds]
            stored = self.get_initial_for_field(value, "hvd_category") or ()
            value.choices = known + [(iri, iri) for iri in stored if iri not in dict(known)]
            value.help_text = ""
        self.fields["place"].widget.attrs["list"] = "luoghi"

    def first_fields(self) -> list[forms.BoundField]:
        """What only a person can judge."""
        return [self[name] for name in FIRST[2:]]

    def questions(self) -> list[forms.BoundField]:
        """What the file does not tell."""
        return [self[name] for name in QUESTIONS]

    def contact_fields(self) -> list[forms.BoundField]:
        """Who answers."""
        return [self[name] for name in CONTACT]

    def folded(self) -> list[dict[str, Any]]:
        """The rest; a section that holds a mistake is open."""
        return [
            {
                "name": name,
                "title": title,
                "fields": [self[field] for field in fields if field in self.fields],
                "is_open": any(self[field].errors for field in fields if field in self.fields),
            }
            for name, title, fields in _FOLDED
        ]

    def value_lists(self) -> list[tuple[str, list[Any]]]:
        """The six lists of high-value data, each with its boxes."""
        boxes = {str(box.data["value"]): box for box in self["hvd_category"]}
        return [
            (group.en if is_english() else group.it, [boxes[kind.iri] for kind in group.kinds if kind.iri in boxes])
            for group in high_value_lists()
        ]


def _said(kind: Any) -> str:
    return str(kind.en if is_english() else kind.it)
