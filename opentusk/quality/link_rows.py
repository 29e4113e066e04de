"""What the pages say of addresses: three states, since when, what was found against what was declared, the way out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.kit.records import Distribution
from opentusk.kit.vocabularies import FILE_TYPES
from opentusk.outbound.errors import Reason
from opentusk.quality.links import is_ours
from opentusk.quality.looking import is_another_type
from opentusk.quality.models import UrlCheck, UrlResult
from opentusk.ui.speech import format_code, spoken_day


@dataclass(frozen=True)
class Link:
    """One address of one file: what it is for, how it is, and what to do about it."""

    url: str
    file: Distribution
    is_download: bool
    check: UrlCheck | None
    words: str = ""
    mark: str = "late"  # good, late or bad: how the state is drawn
    advice: tuple[str, ...] = ()
    results: tuple[UrlResult, ...] = ()


def links_of(dataset: Dataset) -> list[Link]:
    """Every address of a dataset with what the checks found."""
    record = to_record(dataset)
    offered = [(url, part, is_file) for part in record.distribution for url, is_file in _addresses(part)]
    checks = UrlCheck.objects.of_urls(url for url, _part, _is_file in offered)
    known = {check.url: check for check in checks.prefetch_related("results")}
    return [_link(url, part, is_file, known.get(url)) for url, part, is_file in offered]


def state_words(check: UrlCheck) -> tuple[str, str]:
    """How an address is, and how that is drawn."""
    day = {"day": spoken_day(check.since.date())}
    if check.state == UrlCheck.State.OK:
        return _("Risponde"), "good"
    if check.answers_only_get:
        return _("Risponde solo a GET: il portale europeo lo conta come non raggiungibile"), "late"
    if check.state == UrlCheck.State.FAILING:
        return _("Non risponde dal %(day)s") % day, "bad"
    if check.state == UrlCheck.State.REFUSED:
        return _("Non controllabile"), "late"
    return _("Non ancora controllato"), "late"


def result_words(result: UrlResult | UrlCheck) -> str:
    """What one check got: HTTP codes or the reason why there were none."""
    if result.fault:
        said = str(Reason(result.fault).label) if result.fault in Reason.values else result.fault
    else:
        said = _("HEAD: codice %(status)s") % {"status": result.status}
    if result.get_status:
        said += "; " + _("GET: codice %(status)s") % {"status": result.get_status}
    return said


def advice_for(check: UrlCheck, part: Distribution | None = None) -> Iterator[str]:
    """The way out, where something is wrong."""
    if check.answers_only_get:
        yield _(
            "Chi apre l'indirizzo lo raggiunge, ma il portale europeo chiede con HEAD e toglie 80 punti: fai abilitare "
            "HEAD sul server, oppure carica qui il file e usa l'indirizzo del portale."
        )
    elif check.state == UrlCheck.State.FAILING:
        yield _("Correggi l'indirizzo o fai ripristinare il server; oppure carica qui il file: risponderà sempre.")
    elif check.state == UrlCheck.State.REFUSED:
        yield _("Il portale non può chiedere questo indirizzo, e nemmeno i cataloghi: usa un indirizzo pubblico.")
    if part and is_another_type(part, check):
        yield _("È dichiarato %(declared)s, ma dentro c'è %(found)s: correggi il formato o l'indirizzo del file.") % {
            "declared": format_code(part.format),
            "found": type_name(check.found),
        }


def type_name(code: str) -> str:
    """A type of the European list as people call it."""
    known = FILE_TYPES.by_code(code)
    if code == "HTML":
        return _("una pagina web (HTML)")
    return known.code if known else code


def _link(url: str, part: Distribution, is_download: bool, check: UrlCheck | None) -> Link:
    link = Link(url=url, file=part, is_download=is_download, check=check)
    if is_ours(url):
        return replace(link, words=_("Risponde: il file è su questo portale"), mark="good")
    if check is None:
        return replace(link, words=_("Non ancora controllato"))
    words, mark = state_words(check)
    return replace(
        link,
        words=words,
        mark=mark,
        advice=tuple(advice_for(check, part if is_download else None)),
        results=tuple(sorted(check.results.all(), key=lambda result: (result.at, result.pk), reverse=True)),
    )


def _addresses(part: Distribution) -> Iterator[tuple[str, bool]]:
    """The addresses of a file, those of the file itself first; each once."""
    for url in part.download_url:
        if url:
            yield url, True
    if part.access_url and part.access_url not in part.download_url:
        yield part.access_url, False
