"""The questions of the declaration (rule P5; AgID guidelines §5.1.2), as data, in plain words.

A question is changed by a new edition: the old answers stay with the edition that they answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    # The type checker's own name for a text that is translated when it is shown.
    from django.utils.functional import _StrPromise as Words

EDITION = "2026-1"
YES, NO = "yes", "no"


class Otherwise(StrEnum):
    """What an answer means that is not the usual one."""

    FORBIDS = "forbids"
    EXPLAIN = "explain"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question: `usual` is the answer with which one may publish as it is, `way_out` what to do otherwise."""

    code: str
    text: "Words"
    help: "Words"
    usual: str
    otherwise: Otherwise
    way_out: "Words"


QUESTIONS: tuple[Question, ...] = (
    Question(
        code="ownership",
        text=_("I dati sono del tuo ente, oppure il tuo ente ha il diritto di pubblicarli?"),
        help=_("Sono tuoi se li avete raccolti o prodotti voi, o fatti fare con un contratto che ve ne dà i diritti."),
        usual=YES,
        otherwise=Otherwise.FORBIDS,
        way_out=_("Può pubblicarli solo chi ne è titolare: segnala il dataset a quell'ente."),
    ),
    Question(
        code="third_party_rights",
        text=_("Nei dati ci sono contenuti su cui altri hanno dei diritti?"),
        help=_("Per esempio mappe o banche dati comprate, foto, testi presi da altri siti, dati di un fornitore."),
        usual=NO,
        otherwise=Otherwise.EXPLAIN,
        way_out=_("Scrivi di chi sono, e con quale permesso li puoi pubblicare con questa licenza."),
    ),
    Question(
        code="contracts",
        text=_("Un contratto, una convenzione o un accordo limita la pubblicazione di questi dati?"),
        help=_("Guarda il contratto con chi gestisce il servizio o il programma da cui escono i dati."),
        usual=NO,
        otherwise=Otherwise.FORBIDS,
        way_out=_("Togli ciò che il contratto riserva, o chiedi per iscritto di poterlo pubblicare."),
    ),
    Question(
        code="licence",
        text=_("Chiunque potrà usare i dati, anche per guadagnarci, citando l'ente: il tuo ente può concederlo?"),
        help=_("È ciò che dice la licenza CC BY 4.0. Per un'altra licenza serve un atto che la motivi."),
        usual=YES,
        otherwise=Otherwise.FORBIDS,
        way_out=_("Scegli la licenza giusta nella descrizione del file, con l'atto che la motiva."),
    ),
    Question(
        code="personal_data",
        text=_("Hai controllato che nessuna persona sia riconoscibile, nemmeno incrociando più colonne?"),
        help=_("Nomi, codici fiscali, telefoni; ma anche via e civico, data di nascita, gruppi di una o due persone."),
        usual=YES,
        otherwise=Otherwise.FORBIDS,
        way_out=_("Togli le colonne, o raggruppa le righe; nel dubbio chiedi al DPO del tuo ente."),
    ),
    Question(
        code="secrets",
        text=_("I dati sono coperti da segreto d'ufficio, segreto statistico o segreto di Stato?"),
        help=_("Il segreto statistico protegge chi ha risposto a un'indagine: si pubblicano solo i totali."),
        usual=NO,
        otherwise=Otherwise.FORBIDS,
        way_out=_("Ciò che è coperto da segreto non si pubblica: togli quelle righe o quelle colonne."),
    ),
    Question(
        code="time_limits",
        text=_("Una norma dice che questi dati vanno tolti dopo un certo tempo?"),
        help=_("Succede per alcuni dati pubblicati per legge, per esempio incarichi e contributi."),
        usual=NO,
        otherwise=Otherwise.EXPLAIN,
        way_out=_("Scrivi quale norma e fino a quando si possono pubblicare."),
    ),
    Question(
        code="indexing",
        text=_("Una norma vieta che questi dati si trovino con i motori di ricerca?"),
        help=_("Un dato aperto si trova e si riusa liberamente: se è vietato, non può essere un dato aperto."),
        usual=NO,
        otherwise=Otherwise.FORBIDS,
        way_out=_("Pubblica solo la parte che non ha questo divieto."),
    ),
    Question(
        code="transparency",
        text=_("I dati vengono da «Amministrazione trasparente» (D.Lgs. 33/2013)?"),
        help=_("Pubblicato per trasparenza non vuol dire riusabile per ogni scopo, se ci sono persone."),
        usual=NO,
        otherwise=Otherwise.EXPLAIN,
        way_out=_("Scrivi da quale sezione vengono, e che non contengono persone o perché si possono riusare."),
    ),
    Question(
        code="exclusions",
        text=_("I dati rientrano nelle esclusioni del D.Lgs. 36/2006 sul riuso?"),
        help=_("Per esempio documenti esclusi dall'accesso, o di cui il tuo ente non ha i diritti."),
        usual=NO,
        otherwise=Otherwise.FORBIDS,
        way_out=_("Ciò che è escluso non si pubblica come dato aperto."),
    ),
)


def question(code: str) -> Question:
    """The question with this code."""
    return next(one for one in QUESTIONS if one.code == code)


@dataclass(frozen=True)
class Findings:
    """What keeps some answers from being signed: codes of questions."""

    missing: tuple[str, ...]
    unexplained: tuple[str, ...]
    forbidding: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.unexplained or self.forbidding)


def check_answers(answers: Mapping[str, Mapping[str, str]]) -> Findings:
    """Look at answers of the shape `{code: {"answer": "yes" | "no", "note": "…"}}`."""
    missing, unexplained, forbidding = [], [], []
    for one in QUESTIONS:
        given = answers.get(one.code, {})
        if given.get("answer") not in (YES, NO):
            missing.append(one.code)
        elif given["answer"] == one.usual:
            continue
        elif one.otherwise is Otherwise.FORBIDS:
            forbidding.append(one.code)
        elif not given.get("note", "").strip():
            unexplained.append(one.code)
    return Findings(tuple(missing), tuple(unexplained), tuple(forbidding))
