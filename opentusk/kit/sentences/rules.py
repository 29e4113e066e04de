"""What each broken rule of the rule book says to the person who can mend it."""

from opentusk.kit.sentences.form import Sentence

RULES: dict[str, Sentence] = {
    "F1.closed_formats": Sentence(
        "L'unico formato è {formats}, che non si può riusare: aggiungi gli stessi dati in CSV, Excel, JSON o GeoJSON.",
        "The only format is {formats}, which cannot be reused: add the same data as CSV, Excel, JSON or GeoJSON.",
    ),
    "M2.missing_identifier": Sentence(
        "Manca l'identificativo (dct:identifier): è nella forma codice-ente:nome e lo propone il portale.",
        "The identifier (dct:identifier) is missing: it has the form body-code:name and the portal proposes it.",
    ),
    "M2.missing_title": Sentence(
        "Manca il titolo (dct:title): scrivi in poche parole che cosa sono i dati.",
        "The title (dct:title) is missing: say in a few words what the data are.",
    ),
    "M2.missing_description": Sentence(
        "Manca la descrizione (dct:description): racconta che cosa contengono i dati, da dove vengono e a che "
        "cosa servono.",
        "The description (dct:description) is missing: tell what the data hold, where they come from and what "
        "they are for.",
    ),
    "M2.missing_modified": Sentence(
        "Manca la data di ultima modifica dei dati (dct:modified): indicala, senza inventarla.",
        "The date of the last change of the data (dct:modified) is missing: give it, without inventing it.",
    ),
    "M2.missing_rights_holder": Sentence(
        "Manca il titolare (dct:rightsHolder): indica l'amministrazione a cui appartengono i dati.",
        "The rights holder (dct:rightsHolder) is missing: name the administration the data belong to.",
    ),
    "M2.missing_accrual_periodicity": Sentence(
        "Manca la frequenza di aggiornamento (dct:accrualPeriodicity): scegli ogni quanto si rinnovano i dati.",
        "The update frequency (dct:accrualPeriodicity) is missing: choose how often the data are renewed.",
    ),
    "M2.missing_distribution": Sentence(
        "Manca la distribuzione (dcat:distribution): aggiungi almeno un file o un servizio da cui prendere i dati.",
        "The distribution (dcat:distribution) is missing: add at least one file or service to get the data from.",
    ),
    "M3.missing_keyword": Sentence(
        "Mancano le parole chiave: aggiungine almeno una con cui le persone cercherebbero questi dati (+{points} "
        "punti europei).",
        "There are no keywords: add at least one that people would use to look for these data (+{points} "
        "European points).",
    ),
    "M3.missing_contact_point": Sentence(
        "Manca il punto di contatto: indica l'ufficio che risponde a chi usa i dati (+{points} punti europei).",
        "The contact point is missing: name the office that answers those who use the data (+{points} European "
        "points).",
    ),
    "M3.missing_spatial": Sentence(
        "Manca il territorio dei dati: di solito è quello dell'ente (+{points} punti europei).",
        "The territory of the data is missing: it is usually the body's (+{points} European points).",
    ),
    "M3.missing_temporal": Sentence(
        "Manca il periodo coperto dai dati: indica almeno l'inizio (+{points} punti europei).",
        "The period the data cover is missing: give its start at least (+{points} European points).",
    ),
    "M3.missing_publisher": Sentence(
        "Manca l'editore, cioè chi mette a disposizione i dati (+{points} punti europei).",
        "The publisher, who makes the data available, is missing (+{points} European points).",
    ),
    "M3.missing_access_rights": Sentence(
        "Mancano i diritti di accesso: di solito «pubblico» (+{points} punti europei).",
        "The access rights are missing: usually «public» (+{points} European points).",
    ),
    "M3.missing_issued": Sentence(
        "Manca la data di prima pubblicazione dei dati (+{points} punti europei).",
        "The date the data were first published is missing (+{points} European points).",
    ),
    "M3.missing_subject": Sentence(
        "Manca il sottotema (dct:subject): scegline uno dell'elenco EuroVoc per il tema indicato.",
        "The sub-theme (dct:subject) is missing: choose one of the EuroVoc list for the theme.",
    ),
    "M3.missing_language": Sentence(
        "Manca la lingua dei dati: di solito l'italiano.",
        "The language of the data is missing: usually Italian.",
    ),
    "M4.missing_format": Sentence(
        "La distribuzione non ha formato: scegli il formato reale del file dall'elenco.",
        "The distribution has no format: choose the real format of the file from the list.",
    ),
    "M4.unknown_format": Sentence(
        "Il formato «{value}» non è dell'elenco europeo: scegli quello che corrisponde al file.",
        "The format «{value}» is not of the European list: choose the one that matches the file.",
    ),
    "M4.missing_access_url": Sentence(
        "La distribuzione non ha l'URL di accesso: indica dove si trova il file o il servizio.",
        "The distribution has no access URL: say where the file or service is.",
    ),
    "M4.bad_access_url": Sentence(
        "L'URL di accesso «{value}» non è un indirizzo web completo: scrivilo con https:// all'inizio.",
        "The access URL «{value}» is not a complete web address: write it with https:// in front.",
    ),
    "M4.missing_description": Sentence(
        "La distribuzione non ha una descrizione: di' in una riga che cosa c'è nel file.",
        "The distribution has no description: say in one line what is in the file.",
    ),
    "M5.missing_agent_name": Sentence(
        "L'ente «{identifier}» non ha nome: scrivi la denominazione ufficiale (IPA).",
        "The body «{identifier}» has no name: write its official name (IPA).",
    ),
    "M5.missing_agent_identifier": Sentence(
        "L'ente «{name}» non ha codice: indica il codice IPA, o la partita IVA se è una società.",
        "The body «{name}» has no code: give its IPA code, or its VAT number if it is a company.",
    ),
    "M5.odd_agent_identifier": Sentence(
        "«{value}» non sembra un codice IPA né una partita IVA: controllalo su indicepa.gov.it.",
        "«{value}» looks neither like an IPA code nor like a VAT number: check it on indicepa.gov.it.",
    ),
    "M5.missing_contact_name": Sentence(
        "Il punto di contatto non ha nome: indica l'ufficio, non una persona.",
        "The contact point has no name: name the office, not a person.",
    ),
    "M5.missing_contact_email": Sentence(
        "Il punto di contatto «{name}» non ha e-mail: indica la casella dell'ufficio.",
        "The contact point «{name}» has no e-mail: give the mailbox of the office.",
    ),
    "M5.bad_contact_email": Sentence(
        "«{value}» non è un indirizzo e-mail: correggilo (per esempio opendata@comune.it).",
        "«{value}» is not an e-mail address: mend it (opendata@comune.it, for example).",
    ),
    "M5.missing_start_date": Sentence(
        "Il periodo coperto non ha la data di inizio: aggiungila, o togli il periodo.",
        "The period covered has no start date: add it, or remove the period.",
    ),
    "M6.malformed_identifier": Sentence(
        "L'identificativo «{value}» non è nella forma codice-ente:nome, in minuscolo, con lettere, cifre, - e _.",
        "The identifier «{value}» is not of the form body-code:name, in lower case, of letters, digits, - and _.",
    ),
    "M6.taken_identifier": Sentence(
        "L'identificativo «{value}» è già di un altro dataset: se sono gli stessi dati tieni quello, altrimenti "
        "cambia nome.",
        "The identifier «{value}» already belongs to another dataset: keep that one if the data are the same, "
        "else rename.",
    ),
    "M7.title_is_file_name": Sentence(
        "Il titolo «{value}» sembra il nome di un file: scrivi che cosa sono i dati, come lo diresti a voce.",
        "The title «{value}» looks like a file name: write what the data are, as you would say it.",
    ),
    "M7.title_has_prefix": Sentence(
        "Il titolo «{value}» comincia con una parola che non dice nulla («dataset», «file»): toglila.",
        "The title «{value}» begins with a word that says nothing («dataset», «file»): drop it.",
    ),
    "M7.title_is_acronym": Sentence(
        "Il titolo «{value}» è solo una sigla: scrivila per esteso, chi legge potrebbe non conoscerla.",
        "The title «{value}» is a bare acronym: spell it out, readers may not know it.",
    ),
    "M7.long_title": Sentence(
        "Il titolo è lungo {length} caratteri: accorcialo e sposta i dettagli nella descrizione.",
        "The title is {length} characters long: shorten it and move the details to the description.",
    ),
    "M7.description_is_title": Sentence(
        "La descrizione ripete il titolo: racconta che cosa contengono i dati, da dove vengono, a che cosa servono.",
        "The description repeats the title: tell what the data hold, where they come from, what they are for.",
    ),
    "M7.short_description": Sentence(
        "La descrizione ha solo {length} caratteri: ne servono almeno 80 perché chi non vi conosce capisca i dati.",
        "The description has only {length} characters: 80 are the least for a stranger to understand the data.",
    ),
    "M7.html_in_description": Sentence(
        "La descrizione contiene codice HTML ({value}): il portale propone la versione senza.",
        "The description contains HTML ({value}): the portal proposes it without.",
    ),
    "M7.legalese": Sentence(
        "«{value}» è linguaggio da atto: spiega con parole comuni e metti la norma in fondo.",
        "«{value}» is the language of acts: explain in common words and put the law at the end.",
    ),
    "M8.missing_theme": Sentence(
        "Manca il tema (dcat:theme): scegline almeno uno dei 13 temi europei.",
        "The theme (dcat:theme) is missing: choose at least one of the 13 European themes.",
    ),
    "M8.unknown_theme": Sentence(
        "«{value}» non è uno dei 13 temi europei: scegli quello che corrisponde.",
        "«{value}» is not one of the 13 European themes: choose the one that matches.",
    ),
    "M8.provisional_theme": Sentence(
        "Il tema è quello provvisorio (OP_DATPRO): scegli uno dei 13 temi europei.",
        "The theme is the provisional one (OP_DATPRO): choose one of the 13 European themes.",
    ),
    "M9.unlisted_frequency": Sentence(
        "La frequenza «{value}» non è dell'elenco europeo: scegli ogni quanto si rinnovano i dati.",
        "The frequency «{value}» is not of the European list: choose how often the data are renewed.",
    ),
    "M9.unknown_frequency": Sentence(
        "La frequenza di aggiornamento è «sconosciuta»: scegli ogni quanto si rinnovano i dati, anche «irregolare».",
        "The update frequency is «unknown»: choose how often the data are renewed, «irregular» will do.",
    ),
    "M9.stale": Sentence(
        "Aggiornamento in ritardo di {days} giorni: la frequenza è «{frequency}», l'ultima modifica del "
        "{changed}, andava rinnovato entro il {due}. Aggiorna i dati o correggi la frequenza.",
        "The update is {days} days late: the frequency is «{frequency}», the last change of {changed}, it was "
        "due by {due}. Update the data or mend the frequency.",
    ),
    "M11.not_an_iri": Sentence(
        "«{value}» è un testo dove serve un indirizzo: scrivi l'IRI completo, con https:// all'inizio.",
        "«{value}» is a text where an address is needed: write the full IRI, with https:// in front.",
    ),
    "M11.shared_iri": Sentence(
        "Due cose diverse hanno lo stesso indirizzo «{value}»: ente, contatto e dataset ne vogliono uno ciascuno.",
        "Two different things share the address «{value}»: body, contact and dataset need one each.",
    ),
    "M12.query_in_iri": Sentence(
        "L'indirizzo del dataset «{value}» contiene un'interrogazione (?): scegline uno che resti uguale negli anni.",
        "The address of the dataset «{value}» has a query (?) in it: choose one that stays the same for years.",
    ),
    "M12.extension_in_iri": Sentence(
        "L'indirizzo del dataset «{value}» contiene l'estensione di un file: il formato può cambiare, l'indirizzo no.",
        "The address of the dataset «{value}» has a file extension in it: the format may change, the address may not.",
    ),
    "M12.version_in_iri": Sentence(
        "L'indirizzo del dataset «{value}» contiene una versione: quella va nel campo versione.",
        "The address of the dataset «{value}» has a version in it: that belongs in the version field.",
    ),
    "M13.dynamic_without_api": Sentence(
        "I dati cambiano più volte al giorno ma non c'è una API: descrivi il servizio che li offre.",
        "The data change several times a day but there is no API: describe the service that offers them.",
    ),
    "M13.hvd_without_api": Sentence(
        "Un dataset di elevato valore va offerto anche con una API: descrivi il servizio, se non lo è già altrove.",
        "A high-value dataset must be offered by an API too: describe the service, unless it is described elsewhere.",
    ),
    "M13.hvd_missing_category": Sentence(
        "Il dataset è dichiarato di elevato valore ma non ha la categoria: sceglila dall'elenco europeo.",
        "The dataset is declared of high value but has no category: choose it from the European list.",
    ),
    "M13.hvd_unknown_category": Sentence(
        "«{value}» non è una categoria di elevato valore: scegline una dall'elenco europeo (lo schema non è una "
        "categoria).",
        "«{value}» is not a high-value category: choose one of the European list (the scheme is not a category).",
    ),
    "M13.hvd_missing_legislation": Sentence(
        "Manca il riferimento al Regolamento (UE) 2023/138 (dcatap:applicableLegislation): il portale può aggiungerlo.",
        "The reference to Regulation (EU) 2023/138 (dcatap:applicableLegislation) is missing: the portal can add it.",
    ),
    "M13.hvd_licence": Sentence(
        "La licenza «{licence}» non basta per i dati di elevato valore: serve CC BY 4.0, CC0 o una meno restrittiva.",
        "The licence «{licence}» is not enough for high-value data: CC BY 4.0, CC0 or a less restrictive one is "
        "needed.",
    ),
    "M13.hvd_incomplete_service": Sentence(
        "Al servizio di un dataset di elevato valore manca {property}: aggiungilo.",
        "The service of a high-value dataset lacks {property}: add it.",
    ),
    "M14.geographic_dataset": Sentence(
        "I dati territoriali arrivano a dati.gov.it dal RNDT: qui si pubblica, ma resta fuori dal flusso "
        "nazionale. Indica il codice RNDT.",
        "Geographic data reach dati.gov.it from the RNDT: it is published here but left out of the national "
        "feed. Give its RNDT code.",
    ),
    "M16.illegal_iri": Sentence(
        "L'indirizzo «{value}» contiene caratteri non ammessi (spazi, virgolette, < >): codificali con il segno "
        "di percentuale.",
        "The address «{value}» has characters that are not allowed (blanks, quotes, < >): percent-encode them.",
    ),
    "M16.illegal_character": Sentence(
        "Il testo contiene un carattere invisibile ({value}) che nessun formato può scrivere: cancellalo.",
        "The text has an invisible character ({value}) that no format can write: delete it.",
    ),
    "M17.published_twice": Sentence(
        "Gli stessi dati sono già pubblicati come «{twin}»: scegli quale scheda tenere.",
        "The same data are already published as «{twin}»: choose which record to keep.",
    ),
    "L1.missing_licence": Sentence(
        "La distribuzione non ha licenza: sceglila (di regola CC BY 4.0). Quella del dataset non basta.",
        "The distribution has no licence: choose it (CC BY 4.0 as a rule). The one of the dataset is not enough.",
    ),
    "L2.not_cc_by_4": Sentence(
        "La licenza è «{licence}»; la regola è CC BY 4.0, un'altra va motivata.",
        "The licence is «{licence}»; the rule is CC BY 4.0, another needs a reason.",
    ),
    "L3.licence_without_reason": Sentence(
        "La licenza «{licence}» va motivata: indica l'atto che la dispone, o scegli CC BY 4.0.",
        "The licence «{licence}» needs a reason: cite the act that sets it, or choose CC BY 4.0.",
    ),
    "L4.closed_licence": Sentence(
        "La licenza «{licence}» non è aperta: non può vietare l'uso commerciale o le opere derivate. Scegli CC BY 4.0.",
        "The licence «{licence}» is not open: it may not forbid commercial use or derived works. Choose CC BY 4.0.",
    ),
    "L5.share_alike": Sentence(
        "La licenza «{licence}» obbliga a condividere allo stesso modo e ostacola il riuso: passa a CC BY 4.0, "
        "se puoi.",
        "The licence «{licence}» asks to share alike and hinders reuse: move to CC BY 4.0 if you can.",
    ),
    "L5.old_creative_commons": Sentence(
        "La licenza «{licence}» è superata: la 4.0 vale in tutto il mondo e copre le banche dati. Passa a CC BY 4.0.",
        "The licence «{licence}» is superseded: 4.0 holds worldwide and covers databases. Move to CC BY 4.0.",
    ),
    "L5.iodl": Sentence(
        "La licenza «{licence}» non va più usata: passa a CC BY 4.0, più nota e compatibile.",
        "The licence «{licence}» is not to be used any more: move to CC BY 4.0, better known and compatible.",
    ),
    "L8.unknown_licence": Sentence(
        "La licenza «{value}» non è dell'elenco: usa l'indirizzo ufficiale, per esempio {proposed}.",
        "The licence «{value}» is not of the list: use the official address, {proposed} for example.",
    ),
}
