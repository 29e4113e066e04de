"""Proves who may make, rename and close an account, and that the journal keeps no name."""

import pytest

from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.journal.models import Entry
from opentusk.people.accounts import close_account, open_account, rename_account, reopen_account
from opentusk.people.actors import actor_of
from opentusk.people.errors import AddressTaken, LastAdmin, NotAllowed, WeakPassword
from opentusk.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def root() -> User:
    return User.objects.create_user("root@example.org", desk_role="admin")


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada@example.org", name="Ada")


def test_who_runs_the_portal_makes_an_account_once_and_with_a_strong_password(root):
    made = open_account(" Eva@Example.org ", name="Eva", password="una frase abbastanza lunga", by=actor_of(root))

    assert (made.email, made.check_password("una frase abbastanza lunga")) == ("eva@example.org", True)
    with pytest.raises(AddressTaken):
        open_account("EVA@example.org", by=actor_of(root))
    with pytest.raises(WeakPassword) as refused:
        open_account("zoe@example.org", password="12345678", by=actor_of(root))
    assert refused.value.reasons[0] == "La parola d'ordine è troppo corta: servono almeno 12 caratteri."


def test_others_make_and_close_nothing(ada):
    editor = User.objects.create_user("desk@example.org", desk_role="editor")

    for actor in (ANONYMOUS, actor_of(ada), actor_of(editor)):
        with pytest.raises(NotAllowed):
            open_account("eva@example.org", by=actor)
        with pytest.raises(NotAllowed):
            close_account(ada, by=actor)


def test_a_name_is_changed_by_its_person_and_never_written_in_the_journal(ada, root):
    stranger = User.objects.create_user("bob@example.org")

    rename_account(ada, "Ada Rossi", by=actor_of(ada))
    rename_account(ada, "Ada Bianchi", by=actor_of(root))

    with pytest.raises(NotAllowed):
        rename_account(ada, "x", by=actor_of(stranger))
    assert User.objects.get(pk=ada.pk).name == "Ada Bianchi"
    assert "Rossi" not in str(list(Entry.objects.values()))


def test_a_closed_account_is_nobody_until_it_is_opened_again(ada, root):
    close_account(ada, by=actor_of(root))
    assert actor_of(User.objects.get(pk=ada.pk)) == ANONYMOUS

    reopen_account(ada, by=actor_of(root))
    assert actor_of(User.objects.get(pk=ada.pk)).user_id == ada.pk
    assert list(Entry.objects.order_by("seq").values_list("event", flat=True)) == [
        "people.account_closed",
        "people.account_reopened",
    ]


def test_somebody_is_always_left_who_runs_the_portal(root):
    with pytest.raises(LastAdmin):
        close_account(root, by=SYSTEM)
