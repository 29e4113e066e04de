"""Why a value is suggested, and what high-value data must do."""

from opentusk.kit.sentences.form import Sentence

SUGGESTING: dict[str, Sentence] = {
    "suggest.title_from_file": Sentence(
        "Ricavato dal nome del file «{text}», senza ciò che dice poco a chi legge.",
        "Taken from the file name «{text}», without what tells readers little.",
    ),
    "suggest.title_from_notes": Sentence(
        "È la riga scritta sopra la tabella: «{text}».", "It is the line written above the table: «{text}»."
    ),
    "suggest.title_from_sheet": Sentence("È il nome del foglio: «{text}».", "It is the name of the sheet: «{text}»."),
    "suggest.identifier": Sentence(
        "Ricavato dal titolo, senza anni e versioni, perché non dovrà cambiare mai.",
        "Made from the title, without years and versions, because it will never change.",
    ),
    "suggest.description": Sentence(
        "Scritta con ciò che c'è nel file: rispondi alle domande qui sotto per completarla.",
        "Written from what is in the file: answer the questions below to complete it.",
    ),
    "suggest.because_of_title": Sentence("Perché il titolo dice «{words}».", "Because the title says «{words}»."),
    "suggest.because_of_columns": Sentence(
        "Perché ci sono le colonne «{columns}».", "Because of the columns «{columns}»."
    ),
    "suggest.as_before": Sentence("Come in «{title}», del tuo ente.", "As in «{title}», of your body."),
    "suggest.keywords": Sentence("Dal titolo e dall'argomento.", "From the title and the subject."),
    "suggest.period_from_dates": Sentence(
        "Dalla prima all'ultima data della colonna «{column}».", "From the first to the last date of column «{column}»."
    ),
    "suggest.period_from_years": Sentence(
        "Dal primo all'ultimo anno della colonna «{column}».", "From the first to the last year of column «{column}»."
    ),
    "suggest.period_from_labels": Sentence(
        "Dagli anni scritti nelle intestazioni delle colonne.", "From the years in the column headers."
    ),
    "suggest.period_from_name": Sentence("Dal nome del file.", "From the file name."),
    "suggest.place_from_column": Sentence(
        "Perché i luoghi della colonna «{column}» sono tutti qui: {place}.",
        "Because the places of column «{column}» are all here: {place}.",
    ),
    "suggest.place_from_name": Sentence("Perché il nome del file dice {place}.", "Because the file name says {place}."),
    "suggest.place_of_body": Sentence(
        "È il territorio del tuo ente: cambialo se i dati parlano di un'altra zona.",
        "It is the territory of your body: change it if the data are about another area.",
    ),
    "suggest.frequency_from_versions": Sentence(
        "Perché tra una versione e l'altra ({versions} finora) passano di solito {days} giorni.",
        "Because between one version and the next ({versions} so far) there are usually {days} days.",
    ),
    "suggest.frequency_of_one_year": Sentence(
        "Perché i dati sono di un solo anno, il {year}.", "Because the data are of one year, {year}."
    ),
    "suggest.frequency_of_body": Sentence(
        "È quella che il tuo ente usa di solito per questo tema.", "It is what your body usually says for this theme."
    ),
    "suggest.contact_last": Sentence("È quello che hai indicato l'ultima volta.", "It is the one you gave last time."),
    "suggest.contact_of_body": Sentence(
        "È il punto di contatto del tuo ente.", "It is the contact point of your body."
    ),
    "suggest.publisher_last": Sentence("È lo stesso dell'ultima volta.", "It is the same as last time."),
    "suggest.publisher_of_body": Sentence("È il tuo ente.", "It is your body."),
    "suggest.licence": Sentence(
        "È la licenza che le regole nazionali chiedono: chi usa i dati deve citare l'ente.",
        "It is the licence that the national rules ask for: whoever uses the data must name the body.",
    ),
    "suggest.access_rights": Sentence("I dati aperti sono per tutti.", "Open data are for everybody."),
    "hvd.duty_declared": Sentence(
        "La scheda dice che sono dati di elevato valore: lo scriviamo noi.",
        "The description says that the data are of high value: we write it.",
    ),
    "hvd.duty_machine_readable": Sentence(
        "Un formato che i programmi leggono (CSV, JSON, GeoJSON).", "A format that programs read (CSV, JSON, GeoJSON)."
    ),
    "hvd.duty_api": Sentence(
        "Un'API: per le tabelle la offre il portale da solo, appena il file è pubblico.",
        "An API: for tables the portal offers it by itself, as soon as the file is public.",
    ),
    "hvd.duty_bulk": Sentence("Lo scaricamento di tutto il file in una volta.", "Downloading the whole file at once."),
    "hvd.duty_licence": Sentence(
        "Licenza CC BY 4.0 o CC0, e uso gratuito.", "Licence CC BY 4.0 or CC0, free of charge."
    ),
    "hvd.duty_contact": Sentence("Un ufficio che risponde.", "An office that answers."),
    "hvd.duty_documentation": Sentence(
        "Una spiegazione delle colonne: la pagina del dizionario dei dati, o un documento.",
        "An explanation of the columns: the data dictionary's page, or a document.",
    ),
    "hvd.duty_current": Sentence(
        "La versione più recente, con la frequenza di aggiornamento.", "The latest version, with its update frequency."
    ),
    "hvd.note_addresses": Sentence(
        "I numeri civici li pubblica già l'Agenzia delle Entrate (ANNCSU): valuta un collegamento al posto di una copia.",
        "House numbers are already published by the Agenzia delle Entrate (ANNCSU): consider a link instead of a copy.",
    ),
    "hvd.note_parcels": Sentence(
        "Le particelle del catasto le pubblica già l'Agenzia delle Entrate: valuta un collegamento al posto di una copia.",
        "Cadastral parcels are already published by the Agenzia delle Entrate: consider a link instead of a copy.",
    ),
}
