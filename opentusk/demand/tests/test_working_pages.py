"""Proves that who leads a table, the desk and the bodies do their work on pages, and nobody else does."""

from datetime import date

import pytest
from django.utils import timezone

from opentusk.demand.clocks import clock_of
from opentusk.demand.models import Suggestion
from opentusk.demand.states import MOVES, Move, State
from opentusk.search.actions import rebuild_index

pytestmark = pytest.mark.django_db


def press(client, item, name, **said):
    answer = client.post(
        f"/scrivania/paniere/{item.pk}/{name}", {f"{name}-{key}": value for key, value in said.items()}
    )
    item.refresh_from_db()
    return answer


def test_from_the_desk_to_the_body_and_back_each_with_its_own_buttons(
    enter, wish, staff, referent, stranger, lecce, published, settings, tmp_path
):
    settings.SEARCH_DIR = tmp_path / "search"
    rebuild_index()
    item = wish("Alberi monumentali")
    client = enter(staff)
    assert "Alberi monumentali" in client.get("/scrivania/paniere").content.decode()
    press(client, item, "accept")
    press(client, item, "assign", body=lecce.pk, due_on="2030-05-01")
    assert (item.state, item.due_on) == (State.ASSIGNED, date(2030, 5, 1))

    client = enter(stranger)
    assert client.get(f"/scrivania/paniere/{item.pk}").status_code == 403
    assert item.title not in client.get("/scrivania/richieste").content.decode()

    client = enter(referent)
    assert item.title in client.get("/scrivania/richieste").content.decode()
    press(client, item, "decline", note="Lo tiene la Provincia")
    assert client.get(f"/scrivania/paniere/{item.pk}").status_code == 403
    client = enter(staff)
    assert "Lo tiene la Provincia" in client.get(f"/scrivania/paniere/{item.pk}").content.decode()
    press(client, item, "assign", body=lecce.pk)

    client = enter(referent)
    press(client, item, "start", due_on="2030-06-01")
    page = client.get(f"/scrivania/paniere/{item.pk}").content.decode()
    assert f'value="{published.slug}"' in page and "Lo tiene la Provincia" not in page
    assert press(client, item, "link", dataset="https://dati.example.org/dataset/non-c-e").status_code == 400
    press(client, item, "link", dataset=f"https://dati.example.org/dataset/{published.slug}/")
    assert item.state == State.PUBLISHED

    client = enter(staff)
    press(client, item, "reopen", note="Mancano gli anni")
    press(client, item, "link", dataset=published.slug)
    press(client, item, "verify")
    assert item.state == State.VERIFIED


@pytest.mark.parametrize("state", State.values)
def test_the_page_offers_exactly_the_moves_of_the_table(enter, wish, staff, lecce, state):
    other = wish("Altra")
    item = wish(
        "Alberi",
        state=state,
        assigned_body=lecce,
        refusal_reason="not_held" if state == "refused" else "",
        merged_into=other if state == "merged" else None,
    )

    offered = {form.move for form in enter(staff).get(f"/scrivania/paniere/{item.pk}").context["forms"]}

    assert offered == {Move(move) for one, move in MOVES if one == state}


def test_a_refusal_without_an_answer_is_refused_and_what_was_written_stays(enter, wish, staff):
    item = wish()
    client = enter(staff)
    wrong = press(client, item, "refuse", reason="already_published", answer="C'è già, guarda bene")
    press(client, item, "refuse", reason="not_held", answer="Nessuno lo raccoglie")
    press(client, item, "reconsider", note="Adesso sì")

    assert wrong.status_code == 400 and "guarda bene" in wrong.content.decode()
    assert "Scegli il dataset che risponde già." in wrong.content.decode()
    assert (item.state, item.public_answer) == (State.IN_BASKET, "Adesso sì")


def test_a_suggestion_that_is_not_it_goes_away(enter, wish, staff, published):
    item = wish(state="in_basket")
    suggestion = Suggestion.objects.create(item=item, dataset=published)
    client = enter(staff)
    client.post(f"/scrivania/paniere/{item.pk}/scarta", {"suggestion": suggestion.pk})

    suggestion.refresh_from_db()
    assert suggestion.dismissed_at is not None


def test_a_dataset_of_another_body_is_shown_without_a_button_that_fails(enter, wish, staff, bari, published):
    item = wish(state="assigned", assigned_body=bari)
    Suggestion.objects.create(item=item, dataset=published)
    address = f"/scrivania/paniere/{item.pk}"

    page = enter(staff).get(address).content.decode()
    assert "lo collega solo la redazione" in page and f'value="{published.slug}"' not in page
    item.assigned_body = published.rights_holder
    item.save()

    page = enter(staff).get(address).content.decode()
    assert "lo collega solo la redazione" not in page and f'value="{published.slug}"' in page


def test_the_clocks_count_working_days_and_days(wish):
    friday = timezone.make_aware(timezone.datetime(2026, 4, 3, 12))
    proposed, waiting = wish(state_since=friday), wish(state="in_basket", state_since=friday)

    # Five working days after the Friday before Easter: Monday is a holiday.
    assert clock_of(proposed) == date(2026, 4, 13)
    assert clock_of(waiting) == date(2026, 4, 23)
    assert clock_of(wish(state="verified")) is None
