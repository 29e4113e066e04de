"""Tables with what they must make suspect; people, codes and addresses are invented: dati dimostrativi."""

CF = "RSSMRA80A01H501U"
PEOPLE = [
    "Rossi Mario", "Anna De Luca", "Giuseppe Lorusso", "BIANCHI CARLA", "Esposito Ciro", "Maria Pia Greco",
    "Francesca D'Angelo", "Luigi Conserva", "Elena Popescu", "Vito Losacco",
]  # fmt: skip
STREETS = [
    "Via Giuseppe Garibaldi", "Corso Vittorio Emanuele II", "Via Anna Frank", "Piazza Aldo Moro", "Via Luigi Rossi",
    "Largo Maria Montessori", "Viale Enrico Fermi", "Vico San Marco", "Via Mario Bianchi", "Strada Rosa Marina",
]  # fmt: skip

# What a table is about: its header, its rows, and everything that blocks or must be looked at.
CASES = {
    "a codice fiscale in the middle of a text": (["note"], [[f"pratica di {CF}, vedi atti"], ["nulla"]], {("blocks", "codice_fiscale")}),
    "a codice fiscale in groups": (["note"], [["RSS MRA 80A01 H501 U"]], {("blocks", "codice_fiscale")}),
    "a codice fiscale of a homonym": (["note"], [["rssmra80A01H50MM"], ["RSSMRAULALMHRLMD"]], {("blocks", "codice_fiscale")}),
    "a wrong check letter": (["note"], [["RSSMRA80A01H501X"]], set()),
    "masked codes under a label that says so": (["CF titolare"], [["RSSMRA80A01H501X"], ["BNCCRL70A41A662A"]], {("major", "codice_fiscale")}),
    "codes of bodies": (["codice fiscale"], [["80017210727"], ["00000000000"], ["93051590722"]], set()),
    "an IBAN of a supplier": (["ditta", "iban"], [["EDIL SUD SRL", "IT60X0542811101000000123456"]], {("major", "iban")}),
    "surname and name": (["Cognome", "Nome"], [name.split(" ", 1) for name in PEOPLE], {("blocks", "nome")}),
    "names under a label of people": (["Proprietario"], [[name] for name in PEOPLE], {("blocks", "nome")}),
    "names without any label": (["col1", "col2"], [[name, "x"] for name in PEOPLE], {("blocks", "nome")}),
    "owners that are firms": (["Titolare"], [["EDIL SUD SRL"], ["Bar Mario snc"], ["Comune di Bari"], ["Rossi Trasporti S.p.A."]], set()),
    "officials": (["Ufficio", "Dirigente"], [["Anagrafe", name] for name in PEOPLE], {("major", "nome")}),
    "streets that bear names": (["Via", "Civico"], [[street, "1"] for street in STREETS], set()),
    "streets without their kind": (["denominazione via"], [[street.split(" ", 1)[1]] for street in STREETS], set()),
    "schools that bear names": (["NOME"], [["Edmondo De Amicis"], ["Giovanni Pascoli"], ["IC Aldo Moro"], ["Collodi"]], set()),
    "names given to newborns": (["nome", "conteggio"], [["Leonardo", "120"], ["Sofia", "98"], ["Vito", "45"], ["Anna", "44"]], set()),
    "phones of shops": (["insegna", "telefono"], [["Bar Centrale", "333 1234567"], ["Pizzeria Sud", "0832 123456"]], {("major", "telefono")}),
    "phones of offices": (["ufficio", "telefono"], [["Anagrafe", "0832 123456"], ["Tributi", "0832/123457 - 0832/123458"]], set()),
    "codes that look like phones": (["osm_id"], [["3769748372"], ["3769750225"], ["3471234567"]], set()),
    "a phone in the middle of a note": (["note"], [["chiamare cell. 333 1234567 la sera"], ["niente"]], {("blocks", "telefono")}),
    "private mailboxes": (["contatto"], [["mario.rossi@gmail.com"], ["anna@libero.it"]], {("blocks", "email")}),
    "mailboxes of shops": (["denominazione", "email"], [["B&B Sole", "bbsole@gmail.com"], ["Hotel Mare", "info@hotelmare.it"]], {("major", "email")}),
    "mailboxes of offices": (["ufficio", "pec"], [["URP", "protocollo@pec.comune.lecce.it"], ["SUAP", "suap@comune.lecce.it"]], set()),
    "plates": (["targa", "data"], [["AB123CD", "2024-01-01"], ["FG 456 HJ", "2024-01-02"]], {("blocks", "targa")}),
    "documents": (["numero patente"], [["U1A2B3C4D5"], ["TA1234567B"]], {("blocks", "documento")}),
    "birth dates": (["data di nascita", "premio"], [["01/02/1980", "x"], ["1975-03-04", "y"]], {("blocks", "data_nascita")}),
    "addresses beside names": (["cognome", "nome", "indirizzo"], [[*n.split(" ", 1), "via Roma 1"] for n in PEOPLE], {("blocks", "nome"), ("blocks", "indirizzo")}),
    "students one by one": (
        ["sesso", "anno di nascita", "comune di residenza", "ISEE"],
        [["M", "2004", "Bari", "12000"], ["F", "2005", "Lecce", "8000"], ["M", "2003", "Bari", "21000"]],
        {("blocks", "gruppi_piccoli"), ("blocks", "disagio")},
    ),
    "a rate by sex and age": (
        ["sesso", "classe di età", "tasso"],
        [[sex, age, f"{index},5"] for index, (sex, age) in enumerate((s, a) for s in "MF" for a in ("0-14", "15-64", "65+"))],
        set(),
    ),
    "people counted by disability and age": (
        ["disabilità", "classe di età", "numero"],
        [[kind, age, str(40 + index)] for index, (kind, age) in enumerate((k, a) for k in ("motoria", "visiva") for a in ("0-14", "15-64"))],
        {("major", "salute")},
    ),
    "parking places for the disabled": (["indirizzo", "stalli disabili"], [["via Roma", "2"], ["via Bari", "1"]], set()),
    "residents by street and sex, few": (["via", "sesso", "residenti"], [["via Roma", "M", "12"], ["via Bari", "F", "2"]], {("blocks", "gruppi_piccoli")}),
    "residents by street and sex, four": (["via", "sesso", "residenti"], [["via Roma", "M", "12"], ["via Bari", "F", "4"]], {("major", "gruppi_piccoli")}),
    "residents by street and sex, many": (["via", "sesso", "residenti"], [["via Roma", "M", "12"], ["via Bari", "F", "1.894"]], set()),
    "residents of a town by age and sex": (["età", "maschi", "femmine"], [["0-4", "960", "934"], ["100+", "0", "1"]], set()),
    "residents by census section, sex and age": (["sezione di censimento", "sesso", "età", "residenti"], [["101", "M", "34", "1"], ["102", "F", "35", "6"]], {("major", "gruppi_piccoli")}),
    "residents by town, sex and age": (["comune", "sesso", "età", "residenti"], [["Bari", "M", "99", "1"], ["Lecce", "F", "98", "6"]], set()),
    "books and their authors": (["Autore", "Titolo"], [[name, "Un libro"] for name in PEOPLE], set()),
    "people that streets are named after": (["via", "intitolazione"], [[street, street.split(" ", 1)[1]] for street in STREETS], set()),
    "drivers in accidents": (["id incidente", "sesso conducente", "età conducente"], [["1", "M", "34"], ["2", "F", "22"], ["3", "M", "55"]], {("blocks", "gruppi_piccoli")}),
    "pharmacies and their owners": (["denominazione", "indirizzo", "titolare"], [[f"Farmacia {name}", "via Roma 1", name] for name in PEOPLE], {("blocks", "nome"), ("blocks", "indirizzo")}),
    "codes that look like plates": (["articolo"], [["AB123CD"], ["XYZ"], ["EF456GH"], ["K1"]], set()),
    "trees": (["genere", "specie", "via"], [["Quercus", "ilex", "via Roma"], ["Pinus", "pinea", "via Bari"]], set()),
    "codes of contracts": (["CIG", "CUP", "partita iva", "istat"], [["7384561234", "B12C34567890123", "01234567890", "071024"]], set()),
}  # fmt: skip

# The title of a table without anything personal in its columns.
TITLES = {
    "Beneficiari di contributi per disabilità": {("blocks", "salute")},
    "Graduatoria dei buoni spesa": {("blocks", "disagio")},
    "Parcheggi riservati ai disabili": set(),
    "Farmacie e strutture sanitarie per la salute mentale": set(),
    "Elenco delle chiese e degli edifici religiosi": set(),
    "Impianti con diagnosi energetica": set(),
}

# Everything that is suspected in the sample tables, and whether a person who knows the data would agree. Of some sixty
# tables three stop although nobody is in them, none of them as a block, and a person clears each with one decision.
EXPECTED = {
    "comune-di-pescara-famiglie-residenti-per-via.csv": ({("minor", "gruppi_piccoli")}, "true: a street with one family; told, not stopped"),
    "comune-di-taranto-elenco-residenti-all-estero.csv": ({("blocks", "gruppi_piccoli")}, "true: one woman in one town abroad"),
    "comune-di-taranto-famiglie-residenti-per-via.csv": ({("minor", "gruppi_piccoli")}, "true: a street with four families; told, not stopped"),
    "comune-di-viano-elenco-residenti.csv": ({("blocks", "gruppi_piccoli")}, "true: two women of one citizenship in one street"),
    "dati_gov_it_mqa_dataset_2026-08-18.csv.gz": ({("major", "email")}, "true: mailboxes of officials where names of bodies should be"),
    "puglia-elenco-delle-strutture-ricettive-al-2022.csv": ({("major", "telefono"), ("major", "email"), ("minor", "telefono")}, "false alarm: telephones and mailboxes of bed and breakfasts"),
    "puglia_dae_osm.csv": ({("major", "telefono")}, "false alarm: telephones of shops and clubs with a defibrillator"),
    "stranieri-residenti-a-palermo-al-31-12-2022-per-quartiere-e.csv": ({("major", "gruppi_piccoli")}, "true: one person from one part of the world in one district"),
    "torre_annunziata_stato-civile-2023.csv": ({("minor", "gruppi_piccoli")}, "false alarm: a whole town by age; told, not stopped"),
    "ukqa_three_header_rows.ods": ({("major", "email"), ("minor", "telefono")}, "false alarm: contacts of suppliers"),
}  # fmt: skip
