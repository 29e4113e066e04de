"""Proves that real files, read as they are, get the description that a person would begin with."""

from datetime import date
from pathlib import Path

import pytest

from opentusk.kit.records import ContactPoint
from opentusk.kit.suggesting.shapes import Body
from opentusk.kit.suggesting.suggest import Circumstance, suggest_metadata
from opentusk.kit.tables.formats.opening import list_tables
from opentusk.kit.tables.pipeline import examine_table

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples" / "tables"
EXCERPTS = SAMPLES / "excerpts"
BODY = Body(name="Comune di Lecce", ipa_code="c_e506", territory="Lecce", istat="075035", contact=ContactPoint())
NONE = None


# file, title, theme, sub-theme, first and last day, place: read by eye in the file. An English or German file, or one
# without a subject, has no theme: nothing is better than something wrong.
@pytest.mark.parametrize(
    ("path", "title", "theme", "subtheme", "start", "end", "place"),
    [
        (SAMPLES / "palermo_edifici_pubblici_cp1252.csv", "Edifici pubblici", "GOVE", "100169", NONE, NONE, "Palermo"),
        (SAMPLES / "alessandria_alberi.csv.zip", "Alberi", "ENVI", "100243", "2006-02-08", "2024-11-28", "Alessandria"),
        (SAMPLES / "alessandria_ingressi_biblioteca_2023.csv", "Ingressi biblioteca", "EDUC", "100220", "2023-01-01", "2023-12-31", "Alessandria"),
        (SAMPLES / "alessandria_segnalazioni_municipium.csv", "Segnalazioni municipium", "GOVE", "100169", "2023-05-08", NONE, "Alessandria"),
        (SAMPLES / "brescia_fermate_autobus.csv", "Fermate autobus", "TRAN", "100239", NONE, NONE, "Brescia"),
        (SAMPLES / "brescia_parcheggi_struttura.csv", "Parcheggi struttura", "TRAN", "100238", NONE, NONE, "Brescia"),
        (SAMPLES / "lizzano_popolazione.csv", "Lizzano popolazione", "SOCI", "100210", "2019-01-01", NONE, "Lecce"),
        (SAMPLES / "torre_annunziata_stato-civile-2023.csv", "Stato civile", "SOCI", "100210", "2023-01-01", "2023-12-31", "Torre Annunziata"),
        (SAMPLES / "ondata_test_wide_format.csv", "Ondata wide format", NONE, NONE, "2018-01-01", "2023-12-31", "Italia"),
        (EXCERPTS / "comune-di-formigine-incidenti-per-giorno-della-settimana-202.csv", "Incidenti per giorno della settimana", "TRAN", "100239", NONE, NONE, "Formigine"),
        (EXCERPTS / "sinistri-stradali-anno-2023.csv", "Sinistri stradali", "TRAN", "100239", "2023-01-01", "2023-01-02", "Lecce"),
        (EXCERPTS / "esercizi-alberghieri-ed-extra-alberghieri.csv", "Esercizi alberghieri ed extra alberghieri", "ECON", "100226", "2019-01-01", "2019-12-31", "Lecce"),
        (EXCERPTS / "comune-di-pescara-famiglie-residenti-per-via.csv", "Famiglie residenti per via", "SOCI", "100208", NONE, NONE, "Pescara"),
        (EXCERPTS / "referendum-abrogativi-2022.csv", "Referendum abrogativi", "GOVE", "100165", "2022-01-01", "2022-12-31", "Lecce"),
        (EXCERPTS / "elenco-varchi-bologna.csv", "Elenco varchi", "TRAN", "100239", "2019-01-01", "2022-12-31", "Bologna"),
        (EXCERPTS / "tper-stazioni-ferroviarie.csv", "Tper stazioni ferroviarie", "TRAN", "100239", NONE, NONE, "Bologna"),
        (EXCERPTS / "numerazione-civica-residenziale-geolocalizzata-2022.csv", "Numerazione civica residenziale geolocalizzata", "REGI", NONE, "2022-01-01", "2022-12-31", "Torino"),
        (EXCERPTS / "percorsi-ciclabili-e-sentieri.csv", "Percorsi ciclabili e sentieri", "TRAN", "100239", NONE, NONE, "Italia"),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else None,
)  # fmt: skip
def test_a_real_file_is_described_as_a_person_would(path, title, theme, subtheme, start, end, place, tmp_path):
    found = described(path, tmp_path)

    assert found["title_it"].value == title
    assert code_of(found, "theme") == theme
    assert code_of(found, "subject") == subtheme
    assert (found["start_date"].value if start else found.get("start_date")) == start
    if end:
        assert found["end_date"].value == end
    assert found["place"].value == place


@pytest.mark.parametrize("path", sorted(EXCERPTS.glob("*.csv"))[::3], ids=lambda path: path.name)
def test_every_italian_excerpt_gets_a_theme_and_a_description_long_enough(path, tmp_path):
    found = described(path, tmp_path)

    assert code_of(found, "theme")
    assert len(found["description_it"].value) >= 80
    assert "da completare" not in found["description_it"].value.lower()


def described(path, folder):
    tables = [
        examine_table(path, name=path.name, out=folder / f"{number}", key=source.key)
        for number, source in enumerate(list_tables(path, name=path.name))
    ]
    return suggest_metadata(tables, Circumstance(body=BODY, today=date(2026, 11, 24), file_name=path.name))


def code_of(found, field):
    return found[field].value[0].rpartition("/")[2] if field in found else None
