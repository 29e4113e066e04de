"""The public register of the bodies: who joined, since when, with how many datasets, how well described.

The columns are a promise to whoever reads them by program: they are only ever added at the end.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Avg, Q
from django.utils import translation

from opentusk.bodies.models import Agent, AgentQuerySet

COLUMNS = (
    "codice_ipa", "nome", "tipo", "stato", "stato_dal", "data_adesione", "territorio", "codice_istat", "sito",
    "dataset_pubblicati", "punteggio_medio", "dimostrativo", "pagina",
)  # fmt: skip
# What a spreadsheet would run as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def with_figures(agents: AgentQuerySet) -> AgentQuerySet:
    """With `dataset_count` and `mean_score` of what everybody may see, counted in the database."""
    published = Q(datasets__status="published")
    return agents.with_published_count().annotate(mean_score=Avg("datasets__score__total", filter=published))


def rows() -> Iterator[dict[str, Any]]:
    """Every body, by code, with the values of `COLUMNS`; words in Italian whatever the reader's language."""
    with translation.override("it"):
        yield from (_row(agent) for agent in with_figures(Agent.objects.order_by("ipa_code")))


def table() -> Iterator[list[str]]:
    """The register as rows of text, the header first."""
    yield list(COLUMNS)
    for row in rows():
        yield [_cell(row[name]) for name in COLUMNS]


def _row(agent: Any) -> dict[str, Any]:
    return {
        "codice_ipa": agent.ipa_code,
        "nome": agent.name,
        "tipo": str(agent.get_kind_display()),
        "stato": state_of(agent),
        "stato_dal": agent.status_since and agent.status_since.isoformat(),
        "data_adesione": agent.joined_on and agent.joined_on.isoformat(),
        "territorio": agent.territory or None,
        "codice_istat": agent.istat_code or None,
        "sito": agent.site or None,
        "dataset_pubblicati": agent.dataset_count,
        "punteggio_medio": agent.mean_score and round(agent.mean_score, 1),
        "dimostrativo": agent.is_demo,
        "pagina": f"{settings.SITE_URL}/enti/{agent.slug}",
    }


def state_of(agent: Agent) -> str:
    """One word for a state: a body that never joined is known from other catalogues only."""
    if agent.status == Agent.Status.ACTIVE and not agent.has_joined:
        return "non aderente"
    return str(agent.get_status_display())


def _cell(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else ("true" if value else "false")
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
