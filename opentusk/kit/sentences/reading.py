"""Why an input could not be read at all, and what a source gave that could not be mapped."""

from opentusk.kit.sentences.form import Sentence

READING: dict[str, Sentence] = {
    "reading.empty": Sentence(
        "Il documento è vuoto: controlla che l'indirizzo o il file sia quello giusto.",
        "The document is empty: check that the address or the file is the right one.",
    ),
    "reading.unknown_field": Sentence(
        "Il documento contiene un campo che questa versione non conosce ({field}): aggiorna il portale e riprova.",
        "The document has a field that this version does not know ({field}): update the portal and try again.",
    ),
    "reading.several_values": Sentence(
        "{field}: è ammesso un solo valore. È stato tenuto «{kept}»; la sorgente dà anche {others}.",
        "{field}: only one value is allowed. “{kept}” was kept; the source also gives {others}.",
    ),
    "reading.licence_from_dataset": Sentence(
        "La licenza era sul dataset e non sul file: è stata copiata ({after}). Mettila su ogni distribuzione.",
        "The licence was on the dataset and not on the file: it was copied ({after}). Put it on each distribution.",
    ),
    "reading.licences_differ": Sentence(
        "Il dataset dichiara la licenza {dataset}, il file {distribution}: vale quella del file. Rendile uguali.",
        "The dataset states the licence {dataset}, the file {distribution}: the file's counts. Make them equal.",
    ),
    "reading.html_page": Sentence(
        "L'indirizzo ha risposto con una pagina web e non con un catalogo: controlla l'indirizzo.",
        "The address answered with a web page and not with a catalogue: check the address.",
    ),
    "reading.syntax": Sentence(
        "Il documento ha un errore di sintassi e non si può leggere: {detail}",
        "The document has a syntax error and cannot be read: {detail}",
    ),
    "reading.not_utf8": Sentence(
        "Il documento non è in UTF-8: la codifica è stata riconosciuta, ma è meglio salvarlo in UTF-8.",
        "The document is not in UTF-8: the encoding was recognised, but it is better to save it in UTF-8.",
    ),
    "reading.wrong_media_type": Sentence(
        "Il server dichiara il tipo «{media_type}», il documento è {expected}.",
        "The server declares the type “{media_type}”, the document is {expected}.",
    ),
    "reading.term_mended": Sentence(
        "Il termine «{before}» è scritto male: è stato letto come {after}.",
        "The term “{before}” is misspelt: it was read as {after}.",
    ),
    "reading.package_not_public": Sentence(
        "Nella sorgente questo dataset non è pubblico (stato: {state}): non viene raccolto.",
        "At its source this dataset is not public (state: {state}): it is left out.",
    ),
    "reading.package_not_dataset": Sentence(
        "Non è un dataset ma un elemento di tipo «{type}»: non viene raccolto.",
        "This is no dataset but a thing of type “{type}”: it is left out.",
    ),
    "reading.json_syntax": Sentence(
        "Il documento comincia come JSON ma non lo è: {detail}. Commenti e virgole finali non sono ammessi.",
        "The document begins like JSON but is not: {detail}. Comments and trailing commas are not allowed.",
    ),
    "reading.ckan_refused": Sentence(
        "Il portale ha risposto con un errore invece che con i dati: {detail}.",
        "The portal answered with an error instead of data: {detail}.",
    ),
    "reading.not_a_catalogue": Sentence(
        "Il documento JSON non descrive dataset: serve una risposta di package_search o package_show, oppure data.json.",
        "The JSON document describes no datasets: an answer of package_search or package_show, or data.json, is needed.",
    ),
    "reading.not_this_api": Sentence(
        "La risposta non è quella di {detail}: controlla l'indirizzo e il tipo di sorgente.",
        "The answer is not that of {detail}: check the address and the kind of source.",
    ),
    "reading.no_datasets": Sentence(
        "L'elenco è vuoto: la sorgente non espone alcun dataset.",
        "The list is empty: the source offers no dataset.",
    ),
    "reading.item_not_an_object": Sentence(
        "Un elemento dell'elenco non è la descrizione di un dataset: {detail}.",
        "A member of the list is no description of a dataset: {detail}.",
    ),
    "reading.too_large": Sentence(
        "Il documento è troppo grande ({detail}): dividi il catalogo in pagine.",
        "The document is too large ({detail}): split the catalogue into pages.",
    ),
    "reading.too_deep": Sentence(
        "Il documento annida elementi oltre ogni misura ({detail}): non viene letto.",
        "The document nests elements beyond measure ({detail}): it is not read.",
    ),
    "reading.hostile_xml": Sentence(
        "Il documento dichiara entità XML esterne o che si moltiplicano ({detail}): toglile e riprova.",
        "The document declares XML entities that are external or multiply ({detail}): remove them and try again.",
    ),
    "reading.unknown_context": Sentence(
        "Il documento JSON-LD rimanda a un contesto esterno che non conosciamo ({detail}): scrivilo nel documento.",
        "The JSON-LD document refers to an external context we do not know ({detail}): write it inside the document.",
    ),
    "reading.value_unread": Sentence(
        "{field}: «{value}» non è un numero intero di byte, quindi è stato lasciato vuoto.",
        "{field}: “{value}” is not a whole number of bytes, so it was left empty.",
    ),
    "reading.node_undescribed": Sentence(
        "La distribuzione {iri} è citata ma non descritta: aggiungi formato, indirizzo e licenza.",
        "The distribution {iri} is named but not described: add its format, address and licence.",
    ),
    "reading.statements_dropped": Sentence(
        "Alcune affermazioni contengono indirizzi non validi e non sono state conservate: {statements}.",
        "Some statements hold addresses that are not valid and were not kept: {statements}.",
    ),
    "reading.unwritable": Sentence(
        "«{value}» non può stare in un documento RDF: correggi il valore, altrimenti il dataset non viene pubblicato.",
        "“{value}” cannot stand in an RDF document: mend the value, or the dataset is not published.",
    ),
    "iso.not_xml": Sentence(
        "La risposta non è XML («{detail}»): l'indirizzo deve essere quello di un servizio CSW o di un documento ISO 19139.",
        "The answer is no XML (“{detail}”): the address must be that of a CSW service or of an ISO 19139 document.",
    ),
    "iso.service_exception": Sentence(
        "Il servizio di catalogo ha risposto con un errore: {detail}",
        "The catalogue service answered with an error: {detail}",
    ),
    "iso.not_a_record": Sentence(
        "Il documento XML non contiene record ISO 19139 ({detail}): controlla l'indirizzo e il tipo di sorgente.",
        "The XML document holds no ISO 19139 records ({detail}): check the address and the kind of source.",
    ),
    "iso.unknown_element": Sentence(
        "Il record non è valido per ISO 19139: {parent} non può contenere «{element}». Va corretto alla sorgente.",
        "The record is not valid ISO 19139: {parent} may not hold “{element}”. It must be mended at its source.",
    ),
    "iso.no_identification": Sentence(
        "Il record non descrive dei dati (manca MD_DataIdentification): va corretto alla sorgente.",
        "The record describes no data (MD_DataIdentification is missing): it must be mended at its source.",
    ),
    "iso.no_title": Sentence(
        "Il record non ha titolo: va scritto alla sorgente.",
        "The record has no title: it must be written at its source.",
    ),
    "iso.no_identifier": Sentence(
        "Il record non ha fileIdentifier, e senza non si può riconoscere alla prossima raccolta.",
        "The record has no fileIdentifier, and without it cannot be recognised by the next run.",
    ),
    "iso.no_frequency": Sentence(
        "Il record non dice ogni quanto si aggiornano i dati: è stato scritto «sconosciuto».",
        "The record does not say how often the data are renewed: “unknown” was written.",
    ),
    "iso.date_of_description": Sentence(
        "Il record non dice quando sono cambiati i dati: è stata usata la data della descrizione ({after}).",
        "The record does not say when the data changed: the date of the description was used ({after}).",
    ),
    "rndt.not_found": Sentence(
        "Il repertorio elenca questo record ma non lo trova più: riprova alla prossima raccolta.",
        "The repertory lists this record but does not find it any more: the next run tries again.",
    ),
    "sheet.no_key": Sentence(
        "La riga {row} non ha la Chiave: senza, il dataset non si riconosce alla prossima raccolta.",
        "Row {row} has no Chiave: without it the dataset cannot be recognised by the next run.",
    ),
    "sources.not_a_list": Sentence(
        "Il file non è un elenco di sorgenti: serve la risposta di harvest_source_list, o l'elenco che essa contiene.",
        "The file is no list of sources: the answer of harvest_source_list is needed, or the list inside it.",
    ),
    "sources.not_a_source": Sentence(
        "Questa riga non è la descrizione di una sorgente.", "This row is no description of a source."
    ),
    "sources.bad_address": Sentence(
        "L'indirizzo «{url}» non è un indirizzo web (http o https) di lunghezza ragionevole.",
        "The address “{url}” is no web address (http or https) of reasonable length.",
    ),
    "sources.unknown_kind": Sentence(
        "Il tipo «{type}» non ha un corrispondente qui. Tipi conosciuti: {known}.",
        "The type “{type}” has no counterpart here. Known types: {known}.",
    ),
    "sources.bad_config": Sentence(
        "Le impostazioni della riga non sono JSON ({detail}): correggile e importa di nuovo.",
        "The settings of the row are no JSON ({detail}): mend them and import again.",
    ),
}
