"""Why a question to a table is refused. `{column}`, `{operator}` and `{meant}` are filled from the refusal."""

from opentusk.kit.sentences.form import Sentence

_TYPES = {
    "text": ("un testo", "text"),
    "integer": ("un numero intero, come 1200", "a whole number, such as 1200"),
    "decimal": ("un numero con il punto decimale, come 1234.56", "a number with a decimal point, such as 1234.56"),
    "number": ("un numero con il punto decimale, come 40.35", "a number with a decimal point, such as 40.35"),
    "boolean": ("vero o falso: scrivi true o false", "true or false: write true or false"),
    "date": ("una data: scrivi 2024, 2024-05 o 2024-05-31", "a date: write 2024, 2024-05 or 2024-05-31"),
    "datetime": (
        "una data con ora: scrivi 2024-05-31 o 2024-05-31T10:30:00",
        "a date with time: write 2024-05-31 or 2024-05-31T10:30:00",
    ),
    "time": ("un'ora: scrivi 10:30 o 10:30:00", "a time: write 10:30 or 10:30:00"),
    "geometry": ("un luogo: usa bbox o near", "a place: use bbox or near"),
}
_MISREAD = {
    f"query.not_{kind}": Sentence(
        f"«{{value}}» non va bene per {{column}}, che è {italian}. Forse: {{meant}}.",
        f"“{{value}}” does not suit {{column}}, which is {english}. Perhaps: {{meant}}.",
    )
    for kind, (italian, english) in _TYPES.items()
}

QUERIES: dict[str, Sentence] = _MISREAD | {
    "query.unknown_column": Sentence(
        "Non c'è nessuna colonna né parametro «{column}». Forse cercavi: {meant}.",
        "There is no column and no parameter “{column}”. Perhaps you meant: {meant}.",
    ),
    "query.unknown_operator": Sentence(
        "«{operator}» non è un operatore di {column}. Forse cercavi: {meant}.",
        "“{operator}” is no operator of {column}. Perhaps you meant: {meant}.",
    ),
    "query.not_for_type": Sentence(
        "«{operator}» non si applica a {column}, che è di tipo {type}.",
        "“{operator}” does not apply to {column}, which is of type {type}.",
    ),
    "query.unknown_part": Sentence(
        "{column} non si raggruppa per questa parte: usa year, quarter, month o day. Forse cercavi: {meant}.",
        "{column} cannot be grouped by this part: use year, quarter, month or day. Perhaps you meant: {meant}.",
    ),
    "query.empty_value": Sentence(
        "{column} non ha un valore: scrivilo, togli il parametro, oppure usa isnull per le celle vuote.",
        "{column} has no value: write one, leave the parameter out, or use isnull for empty cells.",
    ),
    "query.value_too_long": Sentence(
        "Il valore per {column} supera i {limit} caratteri: accorcialo.",
        "The value for {column} is longer than {limit} characters: shorten it.",
    ),
    "query.bad_list": Sentence(
        "L'elenco per {column} non si legge: separa i valori con la virgola, e tra virgolette quelli che la contengono.",
        "The list for {column} cannot be read: separate values by commas, and put those that hold one in quotes.",
    ),
    "query.bad_between": Sentence(
        "{column}: between vuole due valori separati da una virgola, come 10,20.",
        "{column}: between takes two values separated by a comma, such as 10,20.",
    ),
    "query.bad_box": Sentence(
        "«{value}» non è un riquadro: scrivi minlon,minlat,maxlon,maxlat in gradi, come 16.8,41.0,17.0,41.2.",
        "“{value}” is no box: write minlon,minlat,maxlon,maxlat in degrees, such as 16.8,41.0,17.0,41.2.",
    ),
    "query.bad_near": Sentence(
        "«{value}» non è un luogo con distanza: scrivi lat,lon,metri, come 41.12,16.87,500.",
        "“{value}” is no place with a distance: write lat,lon,metres, such as 41.12,16.87,500.",
    ),
    "query.no_places": Sentence(
        "Questa tabella non ha coordinate: bbox, near e le distanze non si possono usare.",
        "This table has no coordinates: bbox, near and distances cannot be used.",
    ),
    "query.bad_logic": Sentence(
        "La condizione non si legge da «{rest}»: la forma è or=(colonna__gt.5,and(altra.x,terza__isnull)).",
        "The condition cannot be read from “{rest}”: its form is or=(column__gt.5,and(other.x,third__isnull)).",
    ),
    "query.too_deep": Sentence(
        "Le condizioni sono annidate oltre {limit} livelli: semplificale.",
        "The conditions are nested more than {limit} deep: simplify them.",
    ),
    "query.too_many_filters": Sentence(
        "Sono ammesse al massimo {limit} condizioni: usane meno, o in con un elenco di valori.",
        "At most {limit} conditions are allowed: use fewer, or in with a list of values.",
    ),
    "query.too_many_values": Sentence(
        "{column}: un elenco può avere al massimo {limit} valori.",
        "{column}: a list may have {limit} values at most.",
    ),
    "query.too_many_words": Sentence(
        "La ricerca può avere al massimo {limit} parole.",
        "A search may have {limit} words at most.",
    ),
    "query.too_many_groups": Sentence(
        "Si può raggruppare per {limit} colonne al massimo.",
        "At most {limit} columns may be grouped by.",
    ),
    "query.too_many_facets": Sentence(
        "Si possono chiedere al massimo {limit} faccette alla volta.",
        "At most {limit} facets can be asked for at once.",
    ),
    "query.nothing_to_search": Sentence(
        "Il testo da cercare è vuoto o troppo lungo: scrivi da 1 a 500 caratteri.",
        "The text to look for is empty or too long: write 1 to 500 characters.",
    ),
    "query.one_of": Sentence(
        "«{value}» non è ammesso per {column}: scegli tra {allowed}.",
        "“{value}” is not allowed for {column}: choose among {allowed}.",
    ),
    "query.not_in_range": Sentence(
        "«{value}» non è ammesso per {column}: scrivi un numero da 1 a {limit}.",
        "“{value}” is not allowed for {column}: write a number from 1 to {limit}.",
    ),
    "query.sort_direction": Sentence(
        "{column} si ordina con asc o desc, non «{value}».",
        "{column} is sorted asc or desc, not “{value}”.",
    ),
    "query.sort_outside_groups": Sentence(
        "Nei gruppi si ordina solo per ciò che si vede: {column} non c'è. Forse cercavi: {meant}.",
        "Groups are sorted only by what is shown: {column} is not. Perhaps you meant: {meant}.",
    ),
    "query.columns_and_groups": Sentence(
        "Con groupby le colonne sono le chiavi e i calcoli: togli columns.",
        "With groupby the columns are the keys and the calculations: leave columns out.",
    ),
    "query.unreadable": Sentence(
        "{operator}: non si legge da «{rest}». I testi stanno tra virgolette, i nomi strani tra apici inversi.",
        "{operator}: cannot be read from “{rest}”. Texts stand in quotes, odd names in backquotes.",
    ),
    "query.clause_too_long": Sentence(
        "{operator}: supera i {limit} caratteri: accorcia la domanda.",
        "{operator}: longer than {limit} characters: shorten the question.",
    ),
    "query.unexpected": Sentence(
        "{operator}: qui «{found}» non va bene. Ci si aspettava: {expected}.",
        "{operator}: “{found}” does not fit here. Expected: {expected}.",
    ),
    "query.compare_null": Sentence(
        "Con null non si confronta: scrivi «is null» o «is not null».",
        "Nothing compares with null: write “is null” or “is not null”.",
    ),
    "query.types_differ": Sentence(
        "{column}: un valore di tipo {type} non si confronta con uno di tipo {other}.",
        "{column}: a value of type {type} does not compare with one of type {other}.",
    ),
    "query.not_a_condition": Sentence(
        "{operator}: qui serve una condizione, come importo > 100.",
        "{operator}: a condition is needed here, such as importo > 100.",
    ),
    "query.not_an_expression": Sentence(
        "{operator}: qui serve un valore o una colonna, non una condizione.",
        "{operator}: a value or a column is needed here, not a condition.",
    ),
    "query.unknown_function": Sentence(
        "Non c'è nessuna funzione «{column}». Forse cercavi: {meant}.",
        "There is no function “{column}”. Perhaps you meant: {meant}.",
    ),
    "query.arguments": Sentence(
        "«{operator}» vuole {count} valori tra parentesi.",
        "“{operator}” takes {count} values in its parentheses.",
    ),
    "query.percentile": Sentence(
        "percentile vuole un numero da 0 a 100, come percentile(importo, 90).",
        "percentile takes a number from 0 to 100, such as percentile(importo, 90).",
    ),
    "query.bad_range": Sentence(
        "{column}: scrivi range(colonna, 100) oppure range(colonna, *, 0, 100, *), con i limiti in ordine.",
        "{column}: write range(column, 100) or range(column, *, 0, 100, *), with the edges in order.",
    ),
    "query.bad_date_format": Sentence(
        "date_format: usa YYYY, MM, dd, HH, mm, ss e i segni - / : . come separatori.",
        "date_format: use YYYY, MM, dd, HH, mm, ss and the signs - / : . between them.",
    ),
    "query.twice": Sentence(
        "{operator} compare due volte: scrivilo una volta sola.",
        "{operator} occurs twice: write it once.",
    ),
    "query.aggregate_here": Sentence(
        "{operator}: i calcoli sui gruppi (sum, avg, count…) stanno in select e in having.",
        "{operator}: calculations over groups (sum, avg, count…) belong in select and having.",
    ),
    "query.key_here": Sentence(
        "{operator}: range e grid servono a raggruppare: scrivili in group_by.",
        "{operator}: range and grid are for grouping: write them in group_by.",
    ),
    "query.having_without_groups": Sentence(
        "having filtra i gruppi: aggiungi group_by, o usa where.",
        "having filters groups: add group_by, or use where.",
    ),
    "query.not_grouped": Sentence(
        "{operator}: {column} non è tra le chiavi di group_by: aggiungila, o mettila in un calcolo come max({column}).",
        "{operator}: {column} is not a key of group_by: add it, or put it into a calculation such as max({column}).",
    ),
    "query.sort_by_constant": Sentence(
        "{operator}: ordina per una colonna o un calcolo, non per un valore fisso.",
        "{operator}: sort by a column or a calculation, not by a constant.",
    ),
    "query.too_many_items": Sentence(
        "{operator}: sono ammesse al massimo {limit} voci.",
        "{operator}: at most {limit} items are allowed.",
    ),
    "query.no_key": Sentence(
        "Questa tabella non ha una chiave: chiedi la riga per numero, come _row:12.",
        "This table has no key: ask for the row by its number, such as _row:12.",
    ),
    "query.key_parts": Sentence(
        "La chiave di questa tabella ha {count} parti: scrivile in ordine, separate da virgole.",
        "The key of this table has {count} parts: write them in order, separated by commas.",
    ),
    "query.no_facet": Sentence(
        "Scrivi in facet le colonne da contare, separate da virgole, come facet=comune,anno.",
        "Write the columns to be counted in facet, separated by commas, such as facet=comune,anno.",
    ),
    "query.unknown_format": Sentence(
        "Non c'è il formato «{column}». Ci sono: {meant}.",
        "There is no format “{column}”. There are: {meant}.",
    ),
    "query.cursor": Sentence(
        "Il cursore non è valido: usa quello del link «next», senza cambiarlo.",
        "The cursor is not valid: use that of the “next” link, unchanged.",
    ),
    "query.cursor_of_another": Sentence(
        "Il cursore appartiene a un'altra domanda: ricomincia dalla prima pagina.",
        "The cursor belongs to another question: begin again at the first page.",
    ),
    "query.cursor_and_page": Sentence(
        "Usa cursor oppure page, non tutti e due.",
        "Use cursor or page, not both.",
    ),
    "query.offset_too_far": Sentence(
        "Le pagine numerate arrivano a {limit} righe: per andare oltre segui il link «next», o scarica tutto.",
        "Numbered pages go as far as {limit} rows: to go on follow the “next” link, or download everything.",
    ),
    "query.too_many_for_xlsx": Sentence(
        "Un foglio Excel contiene al massimo {limit} righe e queste sono di più: scarica CSV per Excel italiano o Parquet, "
        "oppure aggiungi un filtro.",
        "An Excel sheet holds {limit} rows at most and these are more: download CSV or Parquet, or add a filter.",
    ),
    "query.too_wide_for_xlsx": Sentence(
        "Un foglio Excel contiene al massimo {limit} colonne: scegli quelle che servono con columns.",
        "An Excel sheet holds {limit} columns at most: choose those you need with columns.",
    ),
    "query.too_long_for_xlsx": Sentence(
        "Alla riga {row} un testo supera i 32.767 caratteri di una cella Excel e sarebbe tagliato: scarica CSV o Parquet.",
        "In row {row} a text is longer than the 32,767 characters of an Excel cell and would be cut: download CSV or "
        "Parquet.",
    ),
    "query.no_places_to_write": Sentence(
        "Non si può scrivere {format}: la risposta non ha luoghi.",
        "{format} cannot be written: the answer has no places.",
    ),
    "query.no_geometries": Sentence(
        "Non si può scrivere {format}: questa tabella ha coordinate ma non geometrie. Scarica GeoJSON o Parquet.",
        "{format} cannot be written: this table has coordinates but no geometries. Download GeoJSON or Parquet.",
    ),
    "query.cannot_calculate": Sentence(
        "Il calcolo non riesce: {detail}",
        "The calculation fails: {detail}",
    ),
    "query.over_time": Sentence(
        "La risposta richiede più di {limit} secondi: aggiungi un filtro, oppure scarica il file Parquet.",
        "The answer takes more than {limit} seconds: add a filter, or download the Parquet file.",
    ),
    "query.over_memory": Sentence(
        "La risposta richiede troppa memoria{limit}: aggiungi un filtro, oppure scarica il file Parquet.",
        "The answer takes too much memory{limit}: add a filter, or download the Parquet file.",
    ),
    "query.over_bytes": Sentence(
        "La risposta è troppo grande{limit}: chiedi meno righe o meno colonne, oppure scaricala come file.",
        "The answer is too large{limit}: ask for fewer rows or columns, or download it as a file.",
    ),
    "query.over_groups": Sentence(
        "I gruppi sono più di {limit}: raggruppa per meno colonne o aggiungi un filtro.",
        "There are more than {limit} groups: group by fewer columns or add a filter.",
    ),
    "query.busy": Sentence(
        "Coda piena: riprova fra {seconds} secondi.",
        "The queue is full: try again in {seconds} seconds.",
    ),
    "query.version_gone": Sentence(
        "Questa versione della tabella non è più disponibile: ricomincia dalla più recente.",
        "This version of the table is no longer available: begin again with the latest.",
    ),
}
