"""What the invented people of the demonstration wrote in the reserved community."""

from opentusk.bodies.models import Agent
from opentusk.comments.models import Comment
from opentusk.community import actions as community
from opentusk.community.models import Document, Thread
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import reference_of
from opentusk.people.actors import actor_of
from opentusk.people.models import User

_Topic = Thread.Category
# What the referente asks, and who answers with what.
_THREADS = (
    (
        (_Topic.PUBLISHING, "Ogni quanto aggiornate le scuole?"),
        "Da noi l'elenco cambia due volte l'anno, ma nella scheda c'è scritto «mensile». Voi che cosa dichiarate?",
        ("redazione", "La frequenza che riuscite a mantenere: «semestrale» mantenuto vale più di «mensile» mancato."),
    ),
    (
        (_Topic.RULES, "Che licenza per gli elenchi presi da un altro ente?"),
        "Pubblichiamo una tabella che contiene colonne di un altro ente. La licenza la scegliamo noi?",
        ("redazione", "Prima si guarda quella di origine: se chiede l'attribuzione, resta l'attribuzione."),
    ),
    (
        (_Topic.EXPERIENCES, "Come abbiamo tolto gli accenti sbagliati dai CSV"),
        "Salvando in UTF-8 dal foglio di calcolo non abbiamo più righe da correggere. Serve a qualcuno la procedura?",
        ("revisore", "Sì: l'abbiamo provata e funziona anche con i file delle farmacie."),
    ),
)  # fmt: skip
_GUIDE = b"Dati dimostrativi.\n\n1. Scegli il dataset.\n2. Descrivilo in due frasi.\n3. Di' ogni quanto lo aggiorni.\n"


def load_community() -> None:
    """A few threads with answers and a document, once; nothing where the demonstration has no accounts."""
    people = {one.email.partition("@")[0]: one for one in User.objects.filter(email__endswith="@example.org")}
    if not {"lecce", "redazione", "revisore"} <= set(people) or Thread.objects.filter(is_demo=True).exists():
        return
    asking = actor_of(people["lecce"])
    for (category, title), body, (who, words) in _THREADS:
        thread = community.start_thread(by=asking, category=category, title=title, body=body, is_demo=True)
        said = community.answer(thread, words, by=actor_of(people[who]))
        community.mark_useful(thread, said, by=asking)
    community.add_document(
        Agent.objects.get(ipa_code="c_e506"), [_GUIDE], by=SYSTEM, name="guida.txt", kind=Document.Kind.GUIDE,
        title="Descrivere un dataset in tre passi", summary="Un esempio di documento condiviso.", is_demo=True,
    )  # fmt: skip


def remove_community() -> None:
    """Take them away."""
    threads = Thread.objects.filter(is_demo=True)
    Comment.objects.filter(subject__in=[reference_of(thread) for thread in threads]).delete()
    threads.delete()
    Document.objects.filter(is_demo=True).delete()
