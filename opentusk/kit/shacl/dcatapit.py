"""What the Italian guidelines ask of a catalogue beyond the national validator's list: classes in pairs, addresses
instead of blank nodes, controlled vocabularies, and texts that say something.

Restated from the AgID guidelines for data catalogues (DCAT-AP_IT 1.0); mandatory and recommended properties are
already rules of the validator (`agid`). Codes newer than our tables are accepted when they are of the authority.
"""

from opentusk.kit.shacl.rules import ShapeSet
from opentusk.kit.shacl.tables import read_rules

_CLASSES = """
dcat:Catalog             rdf:type  has:dcatapit:Catalog
dcat:Dataset             rdf:type  has:dcatapit:Dataset
dcat:Distribution        rdf:type  has:dcatapit:Distribution
dcatapit:Catalog         rdf:type  has:dcat:Catalog
dcatapit:Dataset         rdf:type  has:dcat:Dataset
dcatapit:Distribution    rdf:type  has:dcat:Distribution
dcatapit:Agent           rdf:type  has:foaf:Agent
dcatapit:LicenseDocument rdf:type  has:dct:LicenseDocument
dcatapit:Organization    rdf:type  has:vcard:Organization
"""

_TEXTS = """
dcat:Catalog             dct:title        text
dcat:Catalog             dct:description  text
dcat:Dataset             dct:title        text
dcat:Dataset             dct:description  text
dcat:Dataset             dcat:keyword     text
dcatapit:Agent           foaf:name        text
dcatapit:Agent           dct:identifier   text
dcatapit:Organization    vcard:fn         text
"""

_ADDRESSES = """
dcat:Catalog             dcat:dataset       iri
dcat:Catalog             foaf:homepage      iri
dcat:Dataset             dcat:distribution  iri
dcat:Dataset             dcat:landingPage   iri
dcat:Dataset             dct:license        absent@minor
dcat:Distribution        dct:license        iri
dcat:Distribution        dcat:accessURL     like:https?://\\S+
dcat:Distribution        dcat:downloadURL   like:(https?|ftps?)://\\S+
"""

_VOCABULARIES = """
dcat:Catalog             dct:language            like:AUTHORITY/language/[A-Z]{3}
dcat:Dataset             dct:language            like:AUTHORITY/language/[A-Z]{3}
dcat:Dataset             dcat:theme              like:AUTHORITY/data-theme/[A-Z_]+
dcat:Dataset             dct:accrualPeriodicity  like:AUTHORITY/frequency/[A-Z0-9_]+
dcat:Dataset             dct:subject             like:http://eurovoc\\.europa\\.eu/[0-9]+
dcat:Distribution        dct:format              like:AUTHORITY/file-type/[A-Z0-9_]+
dcatapit:LicenseDocument dct:type                like:http://purl\\.org/adms/licencetype/[A-Za-z]+
""".replace("AUTHORITY", "http://publications.europa.eu/resource/authority")

_TABLES = (_CLASSES, _TEXTS, _ADDRESSES, _VOCABULARIES)

DCATAP_IT = ShapeSet(name="dcatap_it", rules=tuple(rule for table in _TABLES for rule in read_rules("dcatapit", table)))
