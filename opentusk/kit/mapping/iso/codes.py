"""The code lists of ISO 19115 and INSPIRE, and what they mean in the European lists.

Sources: ISO 19115 code lists as ISO 19139 spells them; INSPIRE themes of inspire.ec.europa.eu/theme; the European data
theme of each follows the correspondences of GeoDCAT-AP 2.0 where it gives one.
"""

from opentusk.kit.vocabularies.spelling import spelling_key

# code, Italian and English name, European themes
_INSPIRE = """
ac|Condizioni atmosferiche|Atmospheric conditions|ENVI
ad|Indirizzi|Addresses|REGI
af|Impianti agricoli e di acquacoltura|Agricultural and aquaculture facilities|AGRI
am|Zone sottoposte a gestione/limitazioni/regolamentazione e unità con obbligo di comunicare dati|\
Area management/restriction/regulation zones and reporting units|ENVI GOVE
au|Unità amministrative|Administrative units|REGI GOVE
br|Regioni biogeografiche|Bio-geographical regions|ENVI
bu|Edifici|Buildings|REGI
cp|Parcelle catastali|Cadastral parcels|REGI
ef|Impianti di monitoraggio ambientale|Environmental monitoring facilities|ENVI
el|Elevazione|Elevation|ENVI
er|Risorse energetiche|Energy resources|ENER
ge|Geologia|Geology|ENVI
gg|Sistemi di griglie geografiche|Geographical grid systems|REGI
gn|Nomi geografici|Geographical names|REGI
hb|Habitat e biotopi|Habitats and biotopes|ENVI
hh|Salute umana e sicurezza|Human health and safety|HEAL
hy|Idrografia|Hydrography|ENVI
lc|Copertura del suolo|Land cover|ENVI
lu|Utilizzo del territorio|Land use|REGI
mf|Elementi geografici meteorologici|Meteorological geographical features|ENVI
mr|Risorse minerarie|Mineral resources|ECON ENVI
nz|Zone a rischio naturale|Natural risk zones|ENVI
of|Elementi geografici oceanografici|Oceanographic geographical features|ENVI
oi|Orto immagini|Orthoimagery|REGI
pd|Distribuzione della popolazione — demografia|Population distribution — demography|SOCI
pf|Produzione e impianti industriali|Production and industrial facilities|ECON
ps|Siti protetti|Protected sites|ENVI
rs|Sistemi di coordinate|Coordinate reference systems|REGI
sd|Distribuzione delle specie|Species distribution|ENVI
so|Suolo|Soil|ENVI
sr|Regioni marine|Sea regions|ENVI
su|Unità statistiche|Statistical units|SOCI REGI
tn|Reti di trasporto|Transport networks|TRAN
us|Servizi di pubblica utilità e servizi amministrativi|Utility and governmental services|GOVE
"""
_TOPICS = {
    "biota": "ENVI",
    "boundaries": "REGI",
    "climatologymeteorologyatmosphere": "ENVI",
    "economy": "ECON",
    "elevation": "ENVI",
    "environment": "ENVI",
    "farming": "AGRI",
    "geoscientificinformation": "ENVI TECH",
    "health": "HEAL",
    "imagerybasemapsearthcover": "REGI",
    "inlandwaters": "ENVI",
    "intelligencemilitary": "GOVE",
    "location": "REGI",
    "oceans": "ENVI",
    "planningcadastre": "REGI",
    "society": "SOCI",
    "structure": "REGI",
    "transportation": "TRAN",
    "utilitiescommunication": "GOVE",
}
FREQUENCY_OF_MAINTENANCE = {
    "continual": "UPDATE_CONT",
    "daily": "DAILY",
    "weekly": "WEEKLY",
    "fortnightly": "BIWEEKLY",
    "monthly": "MONTHLY",
    "quarterly": "QUARTERLY",
    "biannually": "ANNUAL_2",
    "annually": "ANNUAL",
    "asneeded": "AS_NEEDED",
    "irregular": "IRREG",
    "notplanned": "NOT_PLANNED",
    "unknown": "UNKNOWN",
}
LANGUAGE_OF_CODE = {
    "ita": "it", "eng": "en", "fre": "fr", "fra": "fr", "ger": "de", "deu": "de", "slv": "sl", "spa": "es",
}  # fmt: skip
# What may stand in three nodes of the schema (gmd 20070417): anything else there is no ISO 19139.
_CHILDREN = """
MD_Metadata: fileIdentifier language characterSet parentIdentifier hierarchyLevel hierarchyLevelName contact dateStamp \
metadataStandardName metadataStandardVersion dataSetURI locale spatialRepresentationInfo referenceSystemInfo \
metadataExtensionInfo identificationInfo contentInfo distributionInfo dataQualityInfo portrayalCatalogueInfo \
metadataConstraints applicationSchemaInfo metadataMaintenance series describes propertyType featureType featureAttribute
MD_DataIdentification: citation abstract purpose credit status pointOfContact resourceMaintenance graphicOverview \
resourceFormat descriptiveKeywords resourceSpecificUsage resourceConstraints aggregationInfo \
spatialRepresentationType spatialResolution language characterSet topicCategory environmentDescription extent \
supplementalInformation
MD_Distribution: distributionFormat distributor transferOptions
"""
ALLOWED = {
    name: frozenset(children.split())
    for name, _, children in (line.partition(":") for line in _CHILDREN.strip().splitlines())
}
_ROWS = [line.split("|") for line in _INSPIRE.strip().splitlines()]
_THEMES_OF_CODE = {code: tuple(themes.split()) for code, _it, _en, themes in _ROWS}
_THEMES_OF_NAME = {spelling_key(name): tuple(themes.split()) for _code, it, en, themes in _ROWS for name in (it, en)}
_INSPIRE_THEME = "//inspire.ec.europa.eu/theme/"


def themes_of_topic(category: str) -> tuple[str, ...]:
    """The European themes (codes) of an ISO topic category."""
    return tuple(_TOPICS.get(category.strip().lower(), "").split())


def themes_of_inspire(address: str, name: str) -> tuple[str, ...]:
    """The European themes (codes) of an INSPIRE theme, by its address or by its name."""
    _, found, code = address.partition(_INSPIRE_THEME)
    return _THEMES_OF_CODE.get(code.strip("/").lower(), ()) if found else _THEMES_OF_NAME.get(spelling_key(name), ())
