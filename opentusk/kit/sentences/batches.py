"""Bulk publishing: what is wrong with a spreadsheet, a row or a cell."""

from opentusk.kit.sentences.form import Sentence

BATCHES: dict[str, Sentence] = {
    "batch.unreadable": Sentence(
        "Il foglio non si riesce a leggere ({detail}): salvalo di nuovo in Excel o in CSV e ricaricalo.",
        "The spreadsheet cannot be read ({detail}): save it again as Excel or CSV and upload it.",
    ),
    "batch.no_header": Sentence(
        "Non trovo la riga con i nomi delle colonne ({detail}): parti dal modello che offriamo.",
        "There is no row with the names of the columns ({detail}): begin from the template that we offer.",
    ),
    "batch.no_rows": Sentence(
        "Sotto i nomi delle colonne non c'è nessuna riga: scrivi almeno un dataset.",
        "There is no row below the names of the columns: write at least one dataset.",
    ),
    "batch.too_many_rows": Sentence(
        "Ci sono più di {detail} righe: dividi il foglio in due.", "There are more than {detail} rows: split the sheet."
    ),
    "batch.too_many_files": Sentence(
        "Nello ZIP ci sono più di {detail} file: dividilo in due.",
        "There are more than {detail} files in the ZIP: split it.",
    ),
    "batch.archive_too_large": Sentence(
        "Lo ZIP, aperto, è troppo grande: dividilo in due.", "The ZIP is too large once opened: split it."
    ),
    "batch.broken_archive": Sentence(
        "Lo ZIP è rovinato ({detail}): rifallo e ricaricalo.",
        "The ZIP is damaged ({detail}): make it again and upload it.",
    ),
    "batch.locked_archive": Sentence(
        "Lo ZIP è protetto da una parola d'ordine: rifallo senza.", "The ZIP has a password: make it again without."
    ),
    "batch.no_key": Sentence(
        "Manca la chiave: scrivi un nome in minuscole, cifre e trattini, per esempio alberi-monumentali.",
        "The key is missing: write a name of small letters, figures and hyphens, such as alberi-monumentali.",
    ),
    "batch.bad_key": Sentence(
        "La chiave «{value}» può avere solo minuscole senza accenti, cifre, trattini e _.",
        "The key «{value}» may only have small letters without accents, figures, hyphens and _.",
    ),
    "batch.repeated_key": Sentence(
        "La chiave «{value}» c'è già in una riga più sopra: ogni dataset vuole la sua.",
        "The key «{value}» is in a row above already: every dataset needs its own.",
    ),
    "batch.harvested": Sentence(
        "«{value}» arriva da un altro catalogo: si corregge lì, non da un foglio.",
        "«{value}» comes from another catalogue: it is mended there, not by a spreadsheet.",
    ),
    "batch.withdrawn": Sentence(
        "«{value}» è stato ritirato: ripristinalo dalla scrivania, oppure usa un'altra chiave.",
        "«{value}» was withdrawn: restore it from the desk, or use another key.",
    ),
    "batch.no_title": Sentence("Manca il titolo.", "The title is missing."),
    "batch.no_file": Sentence(
        "Manca il nome del file, o il suo indirizzo.", "The name of the file, or its address, is missing."
    ),
    "batch.file_not_found": Sentence(
        "Il file «{value}» non è tra quelli caricati ({names}): controlla il nome.",
        "The file «{value}» is not among those uploaded ({names}): check the name.",
    ),
    "batch.empty_file": Sentence("Il file «{value}» è vuoto.", "The file «{value}» is empty."),
    "batch.unknown_term": Sentence(
        "«{value}» non è una voce dell'elenco: forse volevi «{near}».",
        "«{value}» is not in the list: perhaps you meant «{near}».",
    ),
    "batch.closed_licence": Sentence(
        "La licenza «{value}» non è aperta: usa CC BY 4.0.", "The licence «{value}» is not open: use CC BY 4.0."
    ),
    "batch.bad_date": Sentence(
        "«{value}» non è una data: scrivila così: 2026-05-31, oppure 2026-05 o 2026.",
        "«{value}» is not a date: write it like this: 2026-05-31, or 2026-05, or 2026.",
    ),
    "batch.period_backwards": Sentence(
        "Il periodo finisce ({end}) prima di cominciare ({start}).",
        "The period ends ({end}) before it begins ({start}).",
    ),
    "batch.period_without_start": Sentence(
        "C'è la fine del periodo ma non l'inizio.", "There is the end of the period but not its start."
    ),
    "batch.bad_email": Sentence("«{value}» non è un indirizzo e-mail.", "«{value}» is not an e-mail address."),
    "batch.to_complete": Sentence(
        "Manca: si può completare dopo, dalla scrivania, con le nostre proposte.",
        "Missing: it can be completed later, from the desk, with our suggestions.",
    ),
    "batch.refused": Sentence("{words}", "{words}"),
}
