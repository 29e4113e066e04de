"""One plain sentence for each event, in the reader's language."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opentusk.bodies.models import Membership
from opentusk.notices.catalogue import rule_of
from opentusk.notices.models import Event
from opentusk.ui.speech import band_words, spoken_date, term_label

_Facts = dict[str, Any]
_FIELDS: dict[str, Promise] = {
    "title": gettext_lazy("titolo"),
    "description": gettext_lazy("descrizione"),
    "keyword": gettext_lazy("parole chiave"),
    "theme": gettext_lazy("temi"),
    "subject": gettext_lazy("sottotemi"),
    "accrual_periodicity": gettext_lazy("frequenza di aggiornamento"),
    "modified": gettext_lazy("data dei dati"),
    "temporal": gettext_lazy("periodo coperto"),
    "spatial": gettext_lazy("territorio coperto"),
    "contact_point": gettext_lazy("punto di contatto"),
    "distribution": gettext_lazy("file e indirizzi"),
    "rights_holder": gettext_lazy("titolare"),
    "publisher": gettext_lazy("editore"),
}


def field_words(name: str) -> str:
    """What people call a field of the description."""
    return str(_FIELDS.get(name, name))


def line_for(event: Event) -> str:
    """What happened, without the name of what it happened to."""
    if event.type in _LINES:
        return _LINES[event.type](event.payload)
    rule = rule_of(event.type)
    # The room of an old event may be switched off now.
    return rule.words(event.payload) if rule and rule.words else _("Novità.")


def _changed(facts: _Facts) -> str:
    names = [field_words(field["name"]) for field in facts.get("fields") or ()]
    return _("Descrizione modificata: %(fields)s.") % {"fields": ", ".join(names)}


def _licence(facts: _Facts) -> str:
    before, after = (
        ", ".join(term_label(iri, "licence") for iri in facts.get(name) or ()) or "–" for name in ("before", "after")
    )
    return _("Licenza cambiata: da %(before)s a %(after)s.") % {"before": before, "after": after}


def _withdrawn(facts: _Facts) -> str:
    return _("Ritirato. Motivo: %(reason)s") % {"reason": facts.get("reason") or "–"}


def _updated(facts: _Facts) -> str:
    added, removed, changed = (facts.get(name) or 0 for name in ("added", "removed", "changed"))
    told = [
        ngettext("%(n)s riga aggiunta", "%(n)s righe aggiunte", added) % {"n": added} if added else "",
        ngettext("%(n)s riga tolta", "%(n)s righe tolte", removed) % {"n": removed} if removed else "",
        ngettext("%(n)s riga cambiata", "%(n)s righe cambiate", changed) % {"n": changed} if changed else "",
    ]
    counts = ", ".join(filter(None, told))
    words = _("Dati aggiornati: %(counts)s.") % {"counts": counts} if counts else _("Dati aggiornati.")
    columns = facts.get("columns") or ()
    return f"{words} {_('Colonne toccate')}: {', '.join(columns)}." if columns else words


def _schema(facts: _Facts) -> str:
    parts = (
        (_("aggiunte"), facts.get("added")),
        (_("tolte"), facts.get("removed")),
        (_("di tipo diverso"), facts.get("retyped")),
    )
    told = "; ".join(f"{name}: {', '.join(map(str, columns))}" for name, columns in parts if columns)
    return _("Colonne cambiate: %(columns)s.") % {"columns": told}


def _version(facts: _Facts) -> str:
    return _("Nuova versione del file (%(number)s).") % {"number": facts.get("version", "")}


def _announced(facts: _Facts) -> str:
    return _("Modifica annunciata dal %(day)s: %(text)s") % {
        "day": spoken_date(facts.get("on")),
        "text": facts.get("text", ""),
    }


def _late(facts: _Facts) -> str:
    return _("Dati in ritardo: erano attesi entro il %(day)s.") % {"day": spoken_date(facts.get("due_on"))}


def _due_soon(facts: _Facts) -> str:
    return _("I dati nuovi sono attesi entro il %(day)s.") % {"day": spoken_date(facts.get("due_on"))}


def _broken(facts: _Facts) -> str:
    return _("Non risponde dal %(day)s: %(url)s") % {
        "day": spoken_date(facts.get("since")),
        "url": facts.get("url") or "–",
    }


def _restored(facts: _Facts) -> str:
    return _("Risponde di nuovo: %(url)s") % {"url": facts.get("url") or "–"}


def _asked(facts: _Facts) -> str:
    return _("Una persona chiede di lavorare per l'ente come %(role)s.") % {"role": _role(facts)}


def _decided(facts: _Facts) -> str:
    if facts.get("is_accepted"):
        return _("Una persona ora lavora per l'ente come %(role)s.") % {"role": _role(facts)}
    return _("La richiesta di una persona di lavorare per l'ente non è stata accolta.")


def _role(facts: _Facts) -> str:
    return str(dict(Membership.Role.choices).get(facts.get("role") or "", facts.get("role") or "–"))


def _quality(facts: _Facts) -> str:
    return _("Qualità della descrizione: da %(before)s a %(after)s.") % {
        "before": band_words(str(facts.get("before", ""))),
        "after": band_words(str(facts.get("after", ""))),
    }


_LINES: dict[str, Callable[[_Facts], str]] = {
    "dataset.published": lambda facts: _("Pubblicato."),
    "dataset.metadata_changed": _changed,
    "dataset.licence_changed": _licence,
    "dataset.withdrawn": _withdrawn,
    "dataset.restored": lambda facts: _("Di nuovo pubblicato."),
    "file.released": _version,
    "file.updated": _updated,
    "file.schema_changed": _schema,
    "data.announced_change": _announced,
    "dataset.late": _late,
    "dataset.back_on_time": lambda facts: _("Dati di nuovo in regola con la frequenza promessa."),
    "realtime.silent": lambda facts: _("Il servizio che alimenta i dati non risponde."),
    "realtime.back": lambda facts: _("Il servizio che alimenta i dati risponde di nuovo."),
    "quality.changed": _quality,
    "link.broken": _broken,
    "link.restored": _restored,
    "dataset.due_soon": _due_soon,
    "personal_data.suspected": lambda facts: _("Possibili dati personali in un file: la pubblicazione è ferma."),
    "file.change_waiting": lambda facts: _("Una versione con altre colonne aspetta da giorni che qualcuno decida."),
    "harvest.failed": lambda facts: _("La raccolta non riesce da due volte."),
    "harvest.recovered": lambda facts: _("La raccolta riesce di nuovo."),
    "harvest.to_confirm": lambda facts: _("La raccolta aspetta una conferma: molti dataset sono spariti."),
    "membership.requested": _asked,
    "membership.decided": _decided,
}
SPOKEN: tuple[str, ...] = tuple(_LINES)
