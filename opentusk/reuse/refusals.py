"""What people read when the reuse room refuses something: what happened and the way out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.reuse.errors import BadImage, DatasetNotPublic, IllegalMove, Missing, ReuseRefusal

_MISSING = {
    "title": gettext_lazy("Scrivi un titolo."),
    "abstract": gettext_lazy("Scrivi che cos'è e a chi serve."),
    "datasets": gettext_lazy("Scegli almeno un dataset: cercalo nel catalogo qui sotto."),
    "reason": gettext_lazy("Scrivi il motivo: lo legge chi ha proposto il riuso."),
    "image_alt": gettext_lazy("Descrivi l'immagine, per chi non la vede."),
}


def words_for(refusal: ReuseRefusal) -> str:
    """What happened and the way out."""
    match refusal:
        case Missing(field=field):
            return str(_MISSING[field])
        case DatasetNotPublic(dataset=dataset):
            return _("Il dataset %(dataset)s non è più pubblico: toglilo o scegline un altro.") % {"dataset": dataset}
        case IllegalMove():
            return _("Nel frattempo lo stato è cambiato: guarda che cosa si può fare adesso.")
        case BadImage(code="too_large"):
            return _("L'immagine supera 4 MB: riducila e riprova.")
        case BadImage():
            return _("L'immagine deve essere PNG, JPEG o WebP: questo file è di un altro tipo, o è incompleto.")
        case _other:
            return _("Non hai il permesso di farlo.")


def field_of(refusal: ReuseRefusal) -> str | None:
    """The field that a refusal is about, where there is one."""
    match refusal:
        case Missing(field="title" | "abstract" | "image_alt" as field):
            return field
        case BadImage():
            return "image"
        case _other:
            return None
