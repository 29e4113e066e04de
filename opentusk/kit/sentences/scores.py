"""What would gain the points of the European score that a dataset lacks."""

from opentusk.kit.sentences.form import Sentence

SCORES: dict[str, Sentence] = {
    "mqa.keyword": Sentence(
        "Aggiungi almeno una parola che le persone userebbero per cercare questi dati (+{points} punti).",
        "Add at least one word that people would use to look for these data (+{points} points).",
    ),
    "mqa.theme": Sentence(
        "Scegli almeno uno dei temi europei (+{points} punti).",
        "Choose at least one of the European themes (+{points} points).",
    ),
    "mqa.spatial": Sentence(
        "Di quale territorio parlano i dati? Di solito è quello dell'ente (+{points} punti).",
        "Which territory are the data about? It is usually the body's (+{points} points).",
    ),
    "mqa.temporal": Sentence(
        "Quale periodo coprono i dati? Indica almeno la data di inizio (+{points} punti).",
        "Which period do the data cover? Give the start date at least (+{points} points).",
    ),
    "mqa.access_url_status": Sentence(
        "La pagina o il file all'URL di accesso non risponde: correggi l'indirizzo, o carica il file nel portale "
        "(+{points} punti).",
        "The page or file at the access URL does not answer: mend the address, or upload the file to the portal "
        "(+{points} points).",
    ),
    "mqa.download_url": Sentence(
        "Indica il collegamento diretto al file, quello che lo scarica senza altri passaggi (+{points} punti).",
        "Give the direct link of the file, the one that downloads it in one step (+{points} points).",
    ),
    "mqa.download_url_status": Sentence(
        "Il collegamento diretto al file manca o non risponde: correggilo, o carica il file nel portale "
        "(+{points} punti).",
        "The direct link of the file is missing or does not answer: mend it, or upload the file to the portal "
        "(+{points} points).",
    ),
    "mqa.format": Sentence(
        "Indica il formato reale del file (+{points} punti).",
        "Give the real format of the file (+{points} points).",
    ),
    "mqa.media_type": Sentence(
        "Manca il tipo di media (per esempio text/csv): il portale lo ricava dal formato (+{points} punti).",
        "The media type (text/csv, for example) is missing: the portal derives it from the format (+{points} points).",
    ),
    "mqa.aligned_format": Sentence(
        "Formato e tipo di media devono essere scelti dagli elenchi ufficiali (+{points} punti).",
        "Format and media type must be chosen from the official lists (+{points} points).",
    ),
    "mqa.non_proprietary": Sentence(
        "Aggiungi lo stesso contenuto in un formato non proprietario: CSV, JSON o GeoJSON (+{points} punti).",
        "Add the same content in a non-proprietary format: CSV, JSON or GeoJSON (+{points} points).",
    ),
    "mqa.machine_readable": Sentence(
        "Aggiungi lo stesso contenuto in un formato leggibile dai programmi: CSV, JSON o GeoJSON (+{points} punti).",
        "Add the same content in a format that programs can read: CSV, JSON or GeoJSON (+{points} points).",
    ),
    "mqa.compliance": Sentence(
        "La scheda non rispetta DCAT-AP 2.1.1. {detail} (+{points} punti)",
        "The description does not follow DCAT-AP 2.1.1. {detail} (+{points} points)",
    ),
    "mqa.licence": Sentence(
        "Scegli la licenza della distribuzione; di regola CC BY 4.0 (+{points} punti).",
        "Choose the licence of the distribution; CC BY 4.0 as a rule (+{points} points).",
    ),
    "mqa.known_licence": Sentence(
        "Il portale europeo non riconosce l'indirizzo di questa licenza: scegline una dall'elenco (+{points} punti).",
        "The European portal does not know the address of this licence: choose one of the list (+{points} points).",
    ),
    "mqa.access_rights": Sentence(
        "Indica se i dati sono pubblici, ad accesso limitato o riservati (+{points} punti).",
        "Say whether the data are public, restricted or not public (+{points} points).",
    ),
    "mqa.aligned_access_rights": Sentence(
        "Scegli i diritti di accesso dall'elenco europeo: di solito «pubblico» (+{points} punti).",
        "Choose the access rights from the European list: usually «public» (+{points} points).",
    ),
    "mqa.contact_point": Sentence(
        "Quale ufficio risponde a chi usa i dati? Indica il punto di contatto (+{points} punti).",
        "Which office answers those who use the data? Give the contact point (+{points} points).",
    ),
    "mqa.publisher": Sentence(
        "Indica l'editore, cioè chi mette a disposizione i dati (+{points} punti).",
        "Name the publisher, who makes the data available (+{points} points).",
    ),
    "mqa.rights": Sentence(
        "Aggiungi i diritti della distribuzione: il portale li riprende dai diritti di accesso (+{points} punti).",
        "Add the rights of the distribution: the portal takes them from the access rights (+{points} points).",
    ),
    "mqa.byte_size": Sentence(
        "Indica la dimensione vera del file; per i file del portale è automatica (+{points} punti).",
        "Give the true size of the file; for files on the portal it is automatic (+{points} points).",
    ),
    "mqa.issued": Sentence(
        "Indica quando i dati sono stati pubblicati la prima volta (+{points} punti).",
        "Say when the data were first published (+{points} points).",
    ),
    "mqa.modified": Sentence(
        "Indica quando i dati sono stati aggiornati l'ultima volta (+{points} punti).",
        "Say when the data were last updated (+{points} points).",
    ),
}
