"""What a broken rule of a shape set says: the same few demands in the words of each standard.

The national rules have one code each (`agid.<id>`), composed here from the demand, the property and the class of
the rule, so that the sentence names all three.
"""

from opentusk.kit.national_rules import NATIONAL_RULES, NationalRule
from opentusk.kit.sentences.form import Sentence

_STANDARDS = {
    "dcatap2": "DCAT-AP 2.1.1",
    "dcatap3": "DCAT-AP 3.0",
    "dcatapit": "DCAT-AP_IT",
    "hvd": "DCAT-AP HVD",
}

_DEMANDS = {
    "required": Sentence(
        "Manca {property}, che {standard} vuole in ogni {class}: aggiungi il valore.",
        "{property} is missing; {standard} wants it in every {class}: add the value.",
    ),
    "recommended": Sentence(
        "Manca {property}, che {standard} consiglia in ogni {class}: se puoi, aggiungi il valore.",
        "{property} is missing; {standard} recommends it in every {class}: add the value if you can.",
    ),
    "once": Sentence(
        "{property} ha più di un valore (anche «{value}»), ma {standard} ne ammette uno solo: tieni quello giusto.",
        "{property} has more than one value («{value}» too) but {standard} allows one: keep the right one.",
    ),
    "literal": Sentence(
        "{property} vale «{value}», ma per {standard} deve essere un testo: scrivi il testo invece dell'indirizzo.",
        "{property} is «{value}» but {standard} wants a text: write the text instead of the address.",
    ),
    "text": Sentence(
        "{property} è vuoto: scrivi un testo, o togli la proprietà.",
        "{property} is empty: write a text, or remove the property.",
    ),
    "resource": Sentence(
        "{property} vale il testo «{value}», ma per {standard} deve essere un indirizzo: scrivi l'IRI.",
        "{property} is the text «{value}» but {standard} wants an address: write the IRI.",
    ),
    "iri": Sentence(
        "{property} vale «{value}», ma per {standard} deve essere un indirizzo stabile: assegna un IRI al nodo.",
        "{property} is «{value}» but {standard} wants a stable address: give the node an IRI.",
    ),
    "date": Sentence(
        "{property} vale «{value}», che non è una data: scrivila come 2026-05-31, con il suo tipo.",
        "{property} is «{value}», which is not a date: write it as 2026-05-31, with its type.",
    ),
    "datatype": Sentence(
        "{property} vale «{value}», ma per {standard} deve essere di tipo {expected}: correggi il valore o il tipo.",
        "{property} is «{value}» but {standard} wants the type {expected}: correct the value or its type.",
    ),
    "class": Sentence(
        "{property} porta a «{value}», che nel documento non è di classe {expected}: descrivi quel nodo.",
        "{property} leads to «{value}», which has no class {expected} in the document: describe that node.",
    ),
    "value": Sentence(
        "{property} vale «{value}», ma per {standard} può valere solo {expected}.",
        "{property} is «{value}» but {standard} allows only {expected}.",
    ),
    "like": Sentence(
        "{property} vale «{value}», che non è tra i valori ammessi da {standard}: scegline uno dall'elenco ufficiale.",
        "{property} is «{value}», which {standard} does not allow: choose one of the official list.",
    ),
    "has": Sentence(
        "Il nodo è di classe {class} ma non anche {expected}: aggiungi l'altra, certi cataloghi leggono solo quella.",
        "The node is a {class} but not a {expected} as well: add the second class, some catalogues read only that one.",
    ),
    "absent": Sentence(
        "{property} qui non ha effetto per {standard}: spostalo dove è previsto (la licenza va sulla distribuzione).",
        "{property} has no effect here for {standard}: move it where it belongs (a licence goes on the distribution).",
    ),
    "deprecated": Sentence(
        "{property} è superato in {standard}: il nostro portale scrive anche la proprietà nuova, non serve fare nulla.",
        "{property} is superseded in {standard}: our portal writes the new property as well, nothing has to be done.",
    ),
    "exists": Sentence(
        "Nel documento non c'è nessun nodo di classe {class}: il catalogo nazionale non lo leggerebbe.",
        "The document has no node of class {class}: the national catalogue would not read it.",
    ),
    "email": Sentence(
        "{property} vale «{value}», che non è un indirizzo e-mail: scrivilo come mailto:ufficio@ente.it.",
        "{property} is «{value}», which is not an e-mail address: write it as mailto:office@body.it.",
    ),
}

_NODES = {
    "Catalog": Sentence("catalogo", "catalogue"),
    "Dataset": Sentence("dataset", "dataset"),
    "Distribution": Sentence("distribuzione", "distribution"),
    "Agent": Sentence("ente", "body"),
    "LicenseDocument": Sentence("licenza", "licence"),
    "Organization": Sentence("punto di contatto", "contact point"),
    "PeriodOfTime": Sentence("periodo", "period"),
    "Standard": Sentence("standard", "standard"),
    "Identifier": Sentence("altro identificativo", "other identifier"),
}

_PROPERTIES = {
    "adms:identifier": Sentence("l'altro identificativo", "the other identifier"),
    "dcat:accessURL": Sentence("l'URL di accesso", "the access URL"),
    "dcat:contactPoint": Sentence("il punto di contatto", "the contact point"),
    "dcat:dataset": Sentence("l'elenco dei dataset", "the list of datasets"),
    "dcat:distribution": Sentence("la distribuzione", "the distribution"),
    "dcat:downloadURL": Sentence("l'URL di download", "the download URL"),
    "dcat:keyword": Sentence("la parola chiave", "the keyword"),
    "dcat:landingPage": Sentence("la pagina di accesso", "the landing page"),
    "dcat:theme": Sentence("il tema", "the theme"),
    "dcat:themeTaxonomy": Sentence("l'elenco dei temi", "the list of themes"),
    "dcatapit:endDate": Sentence("la data di fine", "the end date"),
    "dcatapit:referenceDocumentation": Sentence("il documento di riferimento", "the reference document"),
    "dcatapit:startDate": Sentence("la data di inizio", "the start date"),
    "dct:accrualPeriodicity": Sentence("la frequenza di aggiornamento", "the update frequency"),
    "dct:byteSize": Sentence("la dimensione", "the size"),
    "dct:conformsTo": Sentence("lo standard seguito", "the standard it conforms to"),
    "dct:creator": Sentence("l'autore", "the creator"),
    "dct:description": Sentence("la descrizione", "the description"),
    "dct:format": Sentence("il formato", "the format"),
    "dct:identifier": Sentence("l'identificativo", "the identifier"),
    "dct:isVersionOf": Sentence("il dataset di cui è una versione", "the dataset it is a version of"),
    "dct:issued": Sentence("la data di rilascio", "the release date"),
    "dct:language": Sentence("la lingua", "the language"),
    "dct:license": Sentence("la licenza", "the licence"),
    "dct:modified": Sentence("la data di ultima modifica", "the date of the last change"),
    "dct:publisher": Sentence("l'editore", "the publisher"),
    "dct:rightsHolder": Sentence("il titolare", "the rights holder"),
    "dct:spatial": Sentence("la copertura geografica", "the area covered"),
    "dct:subject": Sentence("il sottotema", "the sub-theme"),
    "dct:temporal": Sentence("il periodo coperto", "the period covered"),
    "dct:title": Sentence("il titolo", "the title"),
    "dct:type": Sentence("il tipo", "the type"),
    "foaf:homepage": Sentence("la home page", "the home page"),
    "foaf:name": Sentence("il nome", "the name"),
    "owl:versionInfo": Sentence("la versione", "the version"),
    "skos:notation": Sentence("il codice", "the code"),
    "vcard:fn": Sentence("il nome dell'ufficio", "the name of the office"),
    "vcard:hasEmail": Sentence("l'e-mail", "the e-mail"),
    "vcard:hasTelephone": Sentence("il telefono", "the telephone"),
    "vcard:hasURL": Sentence("la pagina web", "the web page"),
}
_DEMAND_OF_WORD = {"decimal": "datatype"}


def _filled(template: str, known: dict[str, str]) -> str:
    """The template with what is known now; the rest waits for the problem's own values."""
    for name, value in known.items():
        template = template.replace(f"{{{name}}}", value)
    return template[:1].upper() + template[1:]


def _of_standard(demand: Sentence, standard: str) -> Sentence:
    known = {"standard": standard}
    return Sentence(_filled(demand.it, known), _filled(demand.en, known))


def _of_national_rule(rule: NationalRule) -> Sentence:
    word = rule.demand.partition(":")[0]
    if word == "required" and rule.severity != "blocks":
        word = "recommended"
    demand = _DEMANDS[_DEMAND_OF_WORD.get(word, word)]
    if word == "exists":
        return demand
    named, node = _PROPERTIES[rule.path], _NODES[rule.node]
    it = {"property": f"{named.it} ({rule.path})", "class": node.it, "standard": "il catalogo nazionale"}
    en = {"property": f"{named.en} ({rule.path})", "class": node.en, "standard": "the national catalogue"}
    return Sentence(_filled(demand.it, it), _filled(demand.en, en))


SHAPES: dict[str, Sentence] = {
    f"{family}.{word}": _of_standard(demand, standard)
    for family, standard in _STANDARDS.items()
    for word, demand in _DEMANDS.items()
} | {rule.code: _of_national_rule(rule) for rule in NATIONAL_RULES}
