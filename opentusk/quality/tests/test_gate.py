"""Proves that suspected personal data are not public before the right person decided, on a basis that is kept."""

from collections.abc import Callable
from itertools import product

import pytest
from django.core import mail
from django.test import Client

from opentusk.bodies.actions import add_member, ensure_agent
from opentusk.bodies.models import Agent, Membership
from opentusk.catalog.actions import add_file_version, attach_file, create_draft, lift_hold, publish
from opentusk.catalog.errors import NotPublishable, OnHold
from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.catalog.tests.records import distribution, trees
from opentusk.files import actions as files
from opentusk.files.addresses import latest_path, version_path
from opentusk.files.models import FileVersion
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.journal.models import Entry
from opentusk.journal.tasks import run_next
from opentusk.kit.personal.kinds import make_finding
from opentusk.kit.problems import Severity
from opentusk.kit.records import Agent as AgentRecord
from opentusk.kit.tables.shapes import PersonalFinding
from opentusk.pages.history import history_of
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from opentusk.quality.actions import decide_case, open_case
from opentusk.quality.errors import AlreadyDecided, MissingEvidence, NamesSomebody, NotAllowed
from opentusk.quality.findings import is_covered, signature_of, together
from opentusk.quality.models import PrivacyCase
from opentusk.quality.wording import suspicions_of

pytestmark = pytest.mark.django_db
CF = make_finding("codice_fiscale", Severity.BLOCKS, columns=("cf",), count=3, share=1.0)
PHONES = make_finding("telefono", Severity.MAJOR, columns=("tel",), count=3, share=1.0)
HEALTH = make_finding("salute", Severity.BLOCKS, columns=("grado",), count=3, share=1.0)
DUTY = make_finding("trasparenza", Severity.MAJOR, columns=("cf",), count=3, share=1.0)
HINT = make_finding("gruppi_piccoli", Severity.MINOR, columns=("via", "n"), count=1, share=0.1, smallest=1)


def small(smallest: int) -> PersonalFinding:
    return make_finding("gruppi_piccoli", Severity.MAJOR, columns=("via",), count=1, share=0.1, smallest=smallest)


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def lecce(db) -> Agent:
    return ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)


@pytest.fixture
def member(lecce) -> Callable[..., Actor]:
    """Makes people of Lecce: `member("dpo")`."""

    def make(role: str, agent: Agent = lecce) -> Actor:
        return actor_of(add_member(agent, email=f"{role}@example.org", role=Membership.Role(role), by=SYSTEM).user)

    return make


@pytest.fixture
def dpo(member) -> Actor:
    return member("dpo")


@pytest.fixture
def dataset(lecce) -> Dataset:
    return create_draft(trees(distribution=()), holder=lecce, by=SYSTEM)


@pytest.fixture
def row(dataset) -> Distribution:
    return file_of(dataset)


def file_of(dataset: Dataset) -> Distribution:
    """A file of the dataset that has just been read; nothing holds it yet."""
    stored = files.receive([b"cf;tel\nx;y\n"], name="elenco.csv", agent=dataset.rights_holder, by=SYSTEM)
    return read(attach_file(dataset, stored, name="elenco.csv", by=SYSTEM, license=distribution("x").license))


def read(row: Distribution) -> Distribution:
    for hold in Hold.objects.still_open().of_kind("examination").filter(version__series=row.series):
        lift_hold(hold, by=SYSTEM, reason="letto")
    return row


def last(row: Distribution) -> FileVersion:
    return FileVersion.objects.with_file().filter(series=row.series).newest_first()[0]


def next_version(row: Distribution, findings: list[PersonalFinding], *columns: str) -> PrivacyCase | None:
    """What the tables room does with the next file: examine, then ask the gate, then lift its own hold."""
    content = f"cf;tel\nx;{last(row).number}\n".encode()
    stored = files.receive([content], name="elenco.csv", agent=row.dataset.rights_holder, by=SYSTEM)
    add_file_version(row, stored, name="elenco.csv", by=SYSTEM)
    case = open_case(row.dataset, last(row), findings, columns=columns, by=SYSTEM)
    read(row)
    return case


def opened(row: Distribution, *findings: PersonalFinding) -> PrivacyCase:
    case = open_case(row.dataset, last(row), findings or [CF], by=SYSTEM)
    assert case is not None
    return case


def status(path: str) -> int:
    return Client().head(path).status_code


def work() -> None:
    """Let the worker do what waits."""
    while run_next():
        pass


def test_a_suspicion_stops_the_publication_until_the_officer_has_decided(row, dataset, dpo):
    case = opened(row)

    with pytest.raises(OnHold):
        publish(dataset, by=SYSTEM)
    decide_case(case, decision="publish", basis="law", reason="Albo", evidence={"norm": "L. 1/1990"}, by=dpo)
    publish(dataset, by=SYSTEM)

    assert status(latest_path(last(row).series)) == 200


def test_hints_and_files_without_suspicions_open_nothing(row, dataset):
    assert open_case(dataset, last(row), [], by=SYSTEM) is None
    assert open_case(dataset, last(row), [HINT], by=SYSTEM) is None
    assert not Hold.objects.still_open().of_kind("personal_data").exists()


def test_a_version_that_is_public_already_is_taken_back_at_once(row, dataset):
    publish(dataset, by=SYSTEM)
    address = version_path(last(row))
    assert status(address) == 200

    opened(row)

    assert status(address) == 404


def test_a_file_read_twice_has_one_case_with_what_both_readings_suspect(row):
    case = opened(row, CF)
    again = opened(row, CF, PHONES)

    assert again == case
    assert {finding.kind for finding in again.found} == {"codice_fiscale", "telefono"}


def test_a_refused_file_is_never_public(row, dataset, dpo):
    decide_case(opened(row), decision="refuse", reason="Contiene i nomi degli alunni", by=dpo)

    assert last(row).state == "refused"
    with pytest.raises(NotPublishable):
        publish(dataset, by=SYSTEM)


def test_taking_columns_away_leaves_the_original_out_of_the_public(row, dpo):
    case = opened(row, CF, PHONES)

    decide_case(case, decision="exclude", reason="Non servono", excluded_columns=["cf", "other"], by=dpo)

    case.refresh_from_db()
    assert (case.state, case.excluded_columns) == ("cleared", ["cf"])
    assert last(row).state == "refused"


def test_a_case_is_decided_once(row, dpo):
    case = opened(row)
    decide_case(case, decision="refuse", reason="no", by=dpo)

    with pytest.raises(AlreadyDecided):
        decide_case(case, decision="publish", basis="false_alarm", reason="sì", by=dpo)


ROLES = ("dpo", "referente", "redattore", "revisore", "rtd", "admin", "editor", "stranger", "system")


@pytest.mark.parametrize(("role", "has_dpo"), list(product(ROLES, (True, False))))
def test_only_who_answers_for_personal_data_decides(row, lecce, member, role, has_dpo):
    bari = ensure_agent(AgentRecord(identifier="c_a662", name="Comune di Bari"), by=SYSTEM)
    if has_dpo:
        add_member(lecce, email="other-dpo@example.org", role=Membership.Role.DPO, by=SYSTEM)
    by = {
        "system": lambda: SYSTEM,
        "admin": lambda: actor_of(User.objects.create_user("a@example.org", desk_role="admin")),
        "editor": lambda: actor_of(User.objects.create_user("e@example.org", desk_role="editor")),
        "stranger": lambda: member("dpo", bari),
    }.get(role, lambda: member(role))()
    may = role in {"dpo", "admin"} or (role == "referente" and not has_dpo)
    case = opened(row)

    if may:
        decide_case(case, decision="refuse", reason="no", by=by)
    else:
        with pytest.raises(NotAllowed):
            decide_case(case, decision="refuse", reason="no", by=by)

    case.refresh_from_db()
    assert case.is_open is not may


@pytest.mark.parametrize(
    ("decision", "basis", "findings", "evidence", "missing"),
    [
        ("publish", "", [CF], {}, ["basis"]),
        ("publish", "law", [CF], {}, ["norm"]),
        ("publish", "consent", [CF], {}, ["consent_document"]),
        ("publish", "anonymous", [CF], {"method": "noise"}, ["document", "document_date", "dpia"]),
        ("publish", "law", [CF, DUTY], {"norm": "art. 15"}, ["purpose"]),
        ("exclude", "", [CF], {}, ["excluded_columns"]),
        ("lose", "", [CF], {}, ["decision"]),
    ],
)
def test_a_decision_rests_on_evidence(row, dpo, decision, basis, findings, evidence, missing):
    case = opened(row, *findings)

    with pytest.raises(MissingEvidence) as refusal:
        decide_case(case, decision=decision, basis=basis, reason="perché", evidence=evidence, by=dpo)

    assert refusal.value.fields == missing


def test_special_categories_need_the_officer_in_writing_when_another_decides(row, member):
    case = opened(row, HEALTH)

    with pytest.raises(MissingEvidence) as refusal:
        decide_case(case, decision="publish", basis="law", reason="r", evidence={"norm": "n"}, by=member("referente"))

    assert refusal.value.fields == ["dpo_opinion", "dpo_opinion_date"]


def test_a_reason_that_repeats_somebody_s_data_is_refused(row, dpo):
    case = opened(row)

    with pytest.raises(NamesSomebody) as refusal:
        decide_case(case, decision="refuse", reason="c'è RSSMRA80A01H501U", by=dpo)

    assert refusal.value.fields == ["reason"]


def cleared(row: Distribution, dpo: Actor, *findings: PersonalFinding, **evidence: str) -> PrivacyCase:
    case = opened(row, *findings)
    return decide_case(
        case, decision="publish", basis="law", reason="Albo", evidence={"norm": "L. 1/1990", **evidence}, by=dpo
    )


def test_the_same_suspicions_in_a_new_version_ask_nobody_again(row, dataset, dpo):
    cleared(row, dpo, CF, PHONES)
    publish(dataset, by=SYSTEM)

    case = next_version(row, [CF])

    assert (case.state, case.same_as.version.number) == ("cleared", 1)
    assert last(row).is_public
    assert Entry.objects.about(dataset).filter(event="quality.decision_repeated").exists()


@pytest.mark.parametrize("news", [[CF, PHONES], [HEALTH], [small(2)]])
def test_something_new_in_a_new_version_asks_again(row, dataset, dpo, news):
    cleared(row, dpo, CF, small(3))
    publish(dataset, by=SYSTEM)

    case = next_version(row, news)

    assert case.is_open
    assert last(row).is_pending


def test_a_basis_that_has_expired_asks_again(row, dataset, dpo):
    cleared(row, dpo, CF, valid_until="2020-01-01")
    publish(dataset, by=SYSTEM)

    assert next_version(row, [CF]).is_open


def test_a_refusal_is_never_repeated_by_itself(row, dpo):
    decide_case(opened(row), decision="refuse", reason="no", by=dpo)

    assert next_version(row, [CF]).is_open


def test_columns_taken_away_once_are_taken_away_again(row, dpo):
    decide_case(opened(row), decision="exclude", reason="no", excluded_columns=["cf"], by=dpo)

    case = next_version(row, [CF])

    assert (case.decision, case.excluded_columns, last(row).state) == ("exclude", ["cf"], "refused")


def test_a_column_taken_away_stays_away_when_nothing_is_found_in_it(row, dpo):
    decide_case(opened(row), decision="exclude", reason="no", excluded_columns=["cf"], by=dpo)

    again = next_version(row, [], "cf", "tel")
    without = next_version(row, [], "tel")

    assert (again.decision, again.excluded_columns, again.same_as.version.number) == ("exclude", ["cf"], 1)
    assert without is None


def test_something_new_beside_a_column_taken_away_asks_about_both(row, dpo):
    decide_case(opened(row), decision="exclude", reason="no", excluded_columns=["cf"], by=dpo)

    case = next_version(row, [PHONES], "cf", "tel")

    assert case.is_open and {finding.columns for finding in case.found} == {("cf",), ("tel",)}
    assert suspicions_of(case)[0].words == (
        "Colonna «cf»: tolta per decisione da una versione precedente (codice fiscale di persone); "
        "in questa non si è trovato niente."
    )
    decide_case(case, decision="publish", basis="law", reason="Albo", evidence={"norm": "L. 1/1990"}, by=dpo)
    assert next_version(row, [], "cf", "tel") is None


def test_a_decision_about_another_column_does_not_bring_back_the_one_taken_away(row, dpo):
    decide_case(opened(row), decision="exclude", reason="no", excluded_columns=["cf"], by=dpo)
    other = next_version(row, [PHONES], "tel")
    decide_case(other, decision="publish", basis="law", reason="Albo", evidence={"norm": "L. 1/1990"}, by=dpo)

    assert next_version(row, [], "cf", "tel").is_open


def test_a_version_that_is_public_with_a_column_taken_away_before_is_taken_back(row, dataset, dpo):
    decide_case(opened(row), decision="exclude", reason="no", excluded_columns=["cf"], by=dpo)
    next_version(row, [])
    publish(dataset, by=SYSTEM)
    assert last(row).is_public

    open_case(dataset, last(row), [], columns=["cf"], by=SYSTEM)

    assert last(row).state == "refused"


def test_the_history_says_what_was_decided_on_which_basis_in_which_role(row, dataset, dpo):
    cleared(row, dpo, CF)

    entry = Entry.objects.about(dataset).public().get(event="quality.case_decided")

    facts = {name: entry.facts[name] for name in ("decision", "basis", "role", "kinds", "number")}
    assert facts == {
        "decision": "publish", "basis": "law", "role": "dpo", "kinds": ["codice_fiscale"], "number": 1
    }  # fmt: skip


def test_those_who_decide_are_written_to_once(row, dpo, member):
    member("referente")
    opened(row)
    opened(row, CF, PHONES)

    work()

    assert [letter.to for letter in mail.outbox] == [["dpo@example.org"]]
    assert "codici fiscali di persone in 3 celle" in mail.outbox[0].body


def test_without_an_officer_the_referenti_are_written_to(row, member):
    member("referente")
    opened(row)

    work()

    assert [letter.to for letter in mail.outbox] == [["referente@example.org"]]


def test_who_gave_the_file_is_told_of_the_decision(dataset, lecce, member, dpo):
    ada = member("redattore")
    stored = files.receive([b"cf\nx\n"], name="elenco.csv", agent=lecce, by=ada)
    row = read(attach_file(dataset, stored, name="elenco.csv", by=ada))
    case = opened(row)
    work()
    mail.outbox.clear()

    decide_case(case, decision="refuse", reason="Togli la colonna", by=dpo)
    work()

    assert [letter.to for letter in mail.outbox] == [["redattore@example.org"]]


def test_the_public_history_is_in_words_and_without_papers(row, dataset, dpo):
    cleared(row, dpo, CF, consent_document="protocollo 12 del personale")

    words = history_of(dataset)[0].words

    assert "una norma obbliga a pubblicarli; Norma che obbliga a pubblicare: L. 1/1990" in words
    assert "versione 1 del file; responsabile della protezione dei dati" in words
    assert "protocollo" not in words


def test_a_description_that_speaks_of_people_and_their_health_stops_a_file_too(lecce, dpo):
    record = trees("c_e506:sussidi", distribution=(), title={"it": "Elenco dei beneficiari per disabilità"})
    row = file_of(create_draft(record, holder=lecce, by=SYSTEM))

    case = open_case(row.dataset, last(row), [], by=SYSTEM)

    assert case is not None
    assert [(finding.kind, finding.columns) for finding in case.found] == [("salute", ())]


def test_what_stays_when_columns_are_taken_away_is_asked_about(row, dpo):
    decide_case(opened(row, CF, PHONES), decision="exclude", reason="no", excluded_columns=["cf"], by=dpo)

    copy = next_version(row, [PHONES])

    assert copy.is_open
    assert last(row).is_pending


def test_the_same_suspicion_in_two_tables_counts_as_the_graver_one():
    grave, mild = small(2), small(9)

    assert signature_of([grave, mild]) == signature_of([mild, grave]) == signature_of([grave])
    assert not is_covered(signature_of([grave, mild]), signature_of([mild]))
    assert together([], [grave, mild]) == together([mild], [mild, grave]) == [grave]
