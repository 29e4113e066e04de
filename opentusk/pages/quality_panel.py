"""What the dataset's page says of quality: the points, what would gain the rest, and whether the files answer."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from opentusk.catalog.models import Dataset
from opentusk.kit.messages import sentence
from opentusk.kit.records import Dataset as Record
from opentusk.kit.records import Distribution
from opentusk.quality.models import DatasetScore, DictionaryMeasure, UrlCheck
from opentusk.ui.speech import is_english

# The five dimensions of the European method and the most that each can give.
_DIMENSIONS = (
    ("findability", _("trovabilità"), 100),
    ("accessibility", _("accessibilità"), 100),
    ("interoperability", _("interoperabilità"), 110),
    ("reusability", _("riusabilità"), 75),
    ("contextuality", _("contestualità"), 20),
)


@dataclass(frozen=True)
class Bar:
    """One dimension: its name, its points and its maximum."""

    label: str
    points: int
    maximum: int


@dataclass(frozen=True)
class QualityPanel:
    """A score in words. `missing` pairs the points with the sentence that says how to gain them."""

    total: int
    band: str
    bars: tuple[Bar, ...]
    missing: tuple[tuple[int, str], ...]


def quality_of(dataset: Dataset) -> QualityPanel | None:
    """The stored score; None while nobody has computed it yet."""
    score = DatasetScore.objects.filter(dataset=dataset).first()
    if score is None:
        return None
    return QualityPanel(
        total=score.total,
        band=score.band,
        bars=tuple(Bar(str(label), getattr(score, name), maximum) for name, label, maximum in _DIMENSIONS),
        missing=tuple((missing["points"], _hint(missing)) for missing in score.missing),
    )


def _hint(missing: dict[str, Any]) -> str:
    values = {"points": str(missing["points"]), "detail": missing.get("detail", "")}
    words = sentence(missing["hint"], "en" if is_english() else "it", values)
    return f"{words} ({missing['where']})" if missing.get("where") else words


def dictionary_of(dataset: Dataset) -> Bar | None:
    """How many columns of its tables are described: our own measure, which counts for nothing in the European one."""
    described, total = DictionaryMeasure.objects.of_dataset(dataset).counted()
    return Bar(str(_("colonne descritte nel dizionario dei dati")), described, total) if total else None


def files_with_state(record: Record) -> list[tuple[Distribution, UrlCheck | None]]:
    """Each distribution with the last check of its file, or of its page when no file is named."""
    checks = {check.url: check for check in UrlCheck.objects.of_urls(map(_address, record.distribution))}
    return [(part, checks.get(_address(part))) for part in record.distribution]


def _address(part: Distribution) -> str:
    return next(iter(part.download_url), part.access_url)
