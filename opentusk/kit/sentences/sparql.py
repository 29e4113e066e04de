"""Why a SPARQL query is refused."""

from opentusk.kit.sentences.form import Sentence

SPARQL: dict[str, Sentence] = {
    "sparql.empty": Sentence(
        "Non c'è nessuna domanda: scrivine una, oppure parti da un esempio.",
        "There is no query: write one, or start from an example.",
    ),
    "sparql.too_long": Sentence(
        "La domanda è più lunga di {limit} byte: accorciala, o dividila in più domande.",
        "The query is longer than {limit} bytes: shorten it, or split it.",
    ),
    "sparql.no_form": Sentence(
        "Una domanda comincia con SELECT, ASK, CONSTRUCT o DESCRIBE (dopo PREFIX e BASE), non con «{what}».",
        "A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE (after PREFIX and BASE), not with “{what}”.",
    ),
    "sparql.update": Sentence(
        "{what} modifica i dati: qui si può solo leggere, con SELECT, ASK, CONSTRUCT o DESCRIBE.",
        "{what} changes data: here one can only read, with SELECT, ASK, CONSTRUCT or DESCRIBE.",
    ),
    "sparql.service": Sentence(
        "SERVICE interroga altri siti e qui non si può usare: interroga l'altro sito da solo e unisci le risposte. "
        "Se è il nome di un prefisso, chiamalo in un altro modo.",
        "SERVICE asks other sites and cannot be used here: ask the other site by itself and join the answers. "
        "If it is the name of a prefix, give it another name.",
    ),
    "sparql.graph": Sentence(
        "Qui non c'è nessun grafo «{what}», e non lo si va a prendere altrove. I grafi sono gli indirizzi dei dataset: "
        "SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT 100",
        "There is no graph “{what}” here, and it is not fetched from elsewhere. Graphs are the addresses of datasets: "
        "SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT 100",
    ),
    "sparql.syntax": Sentence(
        "La domanda non si legge ({detail}).",
        "The query cannot be read ({detail}).",
    ),
    "sparql.error": Sentence(
        "La domanda non ha risposta in questo formato o in questa forma ({detail}).",
        "The query has no answer in this format or form ({detail}).",
    ),
}
