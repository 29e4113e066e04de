"""Proves that delimited text is read whole in whatever encoding and dialect it comes, and that nothing is lost."""

import pytest

from opentusk.kit.tables.delimited.encodings import CODECS
from opentusk.kit.tables.tests.tables import codes_of, column_of, examine, exceptions_of, rows_of

TOWNS = "Città;Perché\nForlì;è più lontana\nCantù;non c'è fretta\nNardò;l’età è quella, però\nSanthià;già così\n"


@pytest.mark.parametrize("encoding", sorted(set(CODECS) - {"cp437", "cp850", "macintosh"}))
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_italian_is_read_in_every_encoding(tmp_path, encoding, bom):
    if bom and not encoding.startswith("utf"):
        bom = ""

    found = examine(tmp_path, (bom + TOWNS.replace("’", "'")).encode(CODECS[encoding]))

    assert column_of(found, "citta") == ["Forlì", "Cantù", "Nardò", "Santhià"]
    assert found.dialect.encoding in (encoding, "windows-1252")


@pytest.mark.parametrize("codec", ["cp437", "cp850", "mac_roman"])
def test_italian_is_read_from_old_machines(tmp_path, codec):
    found = examine(tmp_path, TOWNS.replace("’", "'").encode(codec))

    assert column_of(found, "citta") == ["Forlì", "Cantù", "Nardò", "Santhià"]
    assert found.dialect.encoding in ("cp850", "macintosh")


def test_a_euro_and_a_curly_apostrophe_are_of_windows(tmp_path):
    found = examine(tmp_path, "Voce;Nota\nbollo;€ 16,00 per l’anno\nsosta;già pagata\n".encode("cp1252"))

    assert found.dialect.encoding == "windows-1252"
    assert column_of(found, "nota")[0] == "€ 16,00 per l’anno"


def test_a_few_bytes_of_windows_in_utf8_are_kept(tmp_path):
    lines = "".join(f"v{n};così è già più età però\n" for n in range(30)).encode() + "ultimo;perché\n".encode("cp1252")

    found = examine(tmp_path, b"Voce;Nota\n" + lines)

    assert column_of(found, "nota")[-1] == "perché"
    assert "table.invalid_bytes" in codes_of(found)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|", "^"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_separator_and_line_end_is_read(tmp_path, delimiter, line_end):
    lines = ["a", "b", "c"], ["1", "due", "2024-01-31"], ["3", "quattro", "2024-02-29"], ["5", "sei", "2024-03-31"]

    found = examine(tmp_path, line_end.join(delimiter.join(line) for line in lines) + line_end)

    assert found.dialect.delimiter == delimiter
    assert found.dialect.line_ending == line_end
    assert column_of(found, "b") == ["due", "quattro", "sei"]


def test_a_line_that_names_its_separator_is_obeyed_and_left_out(tmp_path):
    found = examine(tmp_path, "sep=|\nnome|età\nAnna|3\nUgo|4\n")

    assert (found.dialect.delimiter, found.dialect.header_row, found.rows) == ("|", 2, 2)
    assert column_of(found, "nome") == ["Anna", "Ugo"]


def test_a_person_may_say_encoding_and_separator(tmp_path):
    found = examine(tmp_path, "nome,eta;n\nà,3;1\n".encode("cp850"), encoding="windows-1252", delimiter=";")

    assert (found.dialect.encoding, found.dialect.delimiter) == ("windows-1252", ";")
    assert rows_of(found) == [{"nome_eta": "…,3", "n": 1}]


def test_single_quotes_may_hold_the_separator(tmp_path):
    found = examine(tmp_path, "'nome','nota'\n'Anna','uno, due'\n'Ugo','tre'\n")

    assert column_of(found, "nota") == ["uno, due", "tre"]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path):
    lines = [f"v{n};{n}" for n in range(200)]

    found = examine(tmp_path, 'voce;valore\n"su due\nrighe";1\n\n' + "\n".join(lines) + "\nultima;boh\n")

    problem = next(problem for problem in found.problems if problem.code == "table.bad_cells")
    assert problem.row == 205
    assert exceptions_of(found) == [(202, "valore", "boh")]
    assert "table.blank_rows" in codes_of(found)


def test_ragged_rows_are_kept_and_listed_whole(tmp_path):
    found = examine(tmp_path, "a;b;c\nuno;2;3\ndue;5\ntre;8;9;dieci;11\nquattro;1;2\n")

    assert column_of(found, "a") == ["uno", "due", "tre", "quattro"]
    assert column_of(found, "c") == [3, None, 9, 2]
    assert exceptions_of(found) == [(2, "", "due;5"), (3, "", "tre;8;9;dieci;11")]


def test_a_quote_that_is_never_closed_swallows_nothing(tmp_path):
    found = examine(tmp_path, 'a;b\nuno;1\n"due;2\ntre;3\nquattro;4\ncinque;5\n')

    assert found.rows == 5
    assert "table.wrong_quotes" in codes_of(found)
    assert [row["a"] for row in rows_of(found)][2:] == ["tre", "quattro", "cinque"]


def test_a_stray_quote_in_a_cell_is_a_letter(tmp_path):
    found = examine(tmp_path, 'a;b\ntubo da 5";1\ntubo da 7" e mezzo;2\n')

    assert column_of(found, "a") == ['tubo da 5"', 'tubo da 7" e mezzo']


def test_invisible_marks_go_and_are_told(tmp_path):
    found = examine(tmp_path, ("ï»¿a;b\nu\ufeffno;1\ndue\x00;2\n" + "tre;3\n" * 500).encode())

    assert column_of(found, "a")[:3] == ["uno", "due", "tre"]
    assert {"table.bom_inside", "table.zero_bytes"} <= codes_of(found)


def test_double_encoding_is_mended_only_once_accepted(tmp_path):
    content = "citta;n\nForlÃ¬;1\nSanthiÃ\u00a0;2\nl’altra;3\n".encode()

    found = examine(tmp_path, content)
    mended = examine(tmp_path, content, accepted=frozenset({"encoding.double"}))

    assert column_of(found, "citta")[0] == "ForlÃ¬"
    assert "encoding.double" in {proposal.code for proposal in found.proposals}
    assert column_of(mended, "citta") == ["Forlì", "Santhià", "l’altra"]


def test_titles_and_footnotes_are_set_apart_and_kept(tmp_path):
    found = examine(
        tmp_path, "Elenco dei parcheggi;;\n;;\nNome;Posti;Zona\nCentro;120;A\nMare;80;B\nFonte: Comune di Bari;;\n"
    )

    assert column_of(found, "posti") == [120, 80]
    assert found.notes == ("Elenco dei parcheggi", "Fonte: Comune di Bari")
    assert (found.dialect.header_row, found.dialect.skip_rows) == (3, 2)
    assert {"table.header_below", "table.notes_below"} <= codes_of(found)


def test_labels_that_are_all_alike_are_labels(tmp_path):
    found = examine(tmp_path, "Totale;Totale\n1;2\n3;4\n")

    assert [column.name for column in found.columns] == ["totale", "totale_2"]
    assert "table.repeated_headers" in codes_of(found)


def test_headers_of_any_length_with_breaks_and_twins_stay_usable(tmp_path):
    long = "Numero degli alloggi " * 10
    found = examine(tmp_path, f'"Comune\ndi residenza";{long};{long};;\nBari;1;2;3;\nLecce;4;5;6;\n')

    assert [column.label for column in found.columns] == ["Comune di residenza", long.strip(), long.strip(), ""]
    assert all(len(column.name) <= 60 for column in found.columns)
    assert len({column.name for column in found.columns}) == 4
    assert found.columns[3].name == "colonna_4"


def test_two_header_rows_become_one(tmp_path):
    found = examine(tmp_path, ";2023;;2024;\nComune;maschi;femmine;maschi;femmine\nBari;1;2;3;4\nLecce;5;6;7;8\n")

    assert [column.label for column in found.columns] == [
        "Comune", "2023 - maschi", "2023 - femmine", "2024 - maschi", "2024 - femmine"
    ]  # fmt: skip


def test_breaks_inside_the_cells_of_a_large_file_move_the_lines_below(tmp_path):
    lines = [f'"primo rigo\nsecondo rigo {n}";{n}' for n in range(1, 300_001)]
    lines[200_000] = "senza a capo;boh"

    found = examine(tmp_path, "nota;valore\n" + "\n".join(lines) + "\n\n\n")

    problem = next(problem for problem in found.problems if problem.code == "table.bad_cells")
    assert (found.rows, problem.row) == (300_000, 400_002)
    assert exceptions_of(found) == [(200_001, "valore", "boh")]
    assert "table.blank_rows" not in codes_of(found)


def test_ten_thousand_ragged_rows_are_all_kept(tmp_path):
    lines = [f"v{n};{n}" + ";in più" * (n % 2) for n in range(20_000)]

    found = examine(tmp_path, "voce;valore\n" + "\n".join(lines) + "\n")

    assert (found.rows, found.exceptions) == (20_000, 10_000)
    assert column_of(found, "valore") == list(range(20_000))


def test_a_first_row_without_figures_is_no_second_header(tmp_path):
    found = examine(tmp_path, "Voce;Maschi;Femmine\nacqua;n.d.;n.d.\nluce;1;2\ngas;3;4\nsole;5;6\nvento;7;8\n")

    assert (found.rows, found.dialect.header_rows) == (5, 1)
    assert column_of(found, "maschi") == [None, 1, 3, 5, 7]
