"""What harmonising changed, filled or left out."""

from opentusk.kit.sentences.form import Sentence

REPAIRS: dict[str, Sentence] = {
    "repair.language_assumed": Sentence(
        "Il testo non diceva in che lingua è: è stato preso come italiano.",
        "The text did not say its language: it was taken as Italian.",
    ),
    "repair.words_taken_apart": Sentence(
        "Più parole chiave stavano in una sola («{before}»): sono state separate.",
        "Several keywords were in one (“{before}”): they were taken apart.",
    ),
    "repair.list_taken_apart": Sentence(
        "Un elenco era scritto come testo («{before}»): è stato separato.",
        "A list was written as text (“{before}”): it was taken apart.",
    ),
    "repair.value_unknown": Sentence(
        "«{before}» non è un valore del vocabolario: non è stato usato. Scegline uno dell'elenco.",
        "“{before}” is no value of the vocabulary: it was not used. Choose one of the list.",
    ),
    "repair.value_recognised": Sentence(
        "«{before}» è stato riconosciuto e scritto come {after}.", "“{before}” was recognised and written as {after}."
    ),
    "repair.subject_in_theme": Sentence(
        "«{before}» è un argomento EuroVoc, non un tema: è stato spostato fra i sottotemi.",
        "“{before}” is a EuroVoc subject, not a theme: it was moved to the sub-themes.",
    ),
    "repair.subject_to_keyword": Sentence(
        "«{before}» non è un sottotema EuroVoc: è diventato una parola chiave.",
        "“{before}” is no EuroVoc sub-theme: it became a keyword.",
    ),
    "repair.access_rights_assumed": Sentence(
        "L'accesso non era indicato con un valore del vocabolario: è stato preso come pubblico.",
        "Access was not given as a value of the vocabulary: it was taken as public.",
    ),
    "repair.hvd_category": Sentence(
        "La categoria di elevato valore «{before}» è stata scritta come {after}.",
        "The high-value category “{before}” was written as {after}.",
    ),
    "repair.holder_of_source": Sentence(
        "Il titolare mancava o non aveva un codice («{before}»): è stato messo quello della sorgente, {after}.",
        "The rights holder was missing or had no code (“{before}”): that of the source was put, {after}.",
    ),
    "repair.agent_without_code": Sentence(
        "«{before}» non ha un codice IPA e non si può indicare come ente: aggiungi il codice.",
        "“{before}” has no IPA code and cannot be named as a body: add the code.",
    ),
    "repair.code_from_name": Sentence(
        "Il codice IPA di «{before}» mancava: nell'indice è {after}.",
        "The IPA code of “{before}” was missing: in the index it is {after}.",
    ),
    "repair.name_from_index": Sentence(
        "Il nome dell'ente mancava: è stato preso dall'indice IPA, {after}.",
        "The name of the body was missing: it was taken from the IPA index, {after}.",
    ),
    "repair.office_name": Sentence(
        "«{before}» è il nome di un ufficio: il titolare è l'ente, {after}.",
        "“{before}” is the name of an office: the holder is the body, {after}.",
    ),
    "repair.contact_without_email": Sentence(
        "Il punto di contatto «{before}» non ha un'e-mail valida: non è stato usato.",
        "The contact point “{before}” has no valid e-mail: it was not used.",
    ),
    "repair.contact_of_source": Sentence(
        "Il punto di contatto mancava: è stato messo quello della sorgente, {after}.",
        "The contact point was missing: that of the source was put, {after}.",
    ),
    "repair.contact_name": Sentence(
        "Il punto di contatto non aveva un nome: è stato chiamato {after}.",
        "The contact point had no name: it was called {after}.",
    ),
    "repair.date_completed": Sentence(
        "La data «{before}» non aveva il giorno: è stata scritta {after}.",
        "The date “{before}” had no day: it was written {after}.",
    ),
    "repair.periods_joined": Sentence(
        "Erano indicati più periodi ({before}): è stato scritto quello che li comprende, {after}.",
        "Several periods were given ({before}): the one that covers them was written, {after}.",
    ),
    "repair.period_without_start": Sentence(
        "Il periodo non ha una data di inizio valida («{before}»): non è stato usato.",
        "The period has no valid start (“{before}”): it was not used.",
    ),
    "repair.period_turned": Sentence(
        "Il periodo finiva prima di cominciare ({before}): le date sono state scambiate, {after}.",
        "The period ended before it began ({before}): the dates were exchanged, {after}.",
    ),
    "repair.places_reduced": Sentence(
        "Erano indicati più luoghi ({before}): il profilo ne ammette uno, {after}.",
        "Several places were given ({before}): the profile allows one, {after}.",
    ),
    "repair.place_unknown": Sentence(
        "Il luogo «{before}» non si riconosce: non è stato usato.",
        "The place “{before}” is not recognised: it was not used.",
    ),
    "repair.place_of_holder": Sentence(
        "Il luogo mancava: è stato messo il territorio del titolare, {after}.",
        "The place was missing: the territory of the holder was put, {after}.",
    ),
    "repair.licence_recognised": Sentence(
        "La licenza «{before}» è stata riconosciuta: {after}.", "The licence “{before}” was recognised: {after}."
    ),
    "repair.licence_unknown": Sentence(
        "La licenza «{before}» non si riconosce: scegline una dell'elenco, di regola CC BY 4.0.",
        "The licence “{before}” is not recognised: choose one of the list, as a rule CC BY 4.0.",
    ),
    "repair.licence_of_source": Sentence(
        "La licenza mancava: è stata messa quella della sorgente, {after}.",
        "The licence was missing: that of the source was put, {after}.",
    ),
    "repair.theme_of_source": Sentence(
        "Il tema mancava: è stato messo quello della sorgente, {after}.",
        "The theme was missing: that of the source was put, {after}.",
    ),
    "repair.distribution_without_format": Sentence(
        "Il file {before} non ha un formato riconoscibile: è stato lasciato fuori. Indica il formato.",
        "The file {before} has no recognisable format: it was left out. Give the format.",
    ),
    "repair.distribution_without_address": Sentence(
        "La distribuzione «{before}» non ha un indirizzo valido: è stata lasciata fuori.",
        "The distribution “{before}” has no valid address: it was left out.",
    ),
    "repair.access_from_download": Sentence(
        "L'indirizzo di accesso mancava: è stato messo quello di download, {after}.",
        "The access address was missing: the download address was put, {after}.",
    ),
    "repair.inner_format": Sentence(
        "Il file è compresso («{before}»): il formato è quello del contenuto, {after}.",
        "The file is compressed (“{before}”): its format is that of the content, {after}.",
    ),
    "repair.format_from_file": Sentence(
        "Il formato «{before}» non si riconosceva: dall'indirizzo o dal tipo del file è {after}.",
        "The format “{before}” was not recognised: from the address or the type of the file it is {after}.",
    ),
    "repair.media_type_from_format": Sentence(
        "Il tipo di file è stato scritto secondo il formato: {after}.",
        "The media type was written after the format: {after}.",
    ),
    "repair.checksum_unusable": Sentence(
        "L'impronta «{before}» non è valida: non è stata usata.",
        "The checksum “{before}” is not valid: it was not used.",
    ),
    "repair.standard_identifier": Sentence(
        "Lo standard non aveva un identificativo: è stato usato {after}.",
        "The standard had no identifier: {after} was used.",
    ),
}
