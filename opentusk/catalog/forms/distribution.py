"""The rows of files of the dataset's form: they can be added and taken away without JavaScript."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.catalog.forms import choices
from opentusk.catalog.forms.fields import AddressesField, AddressField, IsoDateField, keep_unknown_choices
from opentusk.kit import records as kit
from opentusk.kit.editing.merging import merge_text
from opentusk.kit.iris import Iris
from opentusk.kit.vocabularies import LICENCES

PREFIX = "file"
_MAIN = ("file_title", "access_url", "download_url", "format", "license")
# What the content of a file that is kept here says, and nobody types.
_BY_CONTENT = ("access_url", "download_url", "format", "byte_size")
_LINES = ("format", "modified", "issued", "status", "availability")


class DistributionForm(forms.Form):
    """One file or address in which the data are offered."""

    iri = forms.CharField(required=False, widget=forms.HiddenInput)
    file_title = forms.CharField(
        label=_("Nome"), required=False, max_length=500, help_text=_("Per esempio: Alberi monumentali, anno 2026.")
    )
    access_url = AddressField(
        label=_("Indirizzo di accesso"), help_text=_("La pagina del file, o il file stesso se non ha una pagina.")
    )
    download_url = AddressesField(
        label=_("Indirizzo del file"),
        required=False,
        help_text=_("Quello che fa partire lo scaricamento; se sono più d'uno, uno per riga."),
    )
    format = forms.ChoiceField(
        label=_("Formato"),
        required=False,
        choices=choices.formats,
        help_text=_("Di un archivio zip, il formato dei file che contiene."),
    )
    license = forms.ChoiceField(
        label=_("Licenza"),
        required=False,
        choices=choices.licences,
        help_text=_("CC BY 4.0 è la regola: chi usa i dati cita l'ente. Per un'altra serve un motivo."),
    )
    file_description = forms.CharField(label=_("Descrizione"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    byte_size = forms.IntegerField(label=_("Dimensione in byte"), required=False, min_value=0)
    modified = IsoDateField(label=_("Ultima modifica"), required=False)
    issued = IsoDateField(label=_("Data di pubblicazione"), required=False)
    status = forms.ChoiceField(label=_("Stato"), required=False, choices=choices.statuses)
    availability = forms.ChoiceField(label=_("Disponibilità"), required=False, choices=choices.availabilities)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        keep_unknown_choices(self)
        self.is_kept = bool(self.initial.get("is_kept"))
        for name in _BY_CONTENT if self.is_kept else ():
            self.fields[name].disabled = True

    def main_fields(self) -> list[forms.BoundField]:
        """What every file needs."""
        return [self[name] for name in _MAIN]

    def other_fields(self) -> list[forms.BoundField]:
        """What some files have."""
        return [self[name] for name in self.fields if name not in {*_MAIN, "iri", "DELETE"}]

    def has_hidden_mistakes(self) -> bool:
        """Whether a mistake is among the fields that are folded away."""
        return any(field.errors for field in self.other_fields())


Files: TypeAlias = "forms.BaseFormSet[DistributionForm]"
DistributionFormSet = forms.formset_factory(DistributionForm, extra=1, can_delete=True, max_num=500)


def rows_of(record: kit.Dataset, kept: Collection[str] = ()) -> list[dict[str, Any]]:
    """What the rows show of a record; `kept` are the IRIs of files that the portal keeps."""
    return [{**_row(part), "is_kept": part.iri in kept} for part in record.distribution]


def distributions_of(
    record: kit.Dataset, typed: Iterable[Mapping[str, Any]], minter: Iris
) -> tuple[kit.Distribution, ...]:
    """The distributions that were typed, in their order; what the form does not show of them stays."""
    known = {part.iri: part for part in record.distribution if part.iri}
    return tuple(
        _applied(known.get(row["iri"]) or kit.Distribution(iri=minter.distribution(str(uuid4()))), row)
        for row in typed
        if row and not row.get("DELETE")
    )


def _row(part: kit.Distribution) -> dict[str, Any]:
    return {
        **{name: getattr(part, name) for name in (*_LINES, "iri", "access_url", "download_url", "byte_size")},
        "file_title": part.title.get("it") or part.title.get("", ""),
        "file_description": part.description.get("it") or part.description.get("", ""),
        "license": part.license.iri if part.license else "",
    }


def _applied(part: kit.Distribution, row: Mapping[str, Any]) -> kit.Distribution:
    plain: dict[str, Any] = {name: row[name] or None for name in _LINES}
    if plain["format"] != part.format:
        # The media type spoke of the old format; harmonising finds the one of the new.
        plain["media_type"] = None
    return replace(
        part,
        **plain,
        title=merge_text(part.title, it=row["file_title"]),
        description=merge_text(part.description, it=row["file_description"]),
        access_url=row["access_url"],
        download_url=tuple(row["download_url"]),
        byte_size=row["byte_size"],
        license=licence_of(part.license, row["license"]),
    )


def licence_of(stored: kit.LicenseDocument | None, iri: str) -> kit.LicenseDocument | None:
    """The licence that was chosen, as records hold it; the stored one if it is the same."""
    if stored and stored.iri == iri:
        return stored
    term = LICENCES.by_iri(iri)
    if term is None:
        return kit.LicenseDocument(iri=iri) if iri else None
    return kit.LicenseDocument(iri=term.iri, type=term.type_iri, name={"it": term.it}, version_info=term.version)
