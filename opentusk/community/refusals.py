"""What people read when the community refuses something: what happened and the way out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.comments.errors import CommentsRefusal
from opentusk.comments.refusals import words_for as comment_words
from opentusk.community.errors import CommunityRefusal, IllegalMove, Locked, Missing, NamesSomebody, NotAnAnswer
from opentusk.files.errors import FileRefusal
from opentusk.files.refusals import words_for as file_words

REFUSALS = (CommunityRefusal, CommentsRefusal, FileRefusal)
_WORDS = {
    Locked: gettext_lazy("La discussione è chiusa: se serve ancora, aprine un'altra."),
    Missing: gettext_lazy("Manca qualcosa: titolo e testo non possono essere vuoti, e i giorni devono essere futuri."),
    NamesSomebody: gettext_lazy(
        "Nel testo c'è un dato personale (codice fiscale, IBAN, e-mail privata o numero di cellulare): toglilo."
    ),
    NotAnAnswer: gettext_lazy("Questa risposta non c'è più: ricarica la pagina."),
    IllegalMove: gettext_lazy("Adesso non si può: ricarica la pagina e guarda a che punto è."),
}


def words_for(refusal: Exception) -> str:
    """What happened and the way out."""
    if isinstance(refusal, CommentsRefusal):
        return comment_words(refusal)
    if isinstance(refusal, FileRefusal):
        return file_words(refusal)
    return str(_WORDS.get(type(refusal), _("Non hai il permesso di farlo.")))
