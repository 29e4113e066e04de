"""Proves that words stand under their thing with one level of replies, and that hiding, reporting and leaving work."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from opentusk.comments import actions
from opentusk.comments.errors import (
    Empty,
    IllegalMove,
    NamesSomebody,
    NotAllowed,
    TooDeep,
    TooLate,
    TooLong,
    Unconfirmed,
)
from opentusk.comments.models import Comment, Flag
from opentusk.comments.threads import count_of, thread_of
from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.journal.models import Entry
from opentusk.people.models import Consent, RoleGrant, User
from opentusk.people.roles import grant_role

WISH = "demand.wanteddataset:17"
STATE = Comment.State

pytestmark = pytest.mark.django_db


def test_a_reply_stands_below_what_it_answers_and_people_are_numbered(ada, bruno):
    first = actions.post(WISH, "Servono anche gli orari festivi.", by=ada)
    actions.post(WISH, "E i giorni di sciopero.", by=bruno, parent=first)
    actions.post(WISH, "Un altro aspetto.", by=bruno)

    thread = thread_of(WISH)

    assert [(one.signature, len(one.replies)) for one in thread] == [("Partecipante 1", 1), ("Partecipante 2", 0)]
    assert count_of(WISH) == 3
    assert "ada@example.org" not in str(list(Entry.objects.values_list("facts", "changes")))


def test_a_name_is_shown_only_while_the_consent_holds(ada):
    User.objects.filter(pk=ada.user_id).update(public_name="Ada B.")
    actions.post(WISH, "Ecco.", by=ada)
    consent = Consent.objects.create(user_id=ada.user_id, purpose=Consent.Purpose.PUBLIC_NAME, text_version="1")
    with_consent = thread_of(WISH)[0].signature
    Consent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())

    assert (with_consent, thread_of(WISH)[0].signature) == ("Ada B.", "Partecipante 1")


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("   ", Empty),
        ("x" * 3_001, TooLong),
        ("Scrivete a mario.rossi77@gmail.com", NamesSomebody),
        ("Il mio codice è RSSMRA85T10A562S", NamesSomebody),
        ("Chiamatemi al 347 1234567", NamesSomebody),
    ],
)
def test_words_that_cannot_stand_are_refused(ada, words, refusal):
    with pytest.raises(refusal):
        actions.post(WISH, words, by=ada)

    assert not Comment.objects.exists()


def test_nobody_without_an_account_writes(db):
    with pytest.raises(Unconfirmed):
        actions.post(WISH, "Ciao.", by=ANONYMOUS)


def test_a_reply_to_a_reply_or_to_another_thing_is_refused(ada):
    first = actions.post(WISH, "Primo.", by=ada)
    reply = actions.post(WISH, "Secondo.", by=ada, parent=first)

    with pytest.raises(TooDeep):
        actions.post(WISH, "Terzo.", by=ada, parent=reply)
    with pytest.raises(TooDeep):
        actions.post("reuse.work:1", "Altrove.", by=ada, parent=first)


@pytest.mark.parametrize(("before", "after"), list(product(STATE, STATE)))
def test_every_pair_of_states_that_is_not_in_the_table_is_refused(ada, moderator, before, after):
    comment = actions.post(WISH, "Ecco.", by=ada)
    Comment.objects.filter(pk=comment.pk).update(state=before)
    comment.refresh_from_db()
    do = {
        STATE.VISIBLE: lambda: actions.restore(comment, by=moderator),
        STATE.HIDDEN: lambda: actions.hide(comment, by=moderator, note="Fuori tema."),
        STATE.DELETED: lambda: actions.delete(comment, by=ada),
    }[after]

    if (before, after) in {
        (STATE.VISIBLE, STATE.HIDDEN),
        (STATE.VISIBLE, STATE.DELETED),
        (STATE.HIDDEN, STATE.VISIBLE),
    }:
        do()
        assert Comment.objects.get().state == after
    else:
        with pytest.raises(IllegalMove):
            do()
        assert Comment.objects.get().state == before


def test_own_words_are_changed_for_a_while_by_their_author_only(ada, bruno):
    comment = actions.post(WISH, "Ecco.", by=ada)
    with pytest.raises(NotAllowed):
        actions.edit(comment, "Altro.", by=bruno)
    actions.edit(comment, "Ecco qui.", by=ada)
    comment.created_at -= timedelta(minutes=31)
    comment.save(update_fields=["created_at"])

    with pytest.raises(TooLate):
        actions.edit(comment, "Tardi.", by=ada)
    assert (comment.body, comment.edited_at is not None) == ("Ecco qui.", True)


def test_a_report_of_personal_data_hides_first_and_counts_once_for_each_person(ada, bruno, moderator):
    comment = actions.post(WISH, "La signora del terzo piano.", by=ada)
    actions.flag(comment, Flag.Reason.PERSONAL_DATA, by=bruno)
    actions.flag(comment, Flag.Reason.PERSONAL_DATA, by=bruno)

    assert count_of(WISH) == 0
    assert list(Comment.objects.to_check()) == [comment]
    actions.restore(comment, by=moderator)
    assert count_of(WISH) == 1
    assert [one.state for one in Flag.objects.all()] == [Flag.State.DISMISSED]


def test_another_report_leaves_it_in_sight_until_somebody_decides(ada, bruno, moderator):
    comment = actions.post(WISH, "Comprate da noi!", by=ada)
    actions.flag(comment, Flag.Reason.SPAM, by=bruno)
    assert count_of(WISH) == 1

    actions.hide(comment, by=moderator, note="Pubblicità.")

    assert count_of(WISH) == 0
    assert not Comment.objects.to_check().exists()


def test_addresses_of_a_newcomer_wait_and_are_seen_nowhere(ada, moderator):
    comment = actions.post(WISH, "https://a.example.org e https://b.example.org", by=ada)
    assert (thread_of(WISH), list(Comment.objects.to_check())) == ([], [comment])

    actions.keep_hidden(comment, by=moderator, note="Spam.")

    assert not Comment.objects.to_check().exists()
    assert thread_of(WISH) == []


def test_whoever_leaves_leaves_the_words_without_a_signature(ada, bruno):
    actions.post(WISH, "Resta.", by=ada)
    actions.flag(actions.post(WISH, "Altro.", by=bruno), Flag.Reason.OTHER, by=ada)
    user = User.objects.get(pk=ada.user_id)
    given = actions.export(user)

    actions.forget(user, "tomba")

    assert [row["testo"] for row in given["commenti"]] == ["Resta."]
    assert [one.signature for one in thread_of(WISH)] == ["Partecipante cancellato", "Partecipante 2"]
    assert count_of(WISH) == 2
    assert actions.export(user) == {"commenti": [], "segnalazioni": []}


def test_whoever_moderates_finds_the_way_there_from_the_desk(client, ada, bruno):
    grant_role(User.objects.get(pk=ada.user_id), RoleGrant.Role.MODERATOR, by=SYSTEM)
    client.force_login(User.objects.get(pk=ada.user_id))
    of_the_moderator = client.get("/scrivania").content.decode()
    client.force_login(User.objects.get(pk=bruno.user_id))
    of_somebody = client.get("/scrivania").content.decode()

    for address in ("/scrivania/moderazione", "/scrivania/paniere"):
        assert (f'href="{address}"' in of_the_moderator, f'href="{address}"' in of_somebody) == (True, False)
    assert ("nessun ente" in of_the_moderator, "nessun ente" in of_somebody) == (False, True)
