"""What every page of the room begins and ends with."""

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from opentusk.catalog.errors import CatalogRefusal
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import editable_datasets
from opentusk.catalog.refusals import words_for as catalog_words
from opentusk.editorial.errors import EditorialRefusal
from opentusk.editorial.refusals import words_for as editorial_words
from opentusk.files.errors import FileRefusal
from opentusk.files.refusals import words_for as file_words
from opentusk.people.actors import actor_of

REFUSALS = (CatalogRefusal, EditorialRefusal, FileRefusal)


def dataset_of(request: HttpRequest, pk: int) -> Dataset:
    """The dataset, for whoever may edit it."""
    return get_object_or_404(editable_datasets(actor_of(request.user)).with_holder(), pk=pk)


def draft_of(request: HttpRequest, pk: int) -> Dataset:
    """The same, as long as it was never public."""
    dataset = dataset_of(request, pk)
    if dataset.status != Dataset.Status.DRAFT:
        raise Http404
    return dataset


def words_of(refusal: Exception) -> str:
    """What people read, whichever room refused."""
    if isinstance(refusal, CatalogRefusal):
        return catalog_words(refusal)
    if isinstance(refusal, FileRefusal):
        return file_words(refusal)
    return editorial_words(refusal) if isinstance(refusal, EditorialRefusal) else ""


def is_done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the action was granted; if not, the words are on the form."""
    try:
        act()
    except REFUSALS as refusal:
        form.add_error(None, words_of(refusal))
        return False
    return True


def crumbs(dataset: Dataset, here: str) -> list[tuple[str, str]]:
    """The way back to the desk."""
    return [
        (_("Scrivania"), "/scrivania"),
        (dataset.title or dataset.identifier, f"/scrivania/dataset/{dataset.pk}"),
        (here, ""),
    ]
