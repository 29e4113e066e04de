"""Proves that the community is closed to everybody else at once, that names stay inside, that documents age aloud."""

from datetime import timedelta
from itertools import product

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.comments.models import Comment
from opentusk.community import actions, tasks
from opentusk.community.errors import IllegalMove, Locked, NotAllowed, NotAnAnswer
from opentusk.community.models import DigestChoice, Document, DocumentVersion, Thread, ThreadFollower
from opentusk.joining.actions import reactivate, suspend
from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.journal.models import Entry, Task
from opentusk.people.actors import actor_of
from opentusk.people.belonging import leave

PAGES = ("/comunita", "/comunita/nuova", "/comunita/documenti", "/comunita/{thread}", "/comunita/documenti/{document}")


@pytest.fixture
def thread(ada) -> Thread:
    return actions.start_thread(
        by=actor_of(ada), category=Thread.Category.QUALITY, title="Descrizioni brevi", body="Come le scrivete?"
    )


@pytest.fixture
def document(lecce, ada) -> Document:
    return actions.add_document(
        lecce,
        [b"Prima stesura.\n"],
        by=actor_of(ada),
        name="guida.txt",
        kind=Document.Kind.GUIDE,
        title="Guida alle descrizioni",
        review_on=timezone.localdate() + timedelta(days=30),
    )


def answers(client, thread, document) -> list[int]:
    pages = [page.format(thread=thread.pk, document=document.pk) for page in PAGES]
    file = f"/comunita/file/{document.versions.get().key}"
    return [status(client, page) for page in (*pages, file)]


def status(client, page) -> int:
    answer = client.get(page)
    if answer.streaming:
        list(answer.streaming_content)
    return answer.status_code


def test_invariant_23_a_suspended_body_is_out_at_once_and_its_data_stay(client, lecce, ada, thread, document):
    client.force_login(ada)
    assert set(answers(client, thread, document)) == {200}

    today = timezone.localdate()
    suspend(lecce, reason="Verifica", on=today, by=SYSTEM)

    assert set(answers(client, thread, document)) == {403}
    assert client.post(f"/comunita/{thread.pk}", {"body": "Ancora io"}).status_code == 403
    with pytest.raises(NotAllowed):
        actions.answer(thread, "Ancora io", by=actor_of(ada))
    assert Thread.objects.visible().count() == 1
    reactivate(Agent.objects.get(pk=lecce.pk), reason="Fatto", on=today, by=SYSTEM)
    assert set(answers(client, thread, document)) == {200}


def test_people_of_bodies_that_did_not_join_and_visitors_stay_out(client, known_only, thread, document):
    assert set(answers(client, thread, document)) == {302}
    client.force_login(known_only)
    assert set(answers(client, thread, document)) == {403}
    with pytest.raises(NotAllowed):
        actions.start_thread(by=ANONYMOUS, category=Thread.Category.OTHER, title="a", body="b")


def test_members_see_name_and_body_and_nobody_else_sees_anything(client, bruno, known_only, thread):
    client.force_login(bruno)
    client.post(f"/comunita/{thread.pk}", {"body": "Due frasi e un esempio."})

    page = client.get(f"/comunita/{thread.pk}").content.decode()
    assert "Ada, Comune di Lecce" in page
    assert "Bruno, Comune di Lecce" in page
    comment = Comment.objects.get()
    client.force_login(known_only)
    assert client.get(f"/commenti/{comment.pk}/segnala").status_code == 404
    facts = str(list(Entry.objects.filter(event__startswith="comm").values_list("facts", "actor_label", "is_public")))
    assert "Bruno" not in facts
    assert "True" not in facts


@pytest.mark.parametrize(("before", "after"), list(product(Thread.State.values, repeat=2)))
def test_every_pair_of_states_of_a_thread(carla, thread, before, after):
    Thread.objects.filter(pk=thread.pk).update(state=before)
    if after in Thread.MOVES[before]:
        actions.move_thread(thread, Thread.State(after), by=actor_of(carla))
        assert thread.state == after
    else:
        with pytest.raises(IllegalMove):
            actions.move_thread(thread, Thread.State(after), by=actor_of(carla))


def test_the_desk_pins_and_locks_and_who_asked_says_what_helped(client, ada, bruno, carla, thread):
    useful = actions.answer(thread, "Due frasi.", by=actor_of(bruno))
    other = actions.start_thread(by=actor_of(bruno), category=Thread.Category.OTHER, title="Altro", body="Testo")
    stray = actions.answer(other, "Altrove.", by=actor_of(ada))
    for forbidden in (actions.set_pinned, actions.set_locked):
        with pytest.raises(NotAllowed):
            forbidden(thread, True, by=actor_of(bruno))
    with pytest.raises(NotAllowed):
        actions.mark_useful(thread, useful, by=actor_of(bruno))
    with pytest.raises(NotAnAnswer):
        actions.mark_useful(thread, stray, by=actor_of(ada))

    client.force_login(ada)
    client.post(f"/comunita/{thread.pk}/utile", {"comment": useful.pk})
    client.force_login(carla)
    for what in ("fissa", "chiudi"):
        client.post(f"/comunita/{thread.pk}/{what}")

    thread.refresh_from_db()
    assert (thread.useful_answer, thread.is_pinned, thread.is_locked) == (useful, True, True)
    assert list(Thread.objects.pinned_first()) == [thread, other]
    with pytest.raises(Locked):
        actions.answer(thread, "Anch'io.", by=actor_of(bruno))
    found = client.get("/comunita?q=due frasi").content.decode()
    assert "Descrizioni brevi" in found
    assert "Altro</a>" not in found


def test_documents_have_versions_and_classes_and_are_downloaded_as_files(client, ada, bruno, carla, document):
    client.force_login(ada)
    file = SimpleUploadedFile("guida-2.html", b"<script>alert(1)</script>")
    client.post(f"/comunita/documenti/{document.pk}", {"file": file, "note": "Esempi", "review_on": ""})

    assert [one.number for one in document.versions.all()] == [2, 1]
    key = document.versions.first().key
    answer = client.get(f"/comunita/file/{key}")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    client.force_login(bruno)
    assert client.post(f"/comunita/documenti/{document.pk}", {"file": file}).status_code == 403
    assert DocumentVersion.objects.count() == 2

    for access, statuses in (("public", [200, 200]), ("community", [302, 200]), ("staff", [302, 403])):
        Document.objects.filter(pk=document.pk).update(access=access)
        client.logout()
        said = [status(client, f"/comunita/file/{key}")]
        client.force_login(ada)
        assert [*said, status(client, f"/comunita/file/{key}")] == statuses


def test_a_document_to_be_looked_at_again_is_said_once_to_its_body(document, ada):
    day = document.review_on
    assert actions.ask_for_reviews(today=day - timedelta(days=1)) == 0
    assert [actions.ask_for_reviews(today=day) for _time in range(2)] == [1, 0]
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]

    actions.set_review(document, day + timedelta(days=90), by=actor_of(ada))
    assert actions.ask_for_reviews(today=day + timedelta(days=90)) == 1


def test_the_daily_letter_goes_to_members_who_want_it_while_they_are_members(client, lecce, bruno, thread):
    client.force_login(bruno)
    client.post("/comunita/riepilogo", {"wants": "1"})
    choice = DigestChoice.objects.get(user=bruno)
    DigestChoice.objects.update(told_until=thread.created_at - timedelta(hours=1))
    tasks.digest()
    tasks.digest()
    # One for Bruno, who asked for everything, and one for Ada, who follows what she wrote.
    assert Task.objects.filter(function="opentusk.community.tasks.write_digest").count() == 2

    assert [actions.write_digest(choice.pk) for _time in range(2)] == [True, False]
    assert "Descrizioni brevi" in mail.outbox[0].body
    DigestChoice.objects.update(told_until=thread.created_at - timedelta(hours=1))
    suspend(lecce, reason="Verifica", on=timezone.localdate(), by=SYSTEM)
    assert actions.write_digest(choice.pk) is False
    assert len(mail.outbox) == 1


def test_whoever_writes_in_a_thread_hears_of_the_answers_of_others_and_may_stop(client, ada, bruno, thread):
    choice = DigestChoice.objects.get(user=ada)
    assert choice.only_followed
    actions.answer(thread, "Io ne scrivo due.", by=actor_of(ada))
    assert actions.write_digest(choice.pk) is False

    actions.answer(thread, "E io tre.", by=actor_of(bruno))
    assert [actions.write_digest(choice.pk) for _time in range(2)] == [True, False]
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]
    assert f"/comunita/{thread.pk}" in mail.outbox[0].body

    client.force_login(ada)
    client.post(f"/comunita/{thread.pk}/non-seguire")
    assert not DigestChoice.objects.filter(user=ada).exists()


def test_a_thread_is_followed_with_one_press_beside_the_letter_of_everything(client, bruno, carla, thread):
    actions.choose_digest(True, by=actor_of(bruno))
    client.force_login(bruno)

    client.post(f"/comunita/{thread.pk}/segui")
    client.post(f"/comunita/{thread.pk}/segui")
    assert "Non seguire più" in client.get(f"/comunita/{thread.pk}").content.decode()
    client.post(f"/comunita/{thread.pk}/non-seguire")

    assert not DigestChoice.objects.get(user=bruno).only_followed
    assert not ThreadFollower.objects.filter(user=bruno).exists()


def test_nobody_follows_what_they_may_not_read(known_only, thread):
    with pytest.raises(NotAllowed):
        actions.follow(thread, by=actor_of(known_only))


def test_only_the_people_of_the_community_have_its_link_in_the_header(client, bruno, known_only):
    client.force_login(known_only)
    assert 'href="/comunita"' not in client.get("/temi").content.decode()

    client.force_login(bruno)
    assert 'href="/comunita"' in client.get("/temi").content.decode()


def test_who_leaves_leaves_the_words_without_a_name(client, ada, bruno, thread):
    leave(ada)

    client.force_login(bruno)
    page = client.get(f"/comunita/{thread.pk}").content.decode()
    assert "Partecipante cancellato" in page
    assert "Ada" not in page
