"""Proves that a copy without columns keeps every other cell as it was written."""

import csv

from opentusk.kit.tables.copying import copy_without
from opentusk.kit.tables.pipeline import examine_table
from opentusk.kit.tables.shapes import Options


def test_a_copy_without_a_column_keeps_the_texts_of_the_others(tmp_path):
    path = tmp_path / "iscritti.csv"
    path.write_bytes("Nome;Codice;Importo;Città\nAda;071057;1.234,56;Forlì\nEva;000001;n.d.;Cantù\n".encode("cp1252"))
    found = examine_table(path, name="iscritti.csv", out=tmp_path / "out")

    labels = copy_without(
        path,
        name="iscritti.csv",
        key="",
        left_out={"nome"},
        out=tmp_path / "copia.csv",
        options=Options(known=found.columns),
    )

    with (tmp_path / "copia.csv").open(encoding="utf-8") as copied:
        rows = list(csv.reader(copied))
    assert labels == ("Codice", "Importo", "Città")
    assert rows == [["Codice", "Importo", "Città"], ["071057", "1.234,56", "Forlì"], ["000001", "n.d.", "Cantù"]]
