"""Proves that a description is written once: copies, and the year that follows."""

import pytest
from pyoxigraph import RdfFormat, parse

from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.errors import NotAllowed
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import trees
from opentusk.editorial.actions import duplicate, next_in_series, series_of, sign_declaration, start_series
from opentusk.editorial.errors import NoPeriod
from opentusk.editorial.repeating import next_record
from opentusk.editorial.tests.conftest import ANSWERS, open_kinds
from opentusk.kit import records as kit

pytestmark = pytest.mark.django_db


def fresh(dataset) -> Dataset:
    return Dataset.objects.with_holder().get(pk=dataset.pk)


def test_a_copy_has_the_description_and_nothing_of_its_own(draft, ada):
    copy = duplicate(draft, by=ada)
    second = duplicate(draft, by=ada)

    record, stored = to_record(fresh(copy)), to_record(fresh(draft))
    assert (copy.identifier, second.identifier) == ("c_e506:alberi-copia", "c_e506:alberi-copia-2")
    assert record.title["it"] == "Alberi del verde pubblico (copia)"
    assert (record.description, record.theme, record.keyword) == (stored.description, stored.theme, stored.keyword)
    assert (record.distribution, record.modified, record.issued, record.temporal) == ((), None, None, ())
    assert record.iri.endswith("/c_e506/alberi-copia")
    assert open_kinds() == ["declaration"] * 3


def test_the_next_year_is_ready(lecce, ada):
    period = (kit.PeriodOfTime(start_date="2025-01-01", end_date="2025-12-31"),)
    text = {"it": "Incidenti stradali dell'anno 2025, confrontati con il 2024, uno per riga, con luogo e ora."}
    record = trees("c_e506:incidenti-2025", title={"it": "Incidenti 2025"}, description=text, temporal=period)
    first = create_draft(record, holder=lecce, by=ada)
    series = start_series(first, title="Incidenti stradali", by=ada)

    second = next_in_series(fresh(first), by=ada)

    following, stored = to_record(fresh(second)), to_record(fresh(first))
    assert second.identifier == "c_e506:incidenti-2026"
    assert following.title["it"] == "Incidenti 2026"
    assert "dell'anno 2026, confrontati con il 2025" in following.description["it"]
    assert [(one.start_date, one.end_date) for one in following.temporal] == [("2026-01-01", "2026-12-31")]
    assert following.in_series == stored.in_series != ()
    assert stored.iri in following.relation
    assert following.distribution == ()
    assert series_of(fresh(second)) == series == start_series(fresh(first), title="Di nuovo", by=ada)
    assert list(Dataset.objects.in_series(following.in_series[0]).by_title()) == [first, second]


def test_the_address_of_a_series_answers_people_and_programs_when_something_of_it_is_public(draft, ada, client):
    series = start_series(draft, title="Alberi di Lecce", by=ada)
    [iri] = to_record(fresh(draft)).in_series
    address = iri.removeprefix("http://localhost:8000")
    assert client.get(address).status_code == 404

    sign_declaration(draft, ANSWERS, by=ada)
    publish(draft, by=ada)

    assert "Alberi di Lecce" in client.get(address, follow=True).content.decode()
    turtle = client.get(address, headers={"Accept": "text/turtle"}, follow=True)
    [node] = [quad for quad in parse(turtle.content, RdfFormat.TURTLE) if "DatasetSeries" in str(quad.object)]
    assert str(node.subject) == f"<{iri}>"
    assert client.get(f"/serie/{series.uuid}").status_code == 200


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025-01-01", "2025-12-31", ("2026-01-01", "2026-12-31")),
        ("2023-01-01", "2024-12-31", ("2025-01-01", "2026-12-31")),
        ("2024-09-01", "2025-08-31", ("2025-09-01", "2026-08-31")),
        ("2025-06-01", "2025-09-30", ("2026-06-01", "2026-09-30")),
        ("2024-02-29", "2024-02-29", ("2025-02-28", "2025-02-28")),
        ("2025", "2025", ("2026-01-01", "2026-12-31")),
        ("2025-02", "2025-02", ("2026-02-01", "2026-02-28")),
        ("2025-01-01", None, ("2026-01-01", None)),
    ],
)
def test_a_period_moves_on_by_its_own_length(db, start, end, expected):
    record = trees(temporal=(kit.PeriodOfTime(start_date=start, end_date=end),))

    [moved] = next_record(record).temporal

    assert (moved.start_date, moved.end_date) == expected


def test_without_a_period_nobody_knows_what_comes_next(lecce, ada):
    draft = create_draft(trees(temporal=()), holder=lecce, by=ada)

    with pytest.raises(NoPeriod):
        next_in_series(draft, by=ada)


def test_only_its_own_body_copies_a_dataset(draft, bruno):
    for act in (duplicate, next_in_series):
        with pytest.raises(NotAllowed):
            act(draft, by=bruno)
