"""After a write: what is declared for the key is signed, and what should be public becomes so if nothing keeps it."""

from collections.abc import Iterable

from django.db import transaction

from opentusk.catalog.actions import publish
from opentusk.catalog.errors import CatalogRefusal
from opentusk.catalog.models import Dataset
from opentusk.ckan.actions.declaring import declare
from opentusk.ckan.models import Package
from opentusk.journal.actors import Actor
from opentusk.people.models import ApiToken
from opentusk.people.tokens import actor_of_token


def settle(dataset: Dataset, *, by: Actor, token: ApiToken, wish: Package.Wish | None = None) -> Dataset:
    """Note who wants the dataset public, and try; what keeps it is told when the package is shown."""
    package = package_of(dataset)
    before = (package.pk, package.wish, package.token_id)
    package.wish = wish or package.wish
    package.token = token
    if before != (package.pk, package.wish, token.pk):
        package.save(update_fields=["wish", "token"] if package.pk else None)
    declare(dataset, token=token, by=by)
    return _try(dataset, by=by) if token.may_publish and package.wish == Package.Wish.PUBLIC else dataset


def package_of(dataset: Dataset) -> Package:
    """What programs said of a dataset that is locked, or a new row (unsaved) if they have said nothing yet."""
    return getattr(dataset, "package", None) or Package(dataset=dataset)


def publish_waiting(datasets: Iterable[int]) -> None:
    """Try what waits among these datasets, with the rights that the key which wanted it public has now."""
    waiting = Package.objects.waiting().filter(dataset__in=list(datasets))
    for package in waiting.select_related("token__user", "dataset__rights_holder"):
        if package.token and package.token.may_touch(package.dataset.rights_holder.ipa_code):
            _try(package.dataset, by=actor_of_token(package.token))


def _try(dataset: Dataset, *, by: Actor) -> Dataset:
    if dataset.status != Dataset.Status.DRAFT:
        return dataset
    try:
        with transaction.atomic():
            return publish(dataset, by=by)
    except CatalogRefusal:
        dataset.refresh_from_db()
        return dataset
