"""What harmonising changed in a record: the value before, the value after, and why."""

from opentusk.kit.sentences.form import Sentence

REPAIRS: dict[str, Sentence] = {
    "repair.language_tag": Sentence(
        "I testi senza lingua sono ora indicati come «{after}».",
        "Texts without a language are now tagged “{after}”.",
    ),
    "repair.printed_list": Sentence(
        "«{before}» è una lista stampata come testo: sono stati letti i suoi valori ({after}).",
        "“{before}” is a list printed as text: its values ({after}) were read.",
    ),
    "repair.term": Sentence(
        "«{before}» è ora il termine {after} del vocabolario {list}.",
        "“{before}” is now the term {after} of the vocabulary {list}.",
    ),
    "repair.term_unknown": Sentence(
        "«{before}» non è un termine del vocabolario {list} ed è stato tolto: scegline uno dall'elenco.",
        "“{before}” is no term of the vocabulary {list} and was removed: choose one from the list.",
    ),
    "repair.scheme_as_term": Sentence(
        "«{before}» è l'indirizzo dell'intero elenco, non una categoria, ed è stato tolto: indica la categoria.",
        "“{before}” is the address of the whole list, not a category, and was removed: name the category.",
    ),
    "repair.subject_in_theme": Sentence(
        "«{before}» è un argomento EuroVoc, non un tema: è stato spostato tra i sottotemi.",
        "“{before}” is a EuroVoc subject, not a theme: it was moved to the subjects.",
    ),
    "repair.periods_merged": Sentence(
        "Il profilo ammette un solo periodo: {before} è diventato {after}.",
        "The profile allows one period: {before} became {after}.",
    ),
    "repair.period_turned": Sentence(
        "Il periodo {before} finiva prima di cominciare: le date sono state scambiate.",
        "The period {before} ended before it began: the dates were exchanged.",
    ),
    "repair.places_joined": Sentence(
        "{before} indicano lo stesso luogo in due modi: sono diventati uno solo.",
        "{before} say in two ways which place it is: they became one.",
    ),
    "repair.place_left_out": Sentence(
        "Il profilo ammette un solo luogo: di {before} resta {after}.",
        "The profile allows one place: of {before}, {after} stays.",
    ),
    "repair.place_code": Sentence(
        "Il comune è indicato con il suo codice ISTAT ({after}) invece che con {before}.",
        "The municipality is given by its ISTAT code ({after}) instead of {before}.",
    ),
    "repair.territory_of_body": Sentence(
        "La copertura geografica mancava: è stato indicato il territorio del titolare ({after}).",
        "No place was given: the territory of the rights holder ({after}) was entered.",
    ),
    "repair.default_used": Sentence(
        "Il valore mancava: è stato usato quello predefinito della sorgente ({after}).",
        "The value was missing: the default of the source ({after}) was used.",
    ),
    "repair.ipa_code": Sentence(
        "Il codice «{before}» non esiste nell'IPA: ora è {after}, di {body}. Correggilo alla fonte.",
        "The code “{before}” is not in the IPA index: it is now {after}, of {body}. Correct it at the source.",
    ),
    "repair.ipa_code_proposed": Sentence(
        "Il codice «{given}» non esiste nell'IPA. Forse è {proposed} ({body}): nessun nome lo conferma, verifica.",
        "The code “{given}” is not in the IPA index. It may be {proposed} ({body}); no name confirms it: please check.",
    ),
    "repair.code_of_name": Sentence(
        "Mancava il codice IPA: {after} è quello di {body}.",
        "The IPA code was missing: {after} is that of {body}.",
    ),
    "repair.name_as_code": Sentence(
        "«{before}» sta al posto del codice IPA ma non è un codice: scrivi il codice dell'ente.",
        "“{before}” stands where the IPA code belongs but is no code: enter the body's code.",
    ),
    "repair.address_as_code": Sentence(
        "«{before}» è un indirizzo, non un codice: scrivi il codice IPA dell'ente.",
        "“{before}” is an address, not a code: enter the body's IPA code.",
    ),
    "repair.body_name": Sentence(
        "«{before}» non è il nome dell'ente {ipa}: è stato indicato «{after}».",
        "“{before}” is not the name of the body {ipa}: “{after}” was entered.",
    ),
    "repair.node_address": Sentence(
        "L'indirizzo «{before}» è di altro (una pagina, un documento): il nodo ora si chiama {after}.",
        "The address “{before}” belongs to something else (a page, a document): the node is now called {after}.",
    ),
    "repair.contact_named": Sentence(
        "Il punto di contatto non aveva nome: è stato indicato quello del titolare ({after}).",
        "The contact point had no name: that of the rights holder ({after}) was entered.",
    ),
    "repair.identifier_of_address": Sentence(
        "Mancava l'identificativo: {after} è stato ricavato dall'indirizzo {iri}. Aggiungilo alla fonte.",
        "The identifier was missing: {after} was made from the address {iri}. Add it at the source.",
    ),
    "repair.licence": Sentence(
        "La licenza «{before}» è ora indicata con il suo indirizzo {after}.",
        "The licence “{before}” is now given by its address {after}.",
    ),
    "repair.licence_kind": Sentence(
        "Il tipo della licenza era sbagliato ({before}): è {after}.",
        "The kind of the licence was wrong ({before}): it is {after}.",
    ),
    "repair.licence_text": Sentence(
        "«{before}» non è l'indirizzo di una licenza: resta come nome. Indica una licenza dell'elenco.",
        "“{before}” is no address of a licence: it stays as its name. Choose a licence of the list.",
    ),
    "repair.inner_format": Sentence(
        "Il file è un archivio {archive}: il formato indicato ora è quello del contenuto ({after}).",
        "The file is a {archive} archive: the format given now is that of its content ({after}).",
    ),
    "repair.format_deduced": Sentence(
        "Il formato «{before}» non dice nulla: {after} è stato ricavato dal nome o dal tipo del file.",
        "The format “{before}” says nothing: {after} was deduced from the file's name or type.",
    ),
    "repair.media_type": Sentence(
        "Il tipo MIME è stato ricavato dal formato: {after}.",
        "The media type was taken from the format: {after}.",
    ),
    "repair.standard_identifier": Sentence(
        "Allo standard mancava l'identificativo: è stato usato {after}.",
        "The standard had no identifier: {after} was used.",
    ),
    "repair.access_of_download": Sentence(
        "Mancava l'indirizzo di accesso: è quello da cui si scarica il file ({after}).",
        "The access address was missing: it is the one the file is downloaded from ({after}).",
    ),
    "repair.size_made_up": Sentence(
        "{before} byte è la dimensione che i programmi scrivono quando non la conoscono: è stata tolta.",
        "{before} bytes is the size that programs write when they do not know it: it was removed.",
    ),
}
