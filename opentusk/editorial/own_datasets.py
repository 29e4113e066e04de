"""Datasets that the portal publishes about itself: one file after another, under its publisher's name.

Events of each month, the basket, indicators of each year: each room makes its lines, this keeps the dataset.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction

from opentusk.bodies.actions import ensure_agent
from opentusk.catalog.actions import attach_file, change_record, create_draft, publish
from opentusk.catalog.beginnings import first_record
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.records import iris, to_record
from opentusk.files.actions import receive
from opentusk.journal.actors import SYSTEM
from opentusk.kit import records as kit
from opentusk.kit.harmonise import Defaults, harmonise_dataset

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
CC_ZERO = "http://creativecommons.org/publicdomain/zero/1.0/"


@dataclass(frozen=True, kw_only=True)
class OwnDataset:
    """What is said of such a dataset, all in Italian; `name` is its address, `frequency` how often a file comes."""

    name: str
    title: str
    description: str
    keywords: tuple[str, ...]
    frequency: str
    licence: str

    @property
    def identifier(self) -> str:
        """Its identifier, which never changes."""
        return f"{settings.PORTAL_PUBLISHER_IPA}:{self.name}"

    def find(self) -> Dataset | None:
        """The dataset, if its first file came."""
        return Dataset.objects.with_holder().filter(identifier=self.identifier).first()

    def has_file(self, file_name: str) -> bool:
        """Whether a file of this name is there."""
        dataset = self.find()
        return dataset is not None and dataset.distributions.filter(series__name=file_name).exists()

    @transaction.atomic
    def add_file(self, file_name: str, content: Iterable[bytes], *, title: str, modified: str) -> None:
        """Put one more file into it; `modified` is the day that the data are of. The first file makes the dataset."""
        dataset = self.find() or self._begin()
        stored = receive(content, name=file_name, agent=dataset.rights_holder, by=SYSTEM)
        licence = kit.LicenseDocument(iri=self.licence)
        attach_file(dataset, stored, name=file_name, by=SYSTEM, title={"it": title}, license=licence)
        dataset.refresh_from_db()
        record = replace(to_record(dataset), modified=modified)
        change_record(dataset, record, by=SYSTEM, expected=dataset.checksum)

    def publish_when_ready(self) -> None:
        """Make it public once its first file was read and nothing holds it."""
        dataset = self.find()
        if dataset and dataset.status == Dataset.Status.DRAFT and not Hold.objects.still_open().filter(dataset=dataset):
            publish(dataset, by=SYSTEM)

    def _begin(self) -> Dataset:
        publisher = kit.Agent(identifier=settings.PORTAL_PUBLISHER_IPA, name=settings.PORTAL_PUBLISHER_NAME)
        holder = ensure_agent(publisher, by=SYSTEM)
        record = replace(
            first_record(holder, identifier=self.identifier, title=self.title),
            description={"it": self.description},
            theme=("GOVE",),
            accrual_periodicity=self.frequency,
            keyword={"it": self.keywords},
            contact_point=(kit.ContactPoint(fn=settings.PORTAL_PUBLISHER_NAME, has_email=settings.PORTAL_EMAIL),),
        )
        return create_draft(harmonise_dataset(record, Defaults(), iris())[0], holder=holder, by=SYSTEM)
