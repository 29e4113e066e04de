"""Why a statement of SQL is refused."""

from opentusk.kit.sentences.form import Sentence

SQL: dict[str, Sentence] = {
    "sql.too_long": Sentence(
        "L'istruzione supera i {limit} byte: accorciala, o passa i valori come parametri.",
        "The statement is longer than {limit} bytes: shorten it, or pass values as parameters.",
    ),
    "sql.control_character": Sentence(
        "L'istruzione contiene un carattere di controllo: toglilo.",
        "The statement holds a control character: remove it.",
    ),
    "sql.syntax": Sentence(
        "L'istruzione ha un errore di sintassi: {detail}",
        "The statement has a syntax error: {detail}",
    ),
    "sql.only_select": Sentence(
        "È ammessa solo un'istruzione SELECT (anche con WITH): i dati si leggono, non si cambiano.",
        "Only a SELECT statement is allowed (WITH included): data are read, not changed.",
    ),
    "sql.one_statement": Sentence(
        "È ammessa una sola istruzione: manda le altre in richieste separate.",
        "Only one statement is allowed: send the others in requests of their own.",
    ),
    "sql.recursive": Sentence(
        "WITH RECURSIVE non è ammesso: riscrivi la domanda senza ricorsione.",
        "WITH RECURSIVE is not allowed: write the question without recursion.",
    ),
    "sql.not_allowed": Sentence(
        "Questa parte di SQL non è ammessa ({what}). Sono ammessi SELECT, JOIN, WITH, GROUP BY, finestre e sottoselezioni.",
        "This part of SQL is not allowed ({what}). SELECT, JOIN, WITH, GROUP BY, windows and subqueries are.",
    ),
    "sql.function": Sentence(
        "La funzione «{what}» non è ammessa: l'elenco di quelle ammesse è in /sviluppatori/dati.",
        "The function “{what}” is not allowed: those that are allowed are listed in /sviluppatori/dati.",
    ),
    "sql.table_function": Sentence(
        "«{what}» produce una tabella e non è ammessa: si leggono solo le tabelle pubbliche nominate nella richiesta.",
        "“{what}” makes a table and is not allowed: only the public tables named in the request can be read.",
    ),
    "sql.type": Sentence(
        "Il tipo «{what}» non è ammesso in una conversione.",
        "The type “{what}” is not allowed in a cast.",
    ),
    "sql.table": Sentence(
        "Non c'è nessuna tabella pubblica «{what}». In /sql di una tabella usa t; in /api/v1/sql il suo UUID tra virgolette.",
        "There is no public table “{what}”. In a table's /sql use t; in /api/v1/sql its UUID in double quotes.",
    ),
    "sql.parameter": Sentence(
        "Il parametro «{what}» non va bene: usa nomi, come $anno, e manda i valori in params.",
        "The parameter “{what}” does not suit: use names, such as $anno, and send the values in params.",
    ),
    "sql.missing_parameter": Sentence(
        "Manca il valore del parametro «{what}»: mandalo in params.",
        "The value of the parameter “{what}” is missing: send it in params.",
    ),
    "sql.parameter_value": Sentence(
        "Il valore del parametro «{what}» deve essere un testo, un numero, vero o falso, o nullo.",
        "The value of the parameter “{what}” must be a text, a number, true or false, or null.",
    ),
    "sql.error": Sentence(
        "L'istruzione non si può eseguire: {detail}",
        "The statement cannot be run: {detail}",
    ),
    "sql.too_many_tables": Sentence(
        "Un'istruzione può leggere al massimo {limit} tabelle.",
        "A statement may read {limit} tables at most.",
    ),
}
