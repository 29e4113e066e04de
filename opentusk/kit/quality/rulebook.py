"""The rule book: every rule that can be decided on a record, and the table that lists them for people.

A rule never changes a record. Severities are the rule book's own; an installation may set others, by rule (`M7`) or
by problem (`M7.short_description`). Rules on the files themselves, on personal data and on processes are elsewhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from opentusk.kit.problems import Problem, Severity
from opentusk.kit.quality import format_rules, licence_rules, naming_rules, node_rules, presence_rules, value_rules
from opentusk.kit.quality.circumstances import Circumstances, Rule
from opentusk.kit.records import Dataset


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """One rule as documentation and pages list it. `severity` is the worst it gives."""

    id: str
    statement_it: str
    statement_en: str
    severity: Severity
    check: Rule
    source: str


def _line(id: str, severity: Severity, check: Rule, source: str, it: str, en: str) -> RuleLine:
    return RuleLine(id=id, statement_it=it, statement_en=en, severity=severity, check=check, source=source)


_LICENCES_2023 = "AGID 2023 §6.1"
_CATALOGUES = "DCAT-AP_IT 1.0"

RULES: tuple[RuleLine, ...] = (
    _line(
        "M2",
        Severity.BLOCKS,
        presence_rules.mandatory_fields_are_there,
        _CATALOGUES,
        "Il dataset ha identificativo, titolo, descrizione, data di modifica, titolare, frequenza e distribuzione.",
        "The dataset has identifier, title, description, date of change, rights holder, frequency and distribution.",
    ),
    _line(
        "M3",
        Severity.MAJOR,
        presence_rules.recommended_fields_are_there,
        f"{_CATALOGUES}; MQA",
        "Il dataset ha parole chiave, punto di contatto, territorio, periodo, editore e gli altri campi consigliati.",
        "The dataset has keywords, contact point, territory, period, publisher and the other recommended fields.",
    ),
    _line(
        "M4",
        Severity.BLOCKS,
        presence_rules.distributions_are_complete,
        _CATALOGUES,
        "Ogni distribuzione ha un formato e un URL di accesso.",
        "Every distribution has a format and an access URL.",
    ),
    _line(
        "M5",
        Severity.BLOCKS,
        presence_rules.bodies_contacts_and_periods_are_complete,
        _CATALOGUES,
        "Enti con codice e nome, contatti con nome ed e-mail, periodi con la data di inizio.",
        "Bodies with code and name, contacts with name and e-mail, periods with their start.",
    ),
    _line(
        "M6",
        Severity.BLOCKS,
        naming_rules.identifier_is_well_formed_and_free,
        _CATALOGUES,
        "L'identificativo è nella forma codice-ente:nome, in minuscolo, e nessun altro dataset lo usa.",
        "The identifier has the form body-code:name, in lower case, and no other dataset uses it.",
    ),
    _line(
        "M7",
        Severity.MAJOR,
        naming_rules.texts_speak_plainly,
        "AGID 2023 §5",
        "Titolo breve e chiaro; descrizione diversa dal titolo, di almeno 80 caratteri, senza HTML né burocratese.",
        "A short plain title; a description that is not the title, of 80 characters or more, without HTML or legalese.",
    ),
    _line(
        "M8",
        Severity.BLOCKS,
        value_rules.themes_are_of_the_thirteen,
        _CATALOGUES,
        "Almeno uno dei 13 temi europei, mai quello provvisorio.",
        "At least one of the 13 European themes, never the provisional one.",
    ),
    _line(
        "M9",
        Severity.MAJOR,
        value_rules.frequency_is_said_and_kept,
        "AGID 2023 §5.3, RACC 8",
        "La frequenza di aggiornamento è dichiarata e rispettata.",
        "The update frequency is declared and kept.",
    ),
    _line(
        "M11",
        Severity.BLOCKS,
        node_rules.nodes_have_addresses_of_their_own,
        _CATALOGUES,
        "Indirizzi (IRI) al posto dei testi; ente, contatto e dataset hanno indirizzi diversi.",
        "Addresses (IRIs) instead of texts; body, contact and dataset have different ones.",
    ),
    _line(
        "M12",
        Severity.MAJOR,
        naming_rules.addresses_last,
        f"{_CATALOGUES}; REQ 10",
        "L'indirizzo del dataset non contiene versioni, estensioni di file o interrogazioni.",
        "The address of the dataset has no version, file extension or query in it.",
    ),
    _line(
        "M13",
        Severity.BLOCKS,
        value_rules.high_value_and_dynamic_data_are_complete,
        "REQ 5-8; Reg. (UE) 2023/138",
        "I dati dinamici e di elevato valore sono dichiarati e completi.",
        "Dynamic and high-value data are declared and complete.",
    ),
    _line(
        "M14",
        Severity.MAJOR,
        value_rules.geographic_data_go_to_rndt,
        "REQ 16, 30",
        "I dati territoriali vanno al catalogo nazionale attraverso il RNDT.",
        "Geographic data reach the national catalogue through the RNDT.",
    ),
    _line(
        "M16",
        Severity.BLOCKS,
        node_rules.record_can_be_written_strictly,
        "RDF 1.1; XML 1.0",
        "La scheda può essere scritta in ogni formato.",
        "The description can be written in every format.",
    ),
    _line(
        "M17",
        Severity.MAJOR,
        node_rules.dataset_is_published_once,
        "OpenTusk",
        "Gli stessi dati sono pubblicati una volta sola.",
        "The same data are published once.",
    ),
    _line(
        "F1",
        Severity.BLOCKS,
        format_rules.one_format_can_be_reused,
        "AGID 2023 §4.1; REQ 2, 3",
        "Almeno una distribuzione è in un formato riusabile: non solo PDF, documenti, immagini o XLS.",
        "At least one distribution has a format that can be reused: not only PDF, documents, images or XLS.",
    ),
    _line(
        "L1",
        Severity.BLOCKS,
        licence_rules.every_distribution_has_a_licence,
        f"{_CATALOGUES}; {_LICENCES_2023}",
        "Ogni distribuzione ha una licenza.",
        "Every distribution has a licence.",
    ),
    _line(
        "L2",
        Severity.MAJOR,
        licence_rules.licence_is_cc_by_4,
        "REQ 20",
        "La licenza è CC BY 4.0.",
        "The licence is CC BY 4.0.",
    ),
    _line(
        "L3",
        Severity.BLOCKS,
        licence_rules.another_licence_has_a_reason,
        "REQ 21, RACC 10",
        "Una licenza diversa da CC BY 4.0 e CC0 ha una motivazione formale.",
        "A licence other than CC BY 4.0 and CC0 has a formal reason.",
    ),
    _line(
        "L4",
        Severity.BLOCKS,
        licence_rules.licence_is_open,
        "REQ 19",
        "Nessuna licenza vieta l'uso commerciale o le opere derivate.",
        "No licence forbids commercial use or derived works.",
    ),
    _line(
        "L5",
        Severity.MAJOR,
        licence_rules.licence_is_current,
        "RACC 11-14",
        "Nessuna clausola di condivisione senza motivo, nessuna Creative Commons prima della 4.0, nessuna IODL.",
        "No share-alike without a motive, no Creative Commons before 4.0, no IODL.",
    ),
    _line(
        "L8",
        Severity.BLOCKS,
        licence_rules.licence_is_of_the_list,
        _CATALOGUES,
        "La licenza è un indirizzo dell'elenco, mai «sconosciuta».",
        'The licence is an address of the list, never "unknown".',
    ),
)

AS_WRITTEN: Mapping[str, Severity] = MappingProxyType({})
# Of what its body publishes in another catalogue: REQ 2 and 3 bind the body, and a catalogue that federates it shows
# what there is. Only what it could not list at all is rejected; a bad format is told, beside the data and to the body.
OF_OTHERS: Mapping[str, Severity] = MappingProxyType({"F1": Severity.MAJOR})


def check_dataset(
    record: Dataset,
    *,
    today: date,
    is_taken: Callable[[str], bool] | None = None,
    twins: Mapping[str, str] | None = None,
    licence_reason: str | None = None,
    severities: Mapping[str, Severity] = AS_WRITTEN,
) -> list[Problem]:
    """Every rule on one record, in the order of `RULES`. See `Circumstances` for what surrounds a record."""
    around = Circumstances(today=today, twins=twins or {}, licence_reason=licence_reason)
    if is_taken is not None:
        around = replace(around, is_taken=is_taken)
    problems = [problem for line in RULES for problem in line.check(record, around)]
    return [_weighed(problem, severities) for problem in problems] if severities else problems


def _weighed(problem: Problem, severities: Mapping[str, Severity]) -> Problem:
    rule = problem.code.partition(".")[0]
    severity = severities.get(problem.code, severities.get(rule, problem.severity))
    return replace(problem, severity=severity)
