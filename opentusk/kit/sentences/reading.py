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
}
