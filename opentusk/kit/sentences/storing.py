"""What storing a harvested record met in the catalogue."""

from opentusk.kit.sentences.form import Sentence

STORING: dict[str, Sentence] = {
    "storing.same_file": Sentence(
        "Lo stesso file è già offerto da «{title}» ({identifier}): questo dataset resta fuori dai feed. Tieni uno dei due.",
        "The same file is already offered by “{title}” ({identifier}): this dataset stays out of the feeds. Keep one.",
    ),
    "storing.kept_away": Sentence(
        "Qui il dataset è stato ritirato da una persona («{reason}»): la sorgente lo offre ancora, ma resta ritirato.",
        "Here a person withdrew the dataset (“{reason}”): the source still offers it, but it stays withdrawn.",
    ),
    "catalog.no_version": Sentence(
        "Il file «{name}» non ha nessuna versione che si possa pubblicare: caricane una nuova, o toglilo dal dataset.",
        "The file “{name}” has no version that can be published: upload a new one, or take it away from the dataset.",
    ),
    "catalog.too_long": Sentence(
        "«{field}» è più lungo di {limit} caratteri e non si può conservare: accorcialo alla fonte.",
        "“{field}” is longer than {limit} characters and cannot be kept: shorten it at its source.",
    ),
}
