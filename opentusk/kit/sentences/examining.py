"""What the portal says of a file that it could not read, beside what reading it says."""

from opentusk.kit.sentences.form import Sentence

EXAMINING: dict[str, Sentence] = {
    "examining.no_room": Sentence(
        "Il disco del portale è pieno: il file è al sicuro e la lettura riparte da sola appena c'è posto.",
        "The portal's disk is full: the file is safe and reading starts again by itself as soon as there is room.",
    ),
    "examining.too_heavy": Sentence(
        "Per leggerla serve più memoria di quella che il portale concede a un file: il file si scarica, ma la tabella non si esplora. Dividilo in file più piccoli, per esempio uno per anno.",
        "Reading it takes more memory than the portal allows to one file: it can be downloaded, but not explored as a table. Split it into smaller files, for example one per year.",
    ),
    "examining.too_long": Sentence(
        "Leggerla richiede troppo tempo: il file si scarica, ma la tabella non si esplora. Dividilo in file più piccoli, per esempio uno per anno.",
        "Reading it takes too long: the file can be downloaded, but not explored as a table. Split it into smaller files, for example one per year.",
    ),
    "examining.broke": Sentence(
        "Il portale non è riuscito a leggerla per un difetto suo, non del file: il file si scarica lo stesso. Scrivi alla redazione, che può farla rileggere.",
        "The portal could not read it through a fault of its own, not of the file: the file can be downloaded anyway. Write to the desk, which can have it read anew.",
    ),
}
