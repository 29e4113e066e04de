"""What each sample is, read by eye: the table that `test_expected` holds the examinations against.

Encoding and separator are empty for formats that have none; the header row is 0 where there is none or the format
names its columns itself. Types are in the order of the columns, `integer*3` for three in a row. `why` says what is
special about the file, or how one sees that it is so.
"""

from typing import NamedTuple


class Expected(NamedTuple):
    """One table of one file."""

    file: str
    key: str
    encoding: str
    delimiter: str
    header_row: int
    rows: int
    types: str
    why: str


TABLES = (
    Expected("alessandria_alberi.csv.zip", "", "utf-8", ";", 1, 16_484,
             "integer text*5 boolean date decimal text*8 number*2",
             "one CSV in a zip; No/Si; coordinates in metres are measures, the height of the first branch has one decimal"),
    Expected("alessandria_ingressi_biblioteca_2023.csv", "", "utf-8", ";", 1, 12, "text integer*6", "pure ASCII"),
    Expected("alessandria_ingressi_biblioteca_2024.csv", "", "utf-8", ";", 1, 12, "text integer*6", "pure ASCII"),
    Expected("alessandria_segnalazioni_municipium.csv", "", "utf-8", ";", 1, 4_651,
             "integer text integer date*2 text*2", "ISO dates, blank where not closed yet"),
    Expected("brescia_fermate_autobus.csv", "", "utf-8", ",", 1, 1_295,
             "integer text number*2 integer text", "commas inside quoted names; degrees are measures"),
    Expected("brescia_parcheggi_struttura.csv", "", "utf-8", ",", 1, 20, "text integer number*2",
             "the same number of decimals nearly everywhere, but degrees are measures and not amounts"),
    Expected("datagouv_invalid.geojson", "", "utf-8", "", 0, 1, "text*2", "its only geometry has letters for numbers"),
    Expected("datapusher_weird_head_padding.csv", "", "utf-8", ";", 12, 60, "text*2 integer*8",
             "titles above, footnotes below, every row ends with `;`; 1985 holds only `.`; 2.003 is 2003, beside 235"),
    Expected("dati_gov_it_mqa_dataset_2026-08-18.csv.gz", "", "utf-8", ",", 1, 64_903, "text*4 integer",
             "gzip; identifiers that look like UUIDs"),
    Expected("dati_gov_it_mqa_titolari_2026-08-22.csv", "", "utf-8", ",", 1, 1_608,
             "text*3 integer number*7 integer*2 text*4", "405.0 beside 398.22: decimals vary; NA is a province here"),
    Expected("istat_comuni_issue811_latin1.csv", "", "windows-1252", ";", 1, 7_904,
             "text*8 integer text*3 integer boolean text*12",
             "0x8A and 0x9E are Š and ž, which latin-1 has not; breaks in two headers; all codes of places are text"),
    Expected("lizzano_popolazione.csv", "", "utf-8", ";", 1, 6, "integer*4 decimal*2 integer*10 decimal*5",
             "UTF-8 with BOM; a blank before each year; shares with two decimals and a comma"),
    Expected("ondata_test_aggregate_rows.csv", "", "utf-8", ",", 1, 7, "text*2 integer*4", "the last row is a total"),
    Expected("ondata_test_blockers.csv", "", "utf-8", ",", 1, 2, "text", "prose: no sign separates anything"),
    Expected("ondata_test_clean.csv", "", "utf-8", ",", 1, 8, "text*3 integer decimal integer date",
             "codes with leading zeros are text, an area has two decimals"),
    Expected("ondata_test_comma_decimal.csv", "", "utf-8", ";", 1, 8, "text integer decimal*3",
             "the comma is in every row too, but not in the header"),
    Expected("ondata_test_non_iso_dates.csv", "", "utf-8", ",", 1, 7, "integer text date*2 integer*2",
             "01/03/2023 and 22.05.2023: two signs, one order"),
    Expected("ondata_test_placeholders.csv", "", "utf-8", ",", 1, 10, "integer text integer*2 text*2",
             "n/a, n.d., nd, n.a. and - are empty, the rest are whole numbers"),
    Expected("ondata_test_wide_format.csv", "", "utf-8", ",", 1, 8, "text*2 integer*6", "years as columns"),
    Expected("palermo_edifici_pubblici_cp1252.csv", "", "cp850", ";", 1, 8_620, "text*4 integer*3",
             "0xF8 is ° of a DOS page in spite of the name; house numbers are text, one sheet number in a thousand is `25/D`"),
    Expected("puglia_dae_osm.csv", "", "utf-8", ",", 1, 519,
             "integer text*9 number*2 text*4 integer boolean integer date", "postcodes are codes; indoor is yes or no"),
    Expected("torre_annunziata_bilancio-demografico-2023.csv", "", "utf-8", ",", 1, 7, "text integer*3",
             "40318 has no separator of thousands"),
    Expected("torre_annunziata_stato-civile-2023.csv", "", "utf-8", ",", 1, 21, "text integer*7",
             "BOM; 1.894 is 1894, beside 699; an age such as 10-14 is no date"),
    Expected("ukqa_August-2010.xls", "", "", "", 1, 710, "text*2 date text*3 integer number text",
             "dates and amounts are typed by the sheet; the last column is empty"),
    Expected("ukqa_three_header_rows.ods", "", "", "", 3, 1_135,
             "integer text*26 datetime*2 text*6 number text*2 boolean*4 text*2 boolean text*83 boolean text*5 boolean*2 "
             "text boolean*2 text*4 boolean*2 text*3 boolean*6 text boolean*4 text*10 boolean text*8 boolean*4 text*3 "
             "boolean*2 text boolean*3 text boolean*3 text*2 boolean text*11 boolean text*26 boolean*7 text*11 boolean "
             "text*2 boolean*9 text boolean*2 text*12",
             "group, sub group and attribute: three rows; a question is boolean where all answers are Y or N"),
    Expected("xloader_german_sample.csv", "", "utf-8", ";", 1, 7, "text integer*9", "every cell of the header is quoted"),
    Expected("xloader_go-realtime.xlsx", "sheet:Realtime", "", "", 1, 47, "integer text*5",
             "two blank rows and a footnote below; a last column without name that holds one cell"),
    Expected("xloader_go-realtime.xlsx", "sheet:Tabelle1", "", "", 0, 39, "integer", "numbers from the first row: no header"),
    Expected("xloader_polling_locations.geojson", "", "utf-8", "", 0, 2, "integer number*2 text integer*2 text*11",
             "properties name the columns"),
    Expected("xloader_polling_locations.shapefile.zip", "", "utf-8", "", 0, 255,
             "integer number*2 text integer*2 text*11", "one precinct of 255 is no number"),
    Expected("xloader_sample_with_empty_lines.csv", "", "utf-8", ",", 1, 6, "date integer text",
             "a blank line between, several at the end"),
    Expected("xloader_sample_with_mixed_quotes.csv", "", "utf-8", ",", 1, 2,
             "text*7 date*3 integer text integer*3 boolean*3 text*2", "two records over 62 lines; 31/03/1971 settles the order"),
    # Excerpts: five rows or fewer, so a type stands on little.
    Expected("excerpts/bolognawifi-affollamento-storico-2021.csv", "", "utf-8", ",", 1, 5,
             "text*2 datetime integer text*2", "a BOM encoded twice; instants with a zone; coordinates in a cell"),
    Expected("excerpts/comune-di-formigine-gravit-incidenti-per-ufficio-competente.csv", "", "utf-8", ",", 1, 3,
             "text*2 integer*12", "months as columns"),
    Expected("excerpts/comune-di-formigine-incidenti-per-giorno-della-settimana-202.csv", "", "utf-8", ",", 1, 5,
             "text*2 integer number integer number integer*4", "shares with eight decimals are measures"),
    Expected("excerpts/comune-di-maranello-incidenti-fuori-e-nel-centro-abitato-per.csv", "", "utf-8", ",", 1, 5,
             "text*2 integer*3", "`Totale` is a column here, not a row"),
    Expected("excerpts/comune-di-pescara-famiglie-residenti-per-via.csv", "", "utf-8", ",", 1, 5, "text integer*2", "plain"),
    Expected("excerpts/comune-di-pescara-strutture-imposta-di-soggiorno.csv", "", "utf-8", ",", 1, 5,
             "text*5 integer*2 text*2", "a comma in a header; the date column is empty here, so nothing says date"),
    Expected("excerpts/comune-di-taranto-elenco-residenti-all-estero.csv", "", "utf-8", ",", 1, 5, "text*2 integer",
             "`'S-GRAVENHAGE` begins with an apostrophe that is no quote"),
    Expected("excerpts/comune-di-taranto-famiglie-residenti-per-via.csv", "", "utf-8", ",", 1, 5, "text integer*2", "plain"),
    Expected("excerpts/comune-di-viano-elenco-residenti.csv", "", "utf-8", ",", 1, 5, "text*3 integer", "F and M are codes"),
    Expected("excerpts/disponibilit-parcheggi-vigente.csv", "", "utf-8", ",", 1, 3,
             "text datetime integer*3 number text*2", "instants with a zone; 53.12 beside 41.702127659574465"),
    Expected("excerpts/elenco-delle-scuole.csv", "", "utf-8", ",", 1, 5,
             "text*9 integer text integer text integer text", "2 and 2A: the sub-number is text; 089300003000 too"),
    Expected("excerpts/elenco-varchi-bologna.csv", "", "utf-8", ",", 1, 5, "integer boolean text*4 date text*6",
             "S, under a label that asks"),
    Expected("excerpts/esercizi-alberghieri-ed-extra-alberghieri.csv", "", "utf-8", ",", 1, 5, "text integer*2", "plain"),
    Expected("excerpts/fdg-programma-di-esercizio-bus-sostitutivi-anno-2021.csv", "", "utf-8", ",", 1, 5,
             "text*3 time text time*2 integer text integer*4 decimal integer text",
             "`5.405,00` in quotes; 06:00 is a time"),
    Expected("excerpts/fse-programma-di-esercizio-ferroviario-anno-2021.csv", "", "utf-8", ",", 1, 5,
             "text*5 time*2 integer*2 text integer date*2 text",
             "100B is no unit; 13.345 may be either and waits for an answer; 31/12/2021 settles 01/01/2021"),
    Expected("excerpts/incidenti-stradali-anno-2023.csv", "", "utf-8", ",", 1, 5,
             "date number*2 text*8 boolean time*2", "only where si and no both occur it is boolean"),
    Expected("excerpts/incidenti-strade.csv", "", "utf-8", ",", 1, 5,
             "integer*2 text integer*42 number decimal integer*18 number",
             "0 and 3.125 beside 61.9047619047619: the point is decimal"),
    Expected("excerpts/istruzione-superiore-pubblica-della-citt-di-matera-a-s-2015.csv", "", "utf-8", ",", 1, 5,
             "text*4 integer*2", "2015-2016 is a school year"),
    Expected("excerpts/le-isole-azzurre.csv", "", "utf-8", ",", 1, 5, "integer text*4",
             "`1.30 euro` and `non prevista`: too few are amounts"),
    Expected("excerpts/localizzazione-degli-incidenti-stradali-nella-provincia-di-t.csv", "", "utf-8", ",", 1, 5,
             "text*6 decimal*2 integer*12", "01 and 001 are codes; `0,0` in quotes has one decimal"),
    Expected("excerpts/media-prezzi-al-dettaglio-prodotti-vari.csv", "", "utf-8", ",", 1, 5,
             "integer text decimal*11 number", "2.9 beside 2.91 in the last column: no fixed number of decimals"),
    Expected("excerpts/numerazione-civica-residenziale-geolocalizzata-2022.csv", "", "utf-8", ",", 1, 5,
             "integer text*3 integer text number*2", "a BOM encoded twice; the CAP is text; 63 scala B"),
    Expected("excerpts/percorsi-ciclabili-e-sentieri.csv", "", "utf-8", ",", 1, 3,
             "integer text*2 decimal text integer text integer text*3 number*2 date text", "PT6H is a text; an empty column"),
    Expected("excerpts/puglia-elenco-delle-strutture-ricettive-al-2022.csv", "", "utf-8", ",", 1, 5,
             "integer*2 text*3 integer*3 text*6 number*2 text*14",
             "every row stands whole in its first cell, with a superfluous `;` at the end"),
    Expected("excerpts/referendum-abrogativi-2022.csv", "", "utf-8", ",", 1, 5, "text integer*3", "plain"),
    Expected("excerpts/sinistri-stradali-anno-2023.csv", "", "utf-8", ",", 1, 5, "date time text integer text number*2",
             "quotes doubled inside a cell; coordinates with a comma"),
    Expected("excerpts/soris-dati-delle-code-agli-sportelli-per-anno.csv", "", "utf-8", ",", 1, 5, "integer*17",
             "a letter of a header was lost before the file was made"),
    Expected("excerpts/soris-valutazioni-del-servizio-online-da-parte-dei-contribue.csv", "", "utf-8", ",", 1, 5,
             "integer*4", "plain"),
    Expected("excerpts/stranieri-residenti-a-palermo-al-31-12-2022-per-quartiere-e.csv", "", "utf-8", ",", 1, 5,
             "text integer*15", "`n.a.` is the name of a column here"),
    Expected("excerpts/tper-stazioni-ferroviarie.csv", "", "utf-8", ",", 1, 5, "integer text*5",
             "commas in quoted addresses; coordinates in a cell"),
)  # fmt: skip
