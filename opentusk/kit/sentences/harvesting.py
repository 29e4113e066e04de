"""What a harvest says of an item beside what reading and checking it say."""

from opentusk.kit.sentences.form import Sentence

HARVESTING: dict[str, Sentence] = {
    "harvest.no_holder": Sentence(
        "Il dataset non dice di chi è: indica il titolare con il suo codice IPA, o un titolare predefinito della sorgente.",
        "The dataset does not say whose it is: name the rights holder with its IPA code, or a default for the source.",
    ),
    "harvest.foreign_holder": Sentence(
        "Il dataset è di {holder}, ma questa sorgente vale per un solo ente: la redazione può abilitarla per altri.",
        "The dataset belongs to {holder}, but this source speaks for one body only: the desk can allow it more.",
    ),
    "harvest.closed_holder": Sentence(
        "{holder} è sospeso o cessato e per ora non pubblica: ciò che era pubblico resta visibile. Scrivi alla redazione.",
        "{holder} is suspended or ended and does not publish for now: what was public stays visible. Write to the desk.",
    ),
    "harvest.repeated_identifier": Sentence(
        "La sorgente usa {times} volte lo stesso identificativo: è stata tenuta la descrizione più recente.",
        "The source uses the same identifier {times} times: the most recent description was kept.",
    ),
    "harvest.item_broke": Sentence(
        "Questo dataset ha messo in difficoltà il portale, che lo ha saltato: avvisa chi lo gestisce.",
        "This dataset was too much for the portal, which passed it over: tell whoever runs it.",
    ),
}
