"""What is wrong with a table, and why a file could not be read as one."""

from opentusk.kit.sentences.form import Sentence

# What the values of a column are, for people; the codes are those of the types.
KINDS_OF_VALUE: dict[str, tuple[str, str]] = {
    "text": ("testi", "texts"),
    "integer": ("numeri interi", "whole numbers"),
    "decimal": ("numeri con i decimali", "numbers with decimals"),
    "number": ("numeri", "numbers"),
    "boolean": ("sì o no", "yes or no"),
    "date": ("date", "dates"),
    "datetime": ("date con l'ora", "dates with a time"),
    "time": ("orari", "times of day"),
}

TABLES: dict[str, Sentence] = {
    "table.empty": Sentence(
        "Il file è vuoto: controlla di aver caricato quello giusto.",
        "The file is empty: check that you uploaded the right one.",
    ),
    "table.not_text": Sentence(
        "Il file non è un testo: esporta la tabella in CSV o in XLSX e caricala di nuovo.",
        "The file is no text: export the table as CSV or XLSX and upload it again.",
    ),
    "table.line_too_long": Sentence(
        "Una riga supera {detail}: forse mancano gli a capo. Esporta di nuovo la tabella, una riga per riga.",
        "A line is longer than {detail}: line breaks may be missing. Export the table again, one row per line.",
    ),
    "table.too_many_columns": Sentence(
        "La tabella ha {detail} colonne, più di quante se ne possano usare (2.000): se sono periodi o voci, mettile in righe; altrimenti dividi il file. L'originale resta scaricabile.",
        "The table has {detail} columns, more than can be used (2,000): if they are periods or items, put them in rows; else split the file. The original can still be downloaded.",
    ),
    "table.partial": Sentence(
        "Il file è molto grande: si esplora il primo milione di righe. L'originale, completo, resta scaricabile.",
        "The file is very large: its first million rows can be explored. The complete original can be downloaded.",
    ),
    "table.no_rows": Sentence(
        "La tabella ha l'intestazione ma nessuna riga: aggiungi i dati.",
        "The table has a header but no rows: add the data.",
    ),
    "table.encoding": Sentence(
        "Il testo è in {encoding}, non in UTF-8: qui è stato letto bene, ma chi lo scarica può vedere lettere sbagliate. Offriamo anche una copia in UTF-8.",
        "The text is in {encoding}, not UTF-8: it was read correctly here, but whoever downloads it may see wrong letters. We also offer a copy in UTF-8.",
    ),
    "table.invalid_bytes": Sentence(
        "In {count} punti il testo non è UTF-8 valido: sono stati letti come Windows-1252. Salva il file tutto in UTF-8.",
        "In {count} places the text is not valid UTF-8: they were read as Windows-1252. Save the whole file as UTF-8.",
    ),
    "table.bom": Sentence(
        "Il file comincia con un segno invisibile (BOM), che alcuni programmi leggono come parte del primo nome di colonna. Puoi lasciarlo o salvare senza BOM.",
        "The file begins with an invisible mark (BOM) that some programs read as part of the first column name. You may leave it or save without BOM.",
    ),
    "table.bom_inside": Sentence(
        "Nel testo c'era un segno invisibile fuori posto (BOM): è stato tolto. Toglilo anche dal file.",
        "The text held a stray invisible mark (BOM): it was removed. Remove it from the file too.",
    ),
    "table.double_encoding": Sentence(
        "{count} lettere accentate sono state codificate due volte («Ã¨» invece di «è»): accetta la correzione proposta, o salva di nuovo il file.",
        "{count} accented letters were encoded twice (“Ã¨” instead of “è”): accept the proposed mend, or save the file again.",
    ),
    "table.lost_letters": Sentence(
        "{count} lettere si sono perse in una conversione precedente («�»): riscrivile a mano nel file.",
        "{count} letters were lost in an earlier conversion (“�”): write them again by hand in the file.",
    ),
    "table.zero_bytes": Sentence(
        "Nel testo c'erano {count} caratteri nulli: sono stati tolti. Esporta di nuovo la tabella.",
        "The text held {count} null characters: they were removed. Export the table again.",
    ),
    "table.separator": Sentence(
        "Le colonne sono separate da «{delimiter}»: scrivilo nei metadati, perché lo standard usa la virgola.",
        "Columns are separated by “{delimiter}”: say so in the metadata, because the standard uses the comma.",
    ),
    "table.wrong_quotes": Sentence(
        "Dalla riga {row} ci sono virgolette aperte e mai chiuse, o fuori posto ({count} righe): controlla quelle celle.",
        "From row {row} on quotes are opened and never closed, or out of place ({count} rows): check those cells.",
    ),
    "table.row_in_one_cell": Sentence(
        "{count} righe intere stavano dentro una sola cella tra virgolette: sono state divise nelle loro colonne. Esporta di nuovo il file.",
        "{count} whole rows stood inside one quoted cell: they were split into their columns. Export the file again.",
    ),
    "table.ragged_rows": Sentence(
        "{count} righe hanno più o meno celle delle altre (la prima è la riga {row}): sono elencate nelle eccezioni.",
        "{count} rows have more or fewer cells than the others (the first is row {row}): they are listed as exceptions.",
    ),
    "table.no_header": Sentence(
        "Manca la riga con i nomi delle colonne: aggiungila in testa alla tabella.",
        "The row with the names of the columns is missing: add it on top of the table.",
    ),
    "table.header_below": Sentence(
        "I nomi delle colonne sono alla riga {row}: sopra ci sono titoli o righe vuote, messi da parte. Lascia l'intestazione come prima riga.",
        "The column names are in row {row}: above are titles or blank rows, set apart. Make the header the first row.",
    ),
    "table.header_joined": Sentence(
        "L'intestazione occupa {rows} righe: sono state unite in una. Usa una sola riga.",
        "The header takes {rows} rows: they were joined into one. Use a single row.",
    ),
    "table.header_breaks": Sentence(
        "{count} nomi di colonna vanno a capo: scrivili su una riga sola.",
        "{count} column names have line breaks: write them on one line.",
    ),
    "table.empty_headers": Sentence(
        "{count} colonne non hanno nome: dagliene uno che dica che cosa contengono.",
        "{count} columns have no name: give them one that says what they hold.",
    ),
    "table.repeated_headers": Sentence(
        "Ci sono colonne con lo stesso nome ({labels}): rendili diversi.",
        "Some columns have the same name ({labels}): make them differ.",
    ),
    "table.trailing_separators": Sentence(
        "Ogni riga finisce con un separatore in più: le colonne vuote che ne nascono ({count}) sono state tolte.",
        "Each row ends with a superfluous separator: the empty columns that come from it ({count}) were removed.",
    ),
    "table.blank_columns": Sentence(
        "{count} colonne senza nome e senza contenuto sono state tolte.",
        "{count} columns without name and content were removed.",
    ),
    "table.blank_rows": Sentence(
        "{count} righe vuote sono state saltate: toglile dal file.",
        "{count} blank rows were skipped: remove them from the file.",
    ),
    "table.notes_below": Sentence(
        "Sotto la tabella ci sono {count} righe di note o fonti (dalla riga {row}), messe da parte: scrivile nella descrizione del dataset.",
        "Below the table are {count} rows of notes or sources (from row {row}), set apart: write them in the description of the dataset.",
    ),
    "table.bad_cells": Sentence(
        "{column}: {count} celle non sono {types} (la prima alla riga {row}): restano vuote nella tabella e sono elencate nelle eccezioni. Correggile nel file.",
        "{column}: {count} cells are not {types} (the first in row {row}): they stay empty in the table and are listed as exceptions. Mend them in the file.",
    ),
    "table.mixed_values": Sentence(
        "{column}: il {share} dei valori sono {types}, {count} no (il primo alla riga {row}): la colonna resta testo. Scrivi tutti i valori allo stesso modo.",
        "{column}: {share} of the values are {types}, {count} are not (the first in row {row}): the column stays text. Write all values in the same way.",
    ),
    "table.other_dates": Sentence(
        "{column}: le date sono scritte {format}; qui sono lette bene, ma lo standard è aaaa-mm-gg.",
        "{column}: dates are written {format}; they were read correctly here, but the standard is yyyy-mm-dd.",
    ),
    "table.day_first": Sentence(
        "{column}: nessun giorno supera 12, quindi abbiamo letto prima il giorno e poi il mese. Se è il contrario, dillo.",
        "{column}: no day is above 12, so the day was read first and then the month. Tell us if it is the other way round.",
    ),
    "table.mixed_dates": Sentence(
        "{column}: le date sono scritte in più modi (per esempio con «/» e con «.»): usane uno solo.",
        "{column}: dates are written in several ways (for instance with “/” and with “.”): use one only.",
    ),
    "table.italian_numbers": Sentence(
        "{column}: i numeri hanno la virgola decimale o il punto delle migliaia ({format}); qui sono letti bene, ma i programmi si aspettano 1234.56.",
        "{column}: numbers have a decimal comma or points for thousands ({format}); they were read correctly here, but programs expect 1234.56.",
    ),
    "table.unclear_numbers": Sentence(
        "{column}: «{example}» può essere mille e più, o uno e qualcosa: scegli tu. Fino ad allora la colonna resta testo.",
        "{column}: “{example}” may be a thousand and more, or one and a bit: you decide. Until then the column stays text.",
    ),
    "table.units": Sentence(
        "{column}: l'unità di misura («{unit}») è scritta nelle celle: mettila nel nome o nella descrizione della colonna.",
        "{column}: the unit (“{unit}”) is written in the cells: put it in the name or the description of the column.",
    ),
    "table.totals": Sentence(
        "{count} righe sono totali (la prima alla riga {row}): chi somma la colonna le conta due volte. Puoi lasciarle fuori.",
        "{count} rows are totals (the first in row {row}): whoever adds up the column counts them twice. You can leave them out.",
    ),
    "table.periods_as_columns": Sentence(
        "{count} colonne sono periodi ({labels}…): la tabella è più facile da usare con una riga per ogni periodo.",
        "{count} columns are periods ({labels}…): the table is easier to use with one row for each period.",
    ),
    "table.not_a_table": Sentence(
        "Il contenuto non sembra una tabella: non ci sono colonne. Carica un CSV o un foglio di calcolo con un'intestazione.",
        "The content does not look like a table: there are no columns. Upload a CSV or a spreadsheet with a header.",
    ),
    "table.empty_columns": Sentence(
        "{count} colonne sono vuote in tutte le righe: {labels}. Riempile o toglile.",
        "{count} columns are empty in all rows: {labels}. Fill them or remove them.",
    ),
    "table.blanks_around": Sentence(
        "{count} celle hanno spazi prima o dopo il testo, o caratteri invisibili ({labels}): chi filtra non le trova.",
        "{count} cells have blanks around their text, or unseen characters ({labels}): filters will miss them.",
    ),
    "table.placeholders": Sentence(
        "{column}: {count} celle dicono «nessun dato» con {marks}; qui valgono come vuote. Nel file lasciale vuote.",
        "{column}: {count} cells say “no data” with {marks}; here they count as empty. Leave them empty in the file.",
    ),
    "table.lost_zeros": Sentence(
        "{column}: i codici hanno perso gli zeri iniziali (devono avere {width} cifre). Accetta la correzione, e nel foglio di calcolo formatta la colonna come testo.",
        "{column}: the codes have lost their leading zeros (they need {width} figures). Accept the mend, and format the column as text in the spreadsheet.",
    ),
    "table.packed_coordinates": Sentence(
        "{column}: latitudine e longitudine stanno nella stessa cella: meglio due colonne.",
        "{column}: latitude and longitude are in the same cell: two columns are better.",
    ),
    "table.packed_lists": Sentence(
        "{column}: {count} celle contengono un elenco: è meglio una riga, o una colonna, per ogni voce.",
        "{column}: {count} cells hold a list: one row, or one column, for each item is better.",
    ),
    "table.swapped_coordinates": Sentence(
        "{column}: latitudine e longitudine sono scambiate; sulla mappa le abbiamo rimesse a posto. Scambia i nomi nel file.",
        "{column}: latitude and longitude are swapped; on the map we put them right. Swap the names in the file.",
    ),
    "table.places_outside": Sentence(
        "{count} righe hanno coordinate fuori dall'Italia e non compaiono sulla mappa: controllale ({column}).",
        "{count} rows have coordinates outside Italy and are not on the map: check them ({column}).",
    ),
    "table.projected": Sentence(
        "{column}: le coordinate sono in metri, in un sistema che il file non dichiara: sulla mappa abbiamo usato {crs}. Conferma o scegli un altro sistema.",
        "{column}: the coordinates are in metres, in a system that the file does not state: on the map we used {crs}. Confirm it or choose another.",
    ),
}
