"""Proves that a person can judge suspected personal data in a browser, and only who answers for them."""

import pytest

from opentusk.bodies.models import Membership
from opentusk.catalog.actions import attach_file
from opentusk.catalog.models import Dataset
from opentusk.files import actions as files
from opentusk.files.models import FileVersion
from opentusk.journal.actors import SYSTEM
from opentusk.kit.personal.kinds import make_finding
from opentusk.kit.problems import Severity
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from opentusk.quality.actions import decide_case, open_case
from opentusk.quality.models import PrivacyCase
from tests.browser.conftest import EMAIL, PASSWORD
from tests.browser.examining import walk

DPO = "dpo@example.org"
PAGES = {
    DPO: ("/scrivania/privacy/{case}",),
    EMAIL: ("/scrivania/privacy/{case}", "/scrivania/privacy", "/scrivania/privacy?stato=decisi"),
}
FOUND = [
    make_finding("codice_fiscale", Severity.BLOCKS, columns=("cf_titolare",), count=120, share=1.0),
    make_finding("email", Severity.MAJOR, columns=("email",), count=14, share=0.117),
    make_finding("gruppi_piccoli", Severity.BLOCKS, columns=("via", "sesso", "eta"), count=31, share=0.26, smallest=1),
    make_finding("trasparenza", Severity.MAJOR, columns=("cf_titolare",), count=120, share=1.0),
]


@pytest.fixture
def case(catalogue, settings, tmp_path) -> PrivacyCase:
    """A file of the draft in which much is suspected, and the officer of Lecce."""
    settings.FILES_DIR = tmp_path / "files"
    dataset = catalogue["draft"]
    officer = User.objects.create_user(DPO, PASSWORD)
    Membership.objects.create(user=officer, agent=dataset.rights_holder, role=Membership.Role.DPO)
    return suspected(dataset, b"cf_titolare;email\nx;y\n")


def suspected(dataset: Dataset, content: bytes) -> PrivacyCase:
    stored = files.receive([content], name="elenco.csv", agent=dataset.rights_holder, by=SYSTEM)
    row = attach_file(dataset, stored, name="elenco.csv", by=SYSTEM)
    found = open_case(dataset, FileVersion.objects.get(series=row.series), FOUND, by=SYSTEM)
    assert found is not None
    return found


@pytest.mark.parametrize("state", ["open", "exclude", "refuse"])
def test_the_pages_of_a_case(case, visit, state):
    if state != "open":
        officer = actor_of(User.objects.get(email=DPO))
        decide_case(case, decision=state, reason="Non serve", excluded_columns=["cf_titolare"], by=officer)

    walk(visit, PAGES, case=case.pk)


def test_the_officer_takes_columns_away(case, visit):
    visitor = visit(width=390).sign_in(DPO)
    page = visitor.open("/scrivania/privacy")

    page.get_by_role("link", name=case.dataset.title).click()
    page.get_by_label("togliere le colonne e pubblicare il resto").check()
    page.get_by_label("cf_titolare").check()
    page.get_by_label("Motivo").fill("Il codice fiscale non serve a chi riusa i dati")
    page.get_by_role("button", name="Registra la decisione").click()

    page.get_by_text("La decisione è registrata.").wait_for()
    case.refresh_from_db()
    assert (case.decision, case.excluded_columns) == ("exclude", ["cf_titolare"])


def test_what_is_missing_is_said_where_it_is_missing(case, visit):
    page = visit(java_script_enabled=False).sign_in(DPO).open(f"/scrivania/privacy/{case.pk}")

    page.get_by_label("pubblicare il file così com'è").check()
    page.get_by_label("una norma obbliga a pubblicarli").check()
    page.get_by_label("Motivo").fill("Albo")
    page.get_by_role("button", name="Registra la decisione").click()

    said = page.get_by_role("alert")
    assert said.get_by_role("link", name="Norma che obbliga a pubblicare").is_visible()
    assert page.get_by_label("Norma che obbliga a pubblicare").is_visible()
    assert not page.get_by_label("Metodo di anonimizzazione").is_visible()
    case.refresh_from_db()
    assert case.is_open


def test_an_editor_reads_who_must_decide_and_has_no_button(case, visit):
    page = visit().sign_in().open(f"/scrivania/privacy/{case.pk}")

    assert page.get_by_text("Decide il responsabile della protezione dei dati").is_visible()
    assert page.get_by_role("button", name="Registra la decisione").count() == 0


def test_the_officer_finds_the_way_from_the_desk(case, visit):
    page = visit().sign_in(DPO).open("/scrivania")

    assert page.get_by_text("un ruolo che valuta e non scrive").is_visible()
    page.get_by_role("link", name="Dati personali da valutare").click()

    assert page.get_by_text("decidi tu").is_visible()
