"""Bodies: titolare, editore, autori. One node, one code and one name for each."""

from collections.abc import Iterable
from dataclasses import replace

from opentusk.kit.harmonise.addresses import mend_iri
from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.harmonise.texts import mend_line
from opentusk.kit.iris import Iris
from opentusk.kit.problems import Severity
from opentusk.kit.records import Agent
from opentusk.kit.values import repair_ipa_code, repair_text, slugify
from opentusk.kit.vocabularies.bodies import Body, find_body, find_body_by_name

_GUESSED = "value.ipa_code_guessed"
# Words that many bodies share: alone they do not tell that two names are of the same body.
_KINDS = frozenset(["comune", "provincia", "regione"])
# fmt: off
_GENERIC = frozenset([
    "a", "agenzia", "al", "alla", "azienda", "citta", "comunale", "comune", "consiglio", "d", "dei", "del", "della",
    "delle", "di", "dipartimento", "direzione", "e", "ed", "ente", "gruppo", "i", "il", "in", "istituto", "l", "la",
    "le", "lo", "metropolitana", "ministero", "nazionale", "per", "provincia", "regionale", "regione", "s", "servizi",
    "servizio", "settore", "societa", "spa", "srl", "stato", "ufficio", "unione",
])
# fmt: on


class AgentMender:
    """Mends the bodies of one record. `names` are all the names the record and its source give to a body.

    They are the evidence a guessed code needs; and where two roles name the same body in two ways, the name that
    fits its code is used for both, because one node has one name (AgID rule 192).
    """

    def __init__(self, names: Iterable[str], iris: Iris) -> None:
        self._names = tuple(plain for name in names if (plain := repair_text(name).value))
        self._iris = iris
        self._used: dict[str, str] = {}

    def mend(self, agent: Agent, log: RepairLog) -> Agent:
        """One body with its code, its name and its address; as much of them as can be known."""
        name = mend_line(agent.name, log, "foaf:name")
        identifier, address = self._identify(agent.identifier, name, log)
        body = find_body(identifier) if identifier else None
        name = self._name(name, identifier, body, log)
        iri = self._address(mend_iri(agent.iri or address, log, "rdf:about"), identifier, name, log)
        return replace(agent, iri=iri, identifier=identifier, name=name)

    def _identify(self, text: str, name: str, log: RepairLog) -> tuple[str, str | None]:
        """The code, and the address that stood in its place if one did."""
        where = "dct:identifier"
        if not text.strip():
            return self._code_of_name(name, log), None
        if "://" in text:
            log.changed("repair.address_as_code", where, before=text, after=None, severity=Severity.INFO)
            return self._code_of_name(name, log), text
        repaired = repair_ipa_code(text)
        if repaired.value is None:
            return self._code_instead_of(text, name, log), None
        if repaired.code == _GUESSED:
            return self._guessed(text, repaired.value, log), None
        return log.mended(where, text, repaired) or "", None

    def _guessed(self, text: str, guess: str, log: RepairLog) -> str:
        """The guessed code if a name confirms it; else the code as it was, and the proposal for a person to accept."""
        body = find_body(guess)
        if body and any(confirms(name, body) for name in self._names):
            log.changed(
                "repair.ipa_code", "dct:identifier", before=text, after=guess, severity=Severity.MAJOR, body=body.name
            )
            return guess
        log.proposed(
            "repair.ipa_code_proposed", "dct:identifier", given=text, proposed=guess, body=body.name if body else ""
        )
        return text.strip().lower()

    def _code_of_name(self, name: str, log: RepairLog) -> str:
        body = find_body_by_name(name) if name else None
        if body is None:
            return ""
        log.changed("repair.code_of_name", "dct:identifier", before="", after=body.code, body=body.name)
        return body.code

    def _code_instead_of(self, text: str, name: str, log: RepairLog) -> str:
        """The code of the body whose name was written where its code belongs; "" when no single body has it."""
        body = find_body_by_name(text) or find_body_by_name(name)
        code = body.code if body else ""
        log.changed(
            "repair.name_as_code", "dct:identifier", before=text, after=code or None, severity=Severity.MAJOR, name=name
        )
        return code

    def _name(self, name: str, identifier: str, body: Body | None, log: RepairLog) -> str:
        """The body's name: the one given unless it is an office's, and then the one a sibling role uses, else IPA's."""
        if not identifier:
            return name
        if identifier in self._used:
            right = self._used[identifier]
        elif body is None or (name and (fits(name, body) or confirms(name, body))):
            right = name
        else:
            right = next((known for known in self._names if confirms(known, body)), body.name)
        if right:
            self._used[identifier] = right
        if right != name:
            log.changed("repair.body_name", "foaf:name", before=name, after=right, ipa=identifier)
        return right

    def _address(self, iri: str | None, identifier: str, name: str, log: RepairLog) -> str | None:
        """The address of the body's one node. Those of our own form are kept: another portal may have minted them."""
        key = identifier or slugify(name)
        if not key:
            return iri
        if iri and iri.endswith(f"/agente/{key}"):
            return iri
        minted = self._iris.agent(key)
        if iri:
            log.changed("repair.node_address", "rdf:about", before=iri, after=minted, severity=Severity.INFO)
        return minted


def confirms(name: str, body: Body) -> bool:
    """Whether a name is evidence for a body: a word that not every body has, and no other kind of body."""
    words, official = _words(name), _words(body.name)
    is_other_kind = bool(words & _KINDS) and bool(official & _KINDS) and words.isdisjoint(official & _KINDS)
    return not is_other_kind and bool(words & official - _GENERIC or words == official)


def fits(name: str, body: Body) -> bool:
    """Whether a name may stay beside a body's code: any word in common, or an abbreviation we cannot spell out."""
    return _has_abbreviation(name.replace(".", "")) or bool(_words(name) & _words(body.name) - _GENERIC)


def _has_abbreviation(name: str) -> bool:
    """`ASSET`, `ARPA Puglia`, `AReSS`; a name all in capitals (`STATO CIVILE`) is no abbreviation."""
    words = name.split()
    if len(words) > 1 and name.isupper():
        return False
    return any(len(word) <= 8 and sum(letter.isupper() for letter in word) > 2 for word in words)


def _words(name: str) -> set[str]:
    return {word for word in slugify(name, limit=400).split("-") if word}


def names_of(agents: Iterable[Agent | None], known_names: Iterable[str]) -> list[str]:
    """Every name given to a body, best evidence first."""
    return [*(agent.name for agent in agents if agent and agent.name), *known_names]
