"""Why a file cannot be opened as a table, and what its format could not give."""

from opentusk.kit.sentences.form import Sentence

TABLE_FORMATS: dict[str, Sentence] = {
    "table.other_content": Sentence(
        "Il file non è una tabella: il suo contenuto è {detail}. Pubblica i dati anche come CSV, JSON o GeoJSON.",
        "The file is no table: its content is {detail}. Publish the data as CSV, JSON or GeoJSON too.",
    ),
    "table.html_page": Sentence(
        "Il file è una pagina web e non una tabella ({detail}): forse il collegamento porta a una pagina di accesso o di errore. Scarica il file vero e carica quello.",
        "The file is a web page and no table ({detail}): the link may lead to a login or error page. Download the real file and upload that.",
    ),
    "table.unknown_format": Sentence(
        "Il file è in un formato che non riconosciamo ({detail}): esportalo come CSV, XLSX o JSON e carica quello.",
        "The file is in a format that we do not know ({detail}): export it as CSV, XLSX or JSON and upload that.",
    ),
    "table.unsupported_archive": Sentence(
        "Il file è un archivio {detail}, che non apriamo: comprimilo in ZIP oppure carica i file uno per uno.",
        "The file is an archive of type {detail}, which we do not open: pack it as ZIP or upload the files one by one.",
    ),
    "table.archive_damaged": Sentence(
        "L'archivio è danneggiato o incompleto ({detail}): ricrealo e caricalo di nuovo.",
        "The archive is damaged or incomplete ({detail}): make it again and upload it again.",
    ),
    "table.archive_too_many": Sentence(
        "L'archivio contiene {detail} file, più di 1.000: dividilo in archivi più piccoli.",
        "The archive holds {detail} files, more than 1,000: split it into smaller archives.",
    ),
    "table.archive_encrypted": Sentence(
        "L'archivio chiede una password (file «{detail}»): i dati aperti non possono averla. Ricrealo senza password.",
        "The archive asks for a password (file “{detail}”): open data cannot have one. Make it again without a password.",
    ),
    "table.archive_nested": Sentence(
        "L'archivio contiene un altro archivio («{detail}»): estrailo e carica direttamente i file che contiene.",
        "The archive holds another archive (“{detail}”): unpack it and upload the files inside directly.",
    ),
    "table.archive_unsafe_name": Sentence(
        "L'archivio contiene un percorso che esce dalla sua cartella («{detail}»): ricrealo con nomi di file semplici.",
        "The archive holds a path that leaves its folder (“{detail}”): make it again with plain file names.",
    ),
    "table.archive_link": Sentence(
        "L'archivio contiene un collegamento e non un file («{detail}»): ricrealo con i file veri.",
        "The archive holds a link and not a file (“{detail}”): make it again with the real files.",
    ),
    "table.archive_bomb": Sentence(
        "Il file compresso si espande oltre ogni misura ({detail}): non viene aperto. Carica i dati non compressi o divisi in più file.",
        "The packed file expands beyond measure ({detail}): it is not opened. Upload the data unpacked or in several files.",
    ),
    "table.archive_method": Sentence(
        "L'archivio usa un metodo di compressione che non apriamo ({detail}): ricrealo come ZIP normale.",
        "The archive uses a compression method that we do not open ({detail}): make it again as a plain ZIP.",
    ),
    "table.archive_empty": Sentence(
        "L'archivio non contiene tabelle{detail}: servono CSV, XLSX, ODS, JSON, GeoJSON, Shapefile, GeoPackage o Parquet.",
        "The archive holds no tables{detail}: CSV, XLSX, ODS, JSON, GeoJSON, Shapefile, GeoPackage or Parquet are needed.",
    ),
    "table.password": Sentence(
        "Il file chiede una password: i dati aperti non possono averla. Salvalo senza password e caricalo di nuovo.",
        "The file asks for a password: open data cannot have one. Save it without a password and upload it again.",
    ),
    "table.no_such_table": Sentence(
        "Nel file non c'è più la tabella «{detail}»: scegli una di quelle che contiene adesso.",
        "The file no longer has the table “{detail}”: choose one of those it has now.",
    ),
    "table.json_syntax": Sentence(
        "Il file comincia come JSON ma non lo è: {detail}. Commenti, apici semplici e virgole finali non sono ammessi.",
        "The file begins like JSON but is not: {detail}. Comments, single quotes and trailing commas are not allowed.",
    ),
    "table.json_no_rows": Sentence(
        'Nel JSON non c\'è un elenco di righe{detail}: serve una lista di oggetti, come [{{"comune": "Bari"}}, …].',
        'The JSON holds no list of rows{detail}: a list of objects is needed, like [{{"comune": "Bari"}}, …].',
    ),
    "table.json_too_deep": Sentence(
        "Il JSON annida più di {detail} elementi uno dentro l'altro: non è una tabella e non viene letto.",
        "The JSON nests more than {detail} elements in one another: it is no table and is not read.",
    ),
    "table.bad_lines": Sentence(
        "{count} righe non sono JSON valido: restano vuote nella tabella e intere nell'elenco delle eccezioni. Correggile nel file.",
        "{count} lines are not valid JSON: they are empty in the table and whole in the list of exceptions. Mend them in the file.",
    ),
    "table.xml_syntax": Sentence(
        "Il file è XML ma ha un errore e non si può leggere: {detail}.",
        "The file is XML but has an error and cannot be read: {detail}.",
    ),
    "table.xml_no_rows": Sentence(
        "Nel file XML nessun elemento si ripete come una riga ({detail}): pubblica i dati come CSV o JSON.",
        "In the XML file no element repeats like a row ({detail}): publish the data as CSV or JSON.",
    ),
    "table.hostile_xml": Sentence(
        "Il file XML dichiara entità, che non vengono lette ({detail}): salvalo senza DTD ed entità.",
        "The XML file declares entities, which are not read ({detail}): save it without DTD and entities.",
    ),
    "table.wrong_geometry": Sentence(
        "{count} geometrie non si possono disegnare: le righe restano, ma senza posizione. Controlla le coordinate.",
        "{count} geometries cannot be drawn: the rows stay, but without a place. Check the coordinates.",
    ),
    "table.unknown_crs": Sentence(
        "Il file non dice in quale sistema di riferimento sono le coordinate: aggiungi il .prj, o indicalo nella scheda.",
        "The file does not say in which reference system its coordinates are: add the .prj, or state it in the form.",
    ),
    "table.shapefile_damaged": Sentence(
        "Lo shapefile non si può leggere ({detail}): controlla che nello ZIP ci siano .shp, .shx e .dbf con lo stesso nome.",
        "The shapefile cannot be read ({detail}): check that the ZIP has .shp, .shx and .dbf with the same name.",
    ),
    "table.geopackage_damaged": Sentence(
        "Il GeoPackage è danneggiato e non si può leggere ({detail}): esportalo di nuovo.",
        "The GeoPackage is damaged and cannot be read ({detail}): export it again.",
    ),
    "table.no_layers": Sentence(
        "Il GeoPackage non contiene livelli con righe{detail}: esporta anche la tabella degli elementi.",
        "The GeoPackage has no layers with rows{detail}: export the table of features too.",
    ),
    "table.parquet_damaged": Sentence(
        "Il file Parquet è danneggiato, incompleto o cifrato ({detail}): esportalo di nuovo.",
        "The Parquet file is damaged, incomplete or encrypted ({detail}): export it again.",
    ),
    "table.sheet_damaged": Sentence(
        "Il foglio di calcolo è danneggiato e non si può leggere ({detail}): aprilo, salvalo di nuovo e ricaricalo.",
        "The spreadsheet is damaged and cannot be read ({detail}): open it, save it again and upload it again.",
    ),
    "table.sheet_too_large": Sentence(
        "Il foglio di calcolo è troppo grande per essere letto ({detail}): di solito basta eliminare le righe e le colonne vuote in fondo, oppure esportarlo in CSV.",
        "The spreadsheet is too large to be read ({detail}): usually it is enough to delete the empty rows and columns at its end, or to export it as CSV.",
    ),
    "table.no_sheets": Sentence(
        "Il foglio di calcolo non ha fogli visibili con dati{detail}: rendi visibile il foglio da pubblicare.",
        "The spreadsheet has no visible sheet with data{detail}: make the sheet to publish visible.",
    ),
    "table.merged_cells": Sentence(
        "{count} gruppi di celle unite: il loro valore è stato ripetuto in ogni cella. Nel file è meglio non unire le celle.",
        "{count} groups of merged cells: their value was repeated in each cell. In the file it is better not to merge cells.",
    ),
    "table.hidden_sheets": Sentence(
        "{count} fogli nascosti non vengono pubblicati come tabelle, ma restano nel file originale che si scarica: controlla che possano essere pubblici.",
        "{count} hidden sheets are not published as tables, but stay in the original file that can be downloaded: check that they may be public.",
    ),
    "table.other_tables": Sentence(
        "Il file contiene altre {count} tabelle: {tables}. Indica quale con --table.",
        "The file holds {count} more tables: {tables}. Say which one with --table.",
    ),
}
