"""What keeps a draft that a client wants public from being so, and where to do something about it."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from opentusk.catalog.actions import judge
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.records import to_record
from opentusk.catalog.refusals import way_out
from opentusk.ckan.models import Package
from opentusk.ckan.refusing import field_of
from opentusk.kit.problems import blocking

Json = dict[str, Any]


def waiting_told(dataset: Dataset) -> Json:
    """The key `opentusk` of a package: its state here, what is wrong in it, and who must do something first."""
    problems = [
        {"code": problem.code, "field": field_of(problem), "where": problem.where, "message": problem.message_it}
        for problem in blocking(judge(to_record(dataset), dataset))
    ]
    holds = dataset.holds.still_open().select_related("version", "dataset").oldest_first()
    waits = [{"kind": str(hold.kind), "message": _words(hold)} for hold in holds]
    package: Package | None = getattr(dataset, "package", None)
    if package and not (package.token and package.token.may_publish):
        message = _("La chiave che lo ha scritto prepara e non pubblica: pubblicalo dalla scrivania.")
        waits.append({"kind": "key", "message": message})
    return {
        "status": dataset.status,
        "problems": problems,
        "waiting_for": waits,
        "page": f"{settings.SITE_URL}/scrivania/dataset/{dataset.pk}",
    }


def _words(hold: Hold) -> str:
    words = way_out(hold)
    if hold.kind != Hold.Kind.DECLARATION:
        return words
    more = _("Chi ha la chiave può firmarla una volta per tutto ciò che scrive con quella: %(page)s") % {
        "page": f"{settings.SITE_URL}/profilo/chiavi"
    }
    return f"{words} {more}"
