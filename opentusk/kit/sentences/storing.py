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
}
