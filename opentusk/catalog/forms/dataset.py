"""The form of a dataset: every field of the record that people write, with a word of help on each."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opentusk.catalog.forms import choices
from opentusk.catalog.forms.fields import (
    AddressesField,
    AddressField,
    IsoDateField,
    PairsField,
    WordsField,
    keep_unknown_choices,
)
from opentusk.kit.vocabularies import SUBTHEMES, THEMES
from opentusk.ui.speech import label_of

_Checkboxes = forms.CheckboxSelectMultiple
_GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("Che cosa sono"), ("title_it", "description_it", "theme", "keyword_it")),
    (_("Quanto sono recenti"), ("accrual_periodicity", "modified", "issued", "start_date", "end_date")),
    (_("Di che territorio parlano"), ("place", "place_address", "bbox", "spatial_resolution_in_meters")),
    (_("Chi risponde"), ("contact_name", "contact_email", "contact_phone", "contact_url")),
    (_("Editore e autori"), ("publisher_name", "publisher_code", "creators")),
    (_("Diritti e obblighi"), ("access_rights", "hvd_category", "applicable_legislation")),
    (_("Lingua e traduzione"), ("language", "title_en", "description_en", "keyword_en")),
    (_("Pagine, norme e codici"), ("landing_page", "page", "conforms_to", "other_identifier", "type")),
    (
        _("Versioni e collegamenti"),
        (
            "provenance_it",
            "version_info",
            "version_notes_it",
            "is_version_of",
            "has_version",
            "relation",
            "in_series",
            "temporal_resolution",
        ),
    ),
)
_FIRST_OPEN = 5


class DatasetForm(forms.Form):
    """What people may say of a dataset; `filling` turns it into a record and back."""

    title_it = forms.CharField(
        label=_("Titolo"),
        max_length=500,
        help_text=_("Breve e comprensibile a chi non lavora da voi: «Alberi monumentali», non «dataset_alberi_v2»."),
    )
    description_it = forms.CharField(
        label=_("Descrizione"),
        required=False,
        widget=forms.Textarea,
        help_text=_("Che cosa contengono i dati, come sono stati raccolti, che limiti hanno. Almeno 80 caratteri."),
    )
    theme = forms.MultipleChoiceField(
        label=_("Temi"),
        required=False,
        widget=_Checkboxes,
        choices=choices.themes,
        help_text=_("Almeno uno: è così che le persone sfogliano il catalogo."),
    )
    subject = forms.MultipleChoiceField(
        label=_("Sottotemi"),
        required=False,
        widget=_Checkboxes,
        choices=choices.subthemes,
        help_text=_("Più precisi dei temi; presi dal tesauro EuroVoc."),
    )
    keyword_it = WordsField(
        label=_("Parole chiave"),
        required=False,
        help_text=_("Le parole che useresti per cercarli, separate da virgole."),
    )
    accrual_periodicity = forms.ChoiceField(
        label=_("Frequenza di aggiornamento"),
        required=False,
        choices=choices.frequencies,
        help_text=_("Ogni quanto promettete di aggiornare i dati."),
    )
    modified = IsoDateField(
        label=_("Ultima modifica dei dati"),
        required=False,
        help_text=_("Quando sono cambiati i dati, non questa descrizione. Per esempio 2026-05-31."),
    )
    issued = IsoDateField(
        label=_("Data di pubblicazione"), required=False, help_text=_("Quando i dati sono usciti la prima volta.")
    )
    start_date = IsoDateField(
        label=_("Periodo coperto: inizio"),
        required=False,
        help_text=_("Il primo giorno, mese o anno di cui parlano i dati."),
    )
    end_date = IsoDateField(
        label=_("Periodo coperto: fine"), required=False, help_text=_("Lascia vuoto se il periodo continua.")
    )
    place = forms.CharField(
        label=_("Territorio coperto"),
        required=False,
        max_length=300,
        help_text=_("Un comune, una provincia o una regione. Se lo lasci vuoto vale il territorio dell'ente."),
    )
    place_address = AddressField(
        label=_("Indirizzo del luogo in un elenco"),
        required=False,
        help_text=_("Per esempio quello di GeoNames. Se il luogo è italiano lo troviamo noi."),
    )
    bbox = forms.CharField(
        label=_("Riquadro geografico (WKT)"),
        required=False,
        max_length=2000,
        help_text=_("Facoltativo: POLYGON con longitudine e latitudine WGS84."),
    )
    spatial_resolution_in_meters = forms.DecimalField(
        label=_("Risoluzione spaziale, in metri"),
        required=False,
        min_value=0,
        help_text=_("La distanza più piccola che i dati distinguono."),
    )
    contact_name = forms.CharField(
        label=_("Ufficio"), required=False, max_length=300, help_text=_("L'ufficio, non la persona.")
    )
    contact_email = forms.EmailField(
        label=_("E-mail dell'ufficio"), required=False, help_text=_("Sarà pubblica: usa un indirizzo dell'ufficio.")
    )
    contact_phone = forms.CharField(label=_("Telefono dell'ufficio"), required=False, max_length=60)
    contact_url = AddressField(label=_("Pagina dei contatti"), required=False)
    publisher_name = forms.CharField(
        label=_("Editore"),
        required=False,
        max_length=300,
        help_text=_("Chi mette a disposizione i dati, se non è il titolare."),
    )
    publisher_code = forms.CharField(
        label=_("Codice IPA dell'editore"), required=False, max_length=40, help_text=_("Per esempio c_e506 o r_puglia.")
    )
    creators = PairsField(
        label=_("Autori"),
        required=False,
        help_text=_("Chi ha prodotto i dati, uno per riga: Nome | codice IPA."),
    )
    access_rights = forms.ChoiceField(label=_("Diritti di accesso"), required=False, choices=choices.access_rights)
    hvd_category = forms.MultipleChoiceField(
        label=_("Dati di elevato valore"),
        required=False,
        widget=_Checkboxes,
        choices=choices.hvd_categories,
        help_text=_("Solo se il regolamento UE 2023/138 li elenca: portano obblighi in più."),
    )
    applicable_legislation = AddressesField(
        label=_("Norme che obbligano a pubblicarli"), required=False, help_text=_("Indirizzi ELI, uno per riga.")
    )
    language = forms.MultipleChoiceField(
        label=_("Lingua dei dati"), required=False, widget=_Checkboxes, choices=choices.languages
    )
    title_en = forms.CharField(label=_("Titolo in inglese"), required=False, max_length=500)
    description_en = forms.CharField(label=_("Descrizione in inglese"), required=False, widget=forms.Textarea)
    keyword_en = WordsField(label=_("Parole chiave in inglese"), required=False)
    landing_page = AddressField(
        label=_("Pagina di accesso"), required=False, help_text=_("La pagina del vostro sito che parla di questi dati.")
    )
    page = AddressesField(label=_("Documentazione"), required=False, help_text=_("Indirizzi, uno per riga."))
    conforms_to = PairsField(
        label=_("Norme tecniche rispettate"), required=False, help_text=_("Una per riga: Titolo | indirizzo.")
    )
    other_identifier = PairsField(
        label=_("Altri identificativi"), required=False, help_text=_("Uno per riga: codice | chi lo assegna.")
    )
    type = forms.MultipleChoiceField(
        label=_("Tipo di dataset"), required=False, widget=_Checkboxes, choices=choices.dataset_types
    )
    provenance_it = forms.CharField(
        label=_("Provenienza dei dati"),
        required=False,
        widget=forms.Textarea,
        help_text=_("Da quali archivi o rilevazioni nascono."),
    )
    version_info = forms.CharField(label=_("Versione"), required=False, max_length=100)
    version_notes_it = forms.CharField(label=_("Note di versione"), required=False, widget=forms.Textarea)
    is_version_of = AddressesField(
        label=_("È una versione di"), required=False, help_text=_("Indirizzi di dataset, uno per riga.")
    )
    has_version = AddressesField(
        label=_("Ha altre versioni"), required=False, help_text=_("Indirizzi di dataset, uno per riga.")
    )
    relation = AddressesField(label=_("Risorse collegate"), required=False, help_text=_("Indirizzi, uno per riga."))
    in_series = AddressesField(
        label=_("Fa parte della serie"), required=False, help_text=_("Indirizzi di serie, uno per riga.")
    )
    temporal_resolution = forms.CharField(
        label=_("Risoluzione temporale"),
        required=False,
        max_length=40,
        help_text=_("Durata ISO 8601: P1D è un giorno, P1M un mese."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        keep_unknown_choices(self)
        self.fields["place"].widget.attrs["list"] = "luoghi"

    def groups(self) -> list[dict[str, Any]]:
        """The fields in sections; a section that holds a mistake is open."""
        return [
            {
                "title": title,
                "fields": [self[name] for name in names],
                "is_open": number < _FIRST_OPEN or any(self[name].errors for name in names),
                "has_subthemes": "theme" in names,
            }
            for number, (title, names) in enumerate(_GROUPS)
        ]

    def subthemes_by_theme(self) -> list[tuple[str, list[Any]]]:
        """The check boxes of the sub-themes under the name of each theme; one of several themes is under its first."""
        boxes: dict[str, list[Any]] = {theme.iri: [] for theme in THEMES.terms if not theme.provisional}
        for box in self["subject"]:
            term = SUBTHEMES.by_iri(str(box.data["value"]))
            theme = next((iri for iri in term.themes if iri in boxes), None) if term else None
            boxes.setdefault(theme or "", []).append(box)
        names = {theme.iri: label_of(theme) for theme in THEMES.terms}
        return [(names.get(iri, ""), found) for iri, found in boxes.items() if found]
