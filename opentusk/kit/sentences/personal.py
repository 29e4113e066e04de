"""Suspicions of personal data: what was found where, and how to mend it. Never a value: no place is left for one."""

from opentusk.kit.sentences.form import Sentence

PERSONAL: dict[str, Sentence] = {
    "personal.codice_fiscale": Sentence("{where}: codici fiscali di persone in {count} celle ({share}).", "{where}: tax codes of persons in {count} cells ({share})."),
    "personal.nome": Sentence("{where}: nomi di persone in circa {count} celle ({share}).", "{where}: names of persons in about {count} cells ({share})."),
    "personal.telefono": Sentence("{where}: numeri di telefono in circa {count} celle ({share}).", "{where}: telephone numbers in about {count} cells ({share})."),
    "personal.email": Sentence("{where}: indirizzi e-mail in {count} celle ({share}).", "{where}: e-mail addresses in {count} cells ({share})."),
    "personal.iban": Sentence("{where}: codici IBAN in {count} celle ({share}).", "{where}: IBAN codes in {count} cells ({share})."),
    "personal.targa": Sentence("{where}: targhe di veicoli in circa {count} celle ({share}).", "{where}: number plates in about {count} cells ({share})."),
    "personal.indirizzo": Sentence("{where}: indirizzi accanto a persone che si riconoscono ({count} celle).", "{where}: addresses beside persons who can be recognised ({count} cells)."),
    "personal.documento": Sentence("{where}: numeri di documenti, tessere o licenze di persone ({count} celle, {share}).", "{where}: numbers of personal documents, cards or licences ({count} cells, {share})."),
    "personal.data_nascita": Sentence("{where}: date di nascita in circa {count} celle ({share}).", "{where}: birth dates in about {count} cells ({share})."),
    "personal.foto": Sentence("{where}: fotografie accanto a persone che si riconoscono.", "{where}: photographs beside persons who can be recognised."),
    "personal.salute": Sentence("{where}: parole che parlano di salute o disabilità (art. 9 del GDPR).", "{where}: words about health or disability (GDPR art. 9)."),
    "personal.etnia": Sentence("{where}: parole che parlano di origine etnica (art. 9 del GDPR).", "{where}: words about ethnic origin (GDPR art. 9)."),
    "personal.religione": Sentence("{where}: parole che parlano di religione (art. 9 del GDPR).", "{where}: words about religion (GDPR art. 9)."),
    "personal.orientamento": Sentence("{where}: parole che parlano di vita o orientamento sessuale (art. 9 del GDPR).", "{where}: words about sex life or sexual orientation (GDPR art. 9)."),
    "personal.sindacato": Sentence("{where}: parole che parlano di appartenenza sindacale (art. 9 del GDPR).", "{where}: words about trade-union membership (GDPR art. 9)."),
    "personal.politica": Sentence("{where}: parole che parlano di opinioni politiche (art. 9 del GDPR).", "{where}: words about political opinions (GDPR art. 9)."),
    "personal.condanne": Sentence("{where}: parole che parlano di condanne o reati (art. 10 del GDPR).", "{where}: words about convictions or offences (GDPR art. 10)."),
    "personal.disagio": Sentence("{where}: parole che parlano di disagio economico o sociale (art. 26 c. 4 del D.Lgs. 33/2013).", "{where}: words about economic or social hardship (D.Lgs. 33/2013, art. 26 c. 4)."),
    "personal.gruppi_piccoli": Sentence("{where}: messe insieme formano {count} gruppi di meno di 5 persone; il più piccolo ne ha {smallest}.", "{where}: together they form {count} groups of fewer than 5 persons; the smallest has {smallest}."),
    "personal.trasparenza": Sentence("{where}: persone in un elenco di Amministrazione trasparente. Pubblicato per trasparenza non vuol dire riusabile per ogni scopo: serve una nota sulla finalità.", "{where}: persons in a list of Amministrazione trasparente. Published for transparency does not mean reusable for any purpose: a note on the purpose is needed."),
    "personal.seen_before": Sentence("{where}: tolta per decisione da una versione precedente ({kind}); in questa non si è trovato niente.", "{where}: taken out of an earlier version by decision ({kind}); nothing was found in this one."),
    "personal.mend_drop": Sentence("Togli la colonna, o sostituiscila con un codice che non dica chi è.", "Drop the column, or replace it by a code that does not say who it is."),
    "personal.mend_contact": Sentence("Lascia solo i recapiti degli uffici o delle imprese (numero dell'ufficio, PEC, info@…), o togli la colonna.", "Keep only the contacts of offices or firms (the office's number, PEC, info@…), or drop the column."),
    "personal.mend_special": Sentence("Togli la colonna, o pubblica solo conteggi abbastanza grandi.", "Drop the column, or publish only counts that are large enough."),
    "personal.mend_groups": Sentence("Raggruppa (quartiere al posto della via, fascia d'età al posto dell'età), togli una delle colonne, o nascondi le celle con meno di 5 persone.", "Group (district in place of street, age class in place of age), drop one of the columns, or hide the cells with fewer than 5 persons."),
    "personal.mend_purpose": Sentence("Scrivi nella descrizione per quale finalità l'elenco è pubblicato e fino a quando.", "Write in the description for which purpose the list is published and until when."),
}  # fmt: skip
