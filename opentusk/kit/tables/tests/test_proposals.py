"""Proves that what could be better is proposed with its cells before and after, and done only once accepted."""

from pathlib import Path

import pytest

from opentusk.kit.tables.pipeline import examine_table
from opentusk.kit.tables.shapes import Options
from opentusk.kit.tables.tests.tables import codes_of, column_of, examine, exceptions_of, rows_of

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples" / "tables"


def both(tmp_path, content, code):
    """The examination before and after a proposal is accepted, and the proposal."""
    before = examine(tmp_path, content)
    after = examine(tmp_path, content, accepted=frozenset({code}))
    proposal = next(proposal for proposal in before.proposals if proposal.code == code)
    assert not proposal.accepted
    assert next(proposal for proposal in after.proposals if proposal.code == code).accepted
    assert proposal.words_it
    assert proposal.words_en
    return before, after, proposal


def test_totals_are_left_out_once_accepted(tmp_path):
    content = "Voce;Spesa\nacqua;10\nluce;20\nTOTALE;30\n"

    before, after, proposal = both(tmp_path, content, "totals.exclude")

    assert column_of(before, "spesa") == [10, 20, 30]
    assert column_of(after, "spesa") == [10, 20]
    assert after.rows == 3
    assert proposal.examples[0].before == "TOTALE · 30"


def test_lost_zeros_come_back_once_accepted(tmp_path):
    content = "Codice ISTAT;Abitanti\n71057;10\n72006;20\n1272;5\n"

    before, after, proposal = both(tmp_path, content, "zeros.pad:codice_istat")

    assert column_of(before, "codice_istat") == ["71057", "72006", "1272"]
    assert column_of(after, "codice_istat") == ["071057", "072006", "001272"]
    assert (proposal.examples[0].before, proposal.examples[0].after) == ("71057", "071057")


def test_blanks_around_go_once_accepted(tmp_path):
    content = "Nome;n\n Centro ;1\nMare\u00a0Nord;2\nMonte;3\n"

    before, after, _proposal = both(tmp_path, content, "spaces.trim")

    assert column_of(before, "nome") == [" Centro ", "Mare\u00a0Nord", "Monte"]
    assert column_of(after, "nome") == ["Centro", "Mare Nord", "Monte"]


def test_units_move_from_the_cells_to_the_column_once_accepted(tmp_path):
    content = "Percorso;Lunghezza\nA;12,5 km\nB;3,0 km\n"

    before, after, proposal = both(tmp_path, content, "units.strip:lunghezza")

    assert column_of(before, "lunghezza") == ["12,5 km", "3,0 km"]
    assert [float(value) for value in column_of(after, "lunghezza")] == [12.5, 3.0]
    assert after.columns[1].unit == "km"
    assert proposal.examples[0].after in ("12.5", "12.50")


def test_a_pair_of_coordinates_becomes_two_columns_once_accepted(tmp_path):
    content = 'Fermata;coordinate\nuno;"44.5151, 11.2847"\ndue;"44.5026, 11.2744"\n'

    before, after, _proposal = both(tmp_path, content, "coordinates.split:coordinate")

    assert [column.name for column in before.columns] == ["fermata", "coordinate"]
    assert rows_of(after)[0] == {
        "fermata": "uno", "coordinate": "44.5151, 11.2847", "coordinate_latitudine": 44.5151,
        "coordinate_longitudine": 11.2847,
    }  # fmt: skip
    assert before.bbox == after.bbox == (11.2744, 44.5026, 11.2847, 44.5151)


def test_periods_become_rows_once_accepted(tmp_path):
    content = "Regione;2021;2022;2023\nPuglia;1;2;3\nMolise;4;;6\n"

    _before, after, proposal = both(tmp_path, content, "periods.unpivot")

    assert [tuple(row.values()) for row in rows_of(after)] == [
        ("Puglia", "2021", 1), ("Puglia", "2022", 2), ("Puglia", "2023", 3),
        ("Molise", "2021", 4), ("Molise", "2022", None), ("Molise", "2023", 6),
    ]  # fmt: skip
    assert proposal.count == 3
    assert len(after.profiles) == len(after.columns) == 3


def test_empty_columns_go_once_accepted(tmp_path):
    before, after, _proposal = both(tmp_path, "a;b;c\n1;;x\n2;;y\n", "columns.drop_empty")

    assert [column.name for column in before.columns] == ["a", "b", "c"]
    assert [column.name for column in after.columns] == ["a", "c"]


def test_the_month_may_come_first(tmp_path):
    before, after, _proposal = both(tmp_path, "Voce;Data\na;01/02/2024\nb;03/04/2024\n", "dates.month_first:data")

    assert [value.month for value in column_of(before, "data")] == [2, 4]
    assert [value.month for value in column_of(after, "data")] == [1, 3]


def test_metres_are_drawn_in_a_system_that_is_said_and_can_be_confirmed(tmp_path):
    path = SAMPLES / "alessandria_alberi.csv.zip"

    asked = examine_table(path, name=path.name, out=tmp_path / "a")
    chosen = examine_table(
        path, name=path.name, out=tmp_path / "b", options=Options(accepted=frozenset({"crs.choose:EPSG:3003"}))
    )

    told = next(problem for problem in asked.problems if problem.code == "table.projected")
    assert (told.severity, told.values["crs"], told.fix) == ("major", "EPSG:3003", "crs.choose:EPSG:3003")
    assert asked.bbox == pytest.approx((8.528, 44.859, 8.768, 44.977), abs=0.001)
    assert next(problem for problem in chosen.problems if problem.code == "table.projected").severity == "info"


@pytest.mark.parametrize(
    ("territory", "east", "north", "point"),
    [
        ("", 2_659_000, 4_551_000, (16.655, 41.098)),  # Gauss-Boaga, east
        ("072006", 657_000, 4_552_000, (16.870, 41.104)),  # UTM 33: Bari
        ("006003", 470_000, 4_973_000, (8.619, 44.911)),  # UTM 32: Alessandria
    ],
)
def test_projected_points_fall_where_they_are(tmp_path, territory, east, north, point):
    lines = "".join(f"albero {n};{east + n}.5;{north + n}.5\n" for n in range(3))

    found = examine(tmp_path, "Nome;Coord X;Coord Y\n" + lines, territory=territory)

    assert (found.bbox[0], found.bbox[1]) == pytest.approx(point, abs=0.002)


def test_swapped_degrees_are_put_right_on_the_map_and_told(tmp_path):
    found = examine(tmp_path, "Nome;Latitudine;Longitudine\na;16.87;41.12\nb;16.9;41.1\n")

    assert found.bbox == (16.87, 41.1, 16.9, 41.12)
    assert "table.swapped_coordinates" in codes_of(found)


def test_nothing_of_a_person_is_shown(tmp_path):
    content = "Nome e cognome;Codice fiscale;Importo\n" + "".join(
        f"{name};{code};1{n}0,00\n"
        for n, (name, code) in enumerate(
            [
                ("Mario Rossi ", "RSSMRA85T10A562S"),
                ("Anna Bianchi", "BNCNNA80A41H501N"),
                ("Ugo Verdi", "VRDGUO70C15F205X"),
            ]
        )
    )

    found = examine(tmp_path, content)

    hidden = {column.name for column in found.columns if column.is_personal}
    assert "codice_fiscale" in hidden
    said = repr((found.profiles, found.proposals, found.problems, [column.codes for column in found.columns]))
    assert "RSSMRA85T10A562S" not in said
    profile = next(profile for profile in found.profiles if profile.name == "codice_fiscale")
    assert (profile.top, profile.examples, profile.min, profile.patterns) == ((), (), None, ())
    assert (profile.distinct, profile.nulls) == (3, 0)


def test_an_exception_of_a_person_has_no_text(tmp_path):
    lines = [f"Ente {n};{n:02d}/03/1980" for n in range(1, 29)] * 8
    lines[100] = "Ente 17;nato nel 1980"

    found = examine(tmp_path, "Cognome e nome;Data di nascita\n" + "\n".join(lines) + "\n")

    assert found.columns[1].is_personal
    assert exceptions_of(found) == [(101, "data_di_nascita", "")]
