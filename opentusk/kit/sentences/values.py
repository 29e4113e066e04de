"""What was done to one value, or why it could not be used."""

from opentusk.kit.sentences.form import Sentence

VALUES: dict[str, Sentence] = {
    "value.blank": Sentence(
        "Il valore era fatto solo di spazi: è stato considerato vuoto.",
        "The value was only blanks: it counts as empty.",
    ),
    "value.date_rewritten": Sentence(
        "La data «{before}» è stata scritta come {after}.", "The date “{before}” was written as {after}."
    ),
    "value.date_unreadable": Sentence(
        "La data «{before}» non esiste o non si capisce: scrivila come AAAA-MM-GG.",
        "The date “{before}” does not exist or cannot be understood: write it as YYYY-MM-DD.",
    ),
    "value.markup_removed": Sentence(
        "Il testo conteneva HTML: è rimasto il testo semplice.", "The text had HTML in it: the plain text was kept."
    ),
    "value.blanks_removed": Sentence(
        "Sono stati tolti spazi superflui o caratteri invisibili.",
        "Superfluous blanks or invisible characters were removed.",
    ),
    "value.url_rewritten": Sentence(
        "L'indirizzo «{before}» è stato scritto come {after}.", "The address “{before}” was written as {after}."
    ),
    "value.url_unusable": Sentence(
        "«{before}» non è un indirizzo web: scrivi un indirizzo che comincia con https://.",
        "“{before}” is no web address: write one that begins with https://.",
    ),
    "value.iri_rewritten": Sentence(
        "L'identificatore «{before}» è stato scritto come {after}.", "The identifier “{before}” was written as {after}."
    ),
    "value.iri_unusable": Sentence(
        "«{before}» non è un IRI assoluto: serve un indirizzo completo.",
        "“{before}” is no absolute IRI: a complete address is needed.",
    ),
    "value.email_rewritten": Sentence(
        "L'e-mail «{before}» è stata scritta come {after}.", "The e-mail “{before}” was written as {after}."
    ),
    "value.email_first_of_several": Sentence(
        "C'erano più e-mail («{before}»): è stata tenuta la prima, {after}.",
        "There were several e-mail addresses (“{before}”): the first was kept, {after}.",
    ),
    "value.email_unusable": Sentence(
        "«{before}» non è un'e-mail: scrivi l'indirizzo di un ufficio, per esempio opendata@comune.it.",
        "“{before}” is no e-mail address: write that of an office, for example opendata@comune.it.",
    ),
    "value.phone_rewritten": Sentence(
        "Il telefono «{before}» è stato scritto come {after}.", "The phone number “{before}” was written as {after}."
    ),
    "value.phone_unusable": Sentence("«{before}» non è un numero di telefono.", "“{before}” is no phone number."),
    "value.ipa_code_rewritten": Sentence(
        "Il codice IPA «{before}» è stato scritto come {after}.", "The IPA code “{before}” was written as {after}."
    ),
    "value.ipa_code_guessed": Sentence(
        "Il codice «{before}» non è nell'indice IPA: forse è {after}. Conferma o correggi.",
        "The code “{before}” is not in the IPA index: perhaps {after} is meant. Confirm or correct.",
    ),
    "value.ipa_code_unusable": Sentence(
        "«{before}» non è un codice IPA: cercalo su indicepa.gov.it (per un Comune è come c_e506).",
        "“{before}” is no IPA code: look it up on indicepa.gov.it (for a municipality it looks like c_e506).",
    ),
    "value.identifier_rewritten": Sentence(
        "L'identificativo «{before}» è stato scritto come {after}; l'originale resta fra gli altri identificativi.",
        "The identifier “{before}” was written as {after}; the original is kept among the other identifiers.",
    ),
    "value.identifier_unusable": Sentence(
        "«{before}» non basta a identificare il dataset: serve un codice dell'ente seguito da un nome breve.",
        "“{before}” is not enough to identify the dataset: a code of the body followed by a short name is needed.",
    ),
}
