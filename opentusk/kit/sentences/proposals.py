"""What each proposal about a table would do."""

from opentusk.kit.sentences.form import Sentence

PROPOSALS: dict[str, Sentence] = {
    "encoding.transcode": Sentence(
        "Offrire anche una copia in UTF-8 (il file è in {encoding}); l'originale resta com'è.",
        "Also offer a copy in UTF-8 (the file is in {encoding}); the original stays as it is.",
    ),
    "encoding.double": Sentence(
        "Correggere le {count} lettere accentate codificate due volte («Ã¨» diventa «è»).",
        "Mend the {count} accented letters that were encoded twice (“Ã¨” becomes “è”).",
    ),
    "totals.exclude": Sentence(
        "Lasciare fuori dalla tabella le {count} righe di totale: chi somma i dati non li conta due volte.",
        "Leave the {count} total rows out of the table: whoever adds up the data will not count them twice.",
    ),
    "periods.unpivot": Sentence(
        "Mettere in righe i {count} periodi che ora sono colonne: una riga per ogni voce e periodo.",
        "Turn the {count} periods that are now columns into rows: one row for each item and period.",
    ),
    "columns.drop_empty": Sentence(
        "Togliere le {count} colonne vuote: {labels}.",
        "Remove the {count} empty columns: {labels}.",
    ),
    "spaces.trim": Sentence(
        "Togliere gli spazi superflui e i caratteri invisibili in {count} celle.",
        "Remove superfluous blanks and unseen characters in {count} cells.",
    ),
    "zeros.pad": Sentence(
        "{column}: rimettere gli zeri iniziali persi (71057 diventa 071057).",
        "{column}: put the lost leading zeros back (71057 becomes 071057).",
    ),
    "units.strip": Sentence(
        "{column}: togliere l'unità «{unit}» dalle celle e scriverla nella descrizione della colonna, così i valori sono numeri.",
        "{column}: take the unit “{unit}” out of the cells and keep it with the column, so that the values are numbers.",
    ),
    "coordinates.split": Sentence(
        "{column}: aggiungere due colonne, latitudine e longitudine.",
        "{column}: add two columns, latitude and longitude.",
    ),
    "numbers.thousands": Sentence(
        "{column}: il punto separa le migliaia (1.894 è milleottocentonovantaquattro).",
        "{column}: the point separates thousands (1.894 is one thousand eight hundred and ninety-four).",
    ),
    "numbers.decimals": Sentence(
        "{column}: il punto separa i decimali (1.894 è quasi due).",
        "{column}: the point separates decimals (1.894 is nearly two).",
    ),
    "dates.month_first": Sentence(
        "{column}: leggere prima il mese e poi il giorno (03/04 è il 4 marzo).",
        "{column}: read the month first and then the day (03/04 is 4 March).",
    ),
    "crs.choose": Sentence(
        "{column}: confermare che le coordinate sono in {crs}.",
        "{column}: confirm that the coordinates are in {crs}.",
    ),
}
