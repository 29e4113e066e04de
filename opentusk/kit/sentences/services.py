"""What reading and checking a web service says."""

from opentusk.kit.sentences.form import Sentence

SERVICES: dict[str, Sentence] = {
    "service.status": Sentence(
        "Il servizio ha risposto con il codice {detail}: deve rispondere 200 con i dati.",
        "The service answered with status {detail}: it must answer 200 with the data.",
    ),
    "service.not_kept": Sentence(
        "I dati sono arrivati, ma il portale non li può tenere. {detail}",
        "The data arrived, but the portal cannot keep them. {detail}",
    ),
    "service.key_lost": Sentence(
        "La chiave salvata per questo servizio non si può più leggere: scrivila di nuovo.",
        "The key that was saved for this service can no longer be read: type it again.",
    ),
    "service.no_rows": Sentence(
        "Nella risposta non c'è un elenco di righe in «{detail}»: controlla il percorso delle righe.",
        "The answer has no list of rows at “{detail}”: check the path of the rows.",
    ),
    "service.rows_are_no_objects": Sentence(
        "Le righe in «{detail}» devono essere oggetti con i nomi dei campi, non liste o valori semplici.",
        "The rows at “{detail}” must be objects with field names, not lists or plain values.",
    ),
    "service.not_utf8": Sentence(
        "La risposta non è UTF-8 ({detail}): il servizio deve scrivere in UTF-8.",
        "The answer is not UTF-8 ({detail}): the service must write UTF-8.",
    ),
    "service.not_json": Sentence(
        "La risposta non è JSON valido ({detail}).",
        "The answer is not valid JSON ({detail}).",
    ),
    "service.ragged": Sentence(
        "La riga {detail} del CSV non ha tanti campi quanti l'intestazione.",
        "Row {detail} of the CSV does not have as many fields as the header.",
    ),
    "service.repeats": Sentence(
        "Il servizio dà due volte la stessa pagina ({detail}): il parametro della pagina non ha effetto.",
        "The service gives the same page twice ({detail}): the page parameter has no effect.",
    ),
    "service.too_many_pages": Sentence(
        "Dopo {detail} pagine il servizio non era finito: controlla come si chiede la pagina successiva.",
        "After {detail} pages the service had not ended: check how the next page is asked for.",
    ),
    "service.empty": Sentence(
        "La risposta è vuota: teniamo i dati di prima finché il servizio non dà di nuovo righe.",
        "The answer is empty: we keep the former data until the service gives rows again.",
    ),
    "service.incomplete": Sentence(
        "Il servizio dichiara più righe di quante ne ha date ({detail}): teniamo i dati di prima.",
        "The service declares more rows than it gave ({detail}): we keep the former data.",
    ),
    "service.field_gone": Sentence(
        "Questi campi non ci sono più: {detail}. Scegli che cosa farne nella pagina del servizio; intanto teniamo i "
        "dati di prima.",
        "These fields are gone: {detail}. Choose what to do about them on the page of the service; meanwhile we keep "
        "the former data.",
    ),
    "conformance.https": Sentence("L'indirizzo è https.", "The address is https."),
    "conformance.https.fault": Sentence(
        "L'indirizzo è http: chi sta in mezzo può leggere e cambiare i dati. Pubblicalo in https.",
        "The address is http: whoever is in between can read and change the data. Publish it over https.",
    ),
    "conformance.secret": Sentence(
        "La chiave sta in un'intestazione, non nell'indirizzo.", "The key is in a header, not in the address."
    ),
    "conformance.secret.fault": Sentence(
        "L'indirizzo contiene una chiave ({names}): finirebbe nei registri. Accettala in un'intestazione.",
        "The address holds a key ({names}): it would end in logs. Take it in a header.",
    ),
    "conformance.readable": Sentence(
        "Tutte le pagine si leggono, dalla prima all'ultima.", "Every page can be read, from the first to the last."
    ),
    "conformance.readable.fault": Sentence("{reason}", "{reason}"),
    "conformance.rows": Sentence("C'è almeno una riga.", "There is at least one row."),
    "conformance.rows.fault": Sentence(
        "Il servizio risponde, ma senza righe: controlla l'indirizzo e il percorso delle righe.",
        "The service answers, but without rows: check the address and the path of the rows.",
    ),
    "conformance.media_type": Sentence(
        "Il tipo dichiarato (Content-Type) è quello vero.", "The declared type (Content-Type) is the true one."
    ),
    "conformance.media_type.fault": Sentence(
        "Il tipo dichiarato è «{found}»: deve contenere «{wanted}».",
        "The declared type is “{found}”: it must contain “{wanted}”.",
    ),
    "conformance.fast": Sentence("Ogni pagina arriva in fretta.", "Every page comes quickly."),
    "conformance.fast.fault": Sentence(
        "Una pagina ha impiegato {seconds} secondi (al più {limit}): fai pagine più piccole.",
        "One page took {seconds} seconds (at most {limit}): make smaller pages.",
    ),
    "conformance.complete": Sentence(
        "Il totale dichiarato è il numero di righe ({found}).", "The declared total is the number of rows ({found})."
    ),
    "conformance.complete.fault": Sentence(
        "Le righe ricevute sono {found}, il totale dichiarato è {declared}: dichiara il totale in ogni pagina, e che "
        "sia quello giusto.",
        "{found} rows came, the declared total is {declared}: declare the total in every page, and the right one.",
    ),
    "conformance.distinct": Sentence(
        "Nessuna riga compare in due pagine diverse.", "No row appears on two different pages."
    ),
    "conformance.distinct.fault": Sentence(
        "{count} righe compaiono in più pagine: ordina sempre per una chiave unica, altrimenti qualche riga si perde.",
        "{count} rows appear on more than one page: always sort by a unique key, or some rows get lost.",
    ),
    "conformance.steady": Sentence(
        "Tutte le righe hanno gli stessi campi, anche vuoti.", "All rows have the same fields, also when empty."
    ),
    "conformance.steady.fault": Sentence(
        "{count} campi mancano in qualche riga ({fields}): scrivili sempre, con null quando non c'è un valore.",
        "{count} fields are missing in some row ({fields}): always write them, with null when there is no value.",
    ),
    "conformance.nulls": Sentence(
        "Un valore che manca è null, non una parola.", "A missing value is null, not a word."
    ),
    "conformance.nulls.fault": Sentence(
        "In {count} campi ({fields}) il valore mancante è scritto a parole («n.d.», «-»): usa null.",
        "In {count} fields ({fields}) a missing value is written as words (“n.d.”, “-”): use null.",
    ),
    "conformance.typed": Sentence(
        "Date in forma 2026-05-31 e numeri con il punto decimale.", "Dates like 2026-05-31 and numbers with a point."
    ),
    "conformance.typed.fault": Sentence(
        "{count} campi ({fields}) hanno date o numeri all'italiana: scrivi 2026-05-31 e 1234.56.",
        "{count} fields ({fields}) have dates or numbers the Italian way: write 2026-05-31 and 1234.56.",
    ),
    "conformance.personal": Sentence(
        "Nessun campo ha il nome di un dato personale.", "No field is named like personal data."
    ),
    "conformance.personal.fault": Sentence(
        "Questi campi sembrano dati personali: {fields}. Toglili dal servizio, o spiega la base giuridica.",
        "These fields look like personal data: {fields}. Leave them out of the service, or state the legal basis.",
    ),
    "conformance.cacheable": Sentence(
        "La risposta ha ETag o Last-Modified.", "The answer has an ETag or Last-Modified."
    ),
    "conformance.cacheable.fault": Sentence(
        "Mancano ETag e Last-Modified: senza, ogni controllo scarica tutto di nuovo.",
        "ETag and Last-Modified are missing: without them every check downloads everything again.",
    ),
    "conformance.repeatable": Sentence(
        "Chiesto due volte di seguito, il servizio dà le stesse righe.",
        "Asked twice in a row, the service gives the same rows.",
    ),
    "conformance.repeatable.fault": Sentence(
        "Chiesto due volte di seguito, il servizio ha dato righe diverse: è giusto solo per dati in tempo reale.",
        "Asked twice in a row, the service gave different rows: that is right only for real-time data.",
    ),
}
