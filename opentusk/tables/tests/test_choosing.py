"""Proves what producers decide: proposals, how a file is read, its dictionary; and that only they may."""

import pytest

from opentusk.catalog.errors import NotAllowed
from opentusk.files.models import StoredFile
from opentusk.people.actors import ANONYMOUS
from opentusk.people.models import User
from opentusk.quality.models import DictionaryMeasure
from opentusk.tables.actions import accept_proposals, describe_columns, overrule_reading, revoke_proposals
from opentusk.tables.errors import UnknownColumn, UnknownProposal
from opentusk.tables.models import Table
from opentusk.tables.tests.conftest import TREES, work

pytestmark = pytest.mark.django_db
ISTAT = b"cod_istat;comune;residenti\n71024;Foggia;146000\n75035;Lecce;94000\n72006;Bari;316000\n"


@pytest.fixture
def offered(give):
    """A version with a proposal: ISTAT codes that lost their zeros."""
    return Table.objects.get(distribution=give(ISTAT)).versions.get()


def test_an_accepted_proposal_is_applied_and_the_original_stays(offered, ada):
    codes = [proposal["code"] for proposal in offered.examination["proposals"]]
    before = StoredFile.objects.get().sha256

    accept_proposals(offered, codes[:1], by=ada)
    work()

    offered.refresh_from_db()
    assert offered.accepted == codes[:1]
    assert StoredFile.objects.get().sha256 == before
    assert offered.table.versions.count() == 1


def test_nothing_is_left_to_accept_when_everything_is_accepted(client, offered, ada):
    client.force_login(User.objects.get(pk=ada.user_id))
    page = f"/scrivania/tabelle/{offered.table.uuid}"
    assert "Accettale tutte" in client.get(page).text

    client.post(f"{page}/proposte", {"decisione": "tutte"})
    work()

    assert "Accettale tutte" not in client.get(page).text


def test_a_revoked_proposal_leaves_the_table_as_it_was(offered, ada):
    before = offered.content_hash
    codes = [proposal["code"] for proposal in offered.examination["proposals"]]
    accept_proposals(offered, codes, by=ada)
    work()
    offered.refresh_from_db()
    assert offered.content_hash != before

    revoke_proposals(offered, codes, by=ada)
    work()

    offered.refresh_from_db()
    assert (offered.accepted, offered.content_hash) == ([], before)


def test_an_accepted_proposal_holds_for_the_next_file(offered, ada, give):
    codes = [proposal["code"] for proposal in offered.examination["proposals"]]
    accept_proposals(offered, codes, by=ada)
    work()

    give(ISTAT.replace(b"94000", b"95000"), to=offered.table.distribution)

    assert offered.table.versions.newest_first()[0].accepted == sorted(codes)


def test_an_unknown_proposal_is_refused(offered, ada):
    with pytest.raises(UnknownProposal):
        accept_proposals(offered, ["mai.vista"], by=ada)


def test_a_person_says_how_the_file_is_written(give, ada):
    version = Table.objects.get(distribution=give(TREES)).versions.get()

    overrule_reading(version, encoding="", delimiter="", types={"altezza": "text"}, by=ada)
    work()

    version.refresh_from_db()
    assert {column.name: column.type for column in version.columns()}["altezza"] == "text"


def test_a_public_table_read_otherwise_is_a_new_version(out, ada):
    table = out()

    overrule_reading(table.latest, encoding="", delimiter="", types={"altezza": "text"}, by=ada)
    work()

    table.refresh_from_db()
    assert table.latest.number == 2
    assert table.versions.get(number=1).is_public


def test_the_dictionary_is_kept_for_the_next_version_and_counted(out, give, ada):
    table = out()

    describe_columns(table, {"altezza": {"title": "Altezza", "description": "Dal suolo.", "unit": "m"}}, by=ada)

    measure = DictionaryMeasure.objects.get(distribution=table.distribution)
    assert (measure.described, measure.total) == (1, 4)
    give(TREES.replace(b"4,50", b"5,00"), to=table.distribution)
    table.refresh_from_db()
    column = {column.name: column for column in table.latest.columns()}["altezza"]
    assert (table.latest.number, column.title, column.description, column.unit) == (2, "Altezza", "Dal suolo.", "m")


def test_a_column_that_is_not_there_cannot_be_described(out, ada):
    with pytest.raises(UnknownColumn):
        describe_columns(out(), {"mai_vista": {"title": "?"}}, by=ada)


def test_only_its_own_people_decide(out):
    table = out()

    with pytest.raises(NotAllowed):
        describe_columns(table, {"altezza": {"title": "Altezza"}}, by=ANONYMOUS)
    with pytest.raises(NotAllowed):
        overrule_reading(table.latest, encoding="", delimiter="", types={"altezza": "text"}, by=ANONYMOUS)
