"""The six steps from a file to a published dataset, and how far a dataset is. Nothing is stored: it is looked up."""

from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opentusk.catalog.actions import judge
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.records import to_record
from opentusk.kit.problems import blocking
from opentusk.publishing.given import GivenFile, given_files
from opentusk.publishing.models import Guide


class StepState(StrEnum):
    """How a step stands."""

    DONE = "done"
    TODO = "todo"
    WAITING = "waiting"  # for the portal, or for somebody else
    STOPPED = "stopped"


@dataclass(frozen=True)
class Step:
    """One step: its name in the address, its title, how it stands, and that in words."""

    name: str
    title: str
    state: StepState
    words: str
    address: str

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.state is StepState.DONE


def steps_of(guide: Guide) -> list[Step]:
    """The steps in their order."""
    files = given_files(guide.dataset)
    looks = (
        ("file", _("Il file"), _file(guide)),
        ("lettura", _("Controllo del file"), _reading(guide, files)),
        ("descrizione", _("Descrizione"), _description(guide)),
        ("verifica", _("Verifica"), _check(guide)),
        ("dichiarazione", _("Dichiarazione"), _declaration(guide)),
        ("pubblicazione", _("Pubblicazione"), _publication(guide)),
    )
    return [
        Step(name, title, state, words, reverse("guide_step", args=[guide.dataset_id, name]))
        for name, title, (state, words) in looks
    ]


def next_step(steps: list[Step]) -> Step:
    """The first step that somebody can do something about; the last when there is none."""
    order = (StepState.STOPPED, StepState.TODO)
    mine = [step for step in steps if step.state in order]
    waiting = [step for step in steps if step.state is StepState.WAITING]
    return next(iter(mine or waiting or steps[-1:]))


def _file(guide: Guide) -> tuple[StepState, str]:
    if guide.fetching == Guide.Fetching.WAITING:
        return StepState.WAITING, _("lo stiamo copiando")
    if guide.fetching == Guide.Fetching.FAILED:
        return StepState.STOPPED, _("copia non riuscita")
    if guide.dataset.distributions.exists():
        return StepState.DONE, _("fatto")
    return StepState.TODO, _("da dare")


def _reading(guide: Guide, files: list[GivenFile]) -> tuple[StepState, str]:
    if any(file.personal for file in files):
        return StepState.STOPPED, _("forse ci sono dati personali")
    if any(file.is_being_read for file in files):
        return StepState.WAITING, _("lettura in corso")
    if any(file.changed_columns for file in files):
        return StepState.TODO, _("colonne cambiate da confermare")
    if not files:
        return (StepState.DONE, _("non serve")) if guide.dataset.distributions.exists() else _later()
    return StepState.DONE, _("fatto")


def _description(guide: Guide) -> tuple[StepState, str]:
    if guide.typed:
        return StepState.TODO, _("modifiche da salvare")
    return (StepState.DONE, _("fatta")) if guide.described_at else (StepState.TODO, _("da fare"))


def _check(guide: Guide) -> tuple[StepState, str]:
    if not guide.described_at:
        return _later()
    count = len(blocking(judge(to_record(guide.dataset), guide.dataset)))
    if count:
        return StepState.TODO, ngettext("%(n)s punto da sistemare", "%(n)s punti da sistemare", count) % {"n": count}
    return StepState.DONE, _("tutto a posto")


def _declaration(guide: Guide) -> tuple[StepState, str]:
    waits = Hold.objects.still_open().filter(dataset=guide.dataset).of_kind(Hold.Kind.DECLARATION).exists()
    return (StepState.TODO, _("da firmare")) if waits else (StepState.DONE, _("firmata"))


def _publication(guide: Guide) -> tuple[StepState, str]:
    dataset = guide.dataset
    if dataset.status != Dataset.Status.DRAFT:
        return StepState.DONE, str(dataset.get_status_display())
    if Hold.objects.still_open().on_dataset(dataset).of_kind(Hold.Kind.REVIEW).exists():
        return StepState.WAITING, _("in revisione")
    if dataset.publish_at:
        return StepState.WAITING, _("programmata")
    return StepState.TODO, _("da fare")


def _later() -> tuple[StepState, str]:
    return StepState.TODO, _("più avanti")
