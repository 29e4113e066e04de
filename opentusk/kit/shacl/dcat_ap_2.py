"""DCAT-AP 2.1.1 at the level the European quality score asks: all constraints except ranges and vocabularies.

Restated from the shapes SEMIC published on 2021-12-01. The deprecation shapes that belong to the same level name
schema:startDate and schema:endDate without constraining them, so they can never be broken and have no line here.
"""

from opentusk.kit.shacl.rules import ShapeSet
from opentusk.kit.shacl.tables import read_rules

_LEVEL_1 = """
foaf:Agent          foaf:name               required literal
foaf:Agent          dct:type                once
dcat:CatalogRecord  foaf:primaryTopic       required once class:dcat:Catalog|dcat:Dataset|dcat:DataService
dcat:CatalogRecord  dct:modified            required once moment
dcat:CatalogRecord  dct:conformsTo          once
dcat:CatalogRecord  dct:issued              once moment
dcat:CatalogRecord  adms:status             once
dcat:CatalogRecord  dct:source              once
dcat:CatalogRecord  dct:title               literal
dcat:CatalogRecord  dct:description         literal
dcat:Catalog        dct:title               required literal
dcat:Catalog        dct:description         required literal
dcat:Catalog        dct:publisher           required once
dcat:Catalog        dct:license             once
dcat:Catalog        dct:issued              once moment
dcat:Catalog        dct:modified            once moment
dcat:Catalog        dct:isPartOf            once
dcat:Catalog        dct:rights              once
dcat:Catalog        foaf:homepage           once
skos:ConceptScheme  dct:title               required literal
skos:Concept        skos:prefLabel          required literal
spdx:Checksum       spdx:algorithm          required once value:spdx:checksumAlgorithm_sha1
spdx:Checksum       spdx:checksumValue      required once xsd:hexBinary
dcat:DataService    dct:title               required literal
dcat:DataService    dcat:endpointURL        required resource
dcat:DataService    dct:description         literal
dcat:DataService    dcat:endpointDescription resource
dcat:DataService    dct:license             once
dcat:DataService    dct:accessRights        once
dcat:Dataset        dct:title               required literal
dcat:Dataset        dct:description         required literal
dcat:Dataset        dct:identifier          literal
dcat:Dataset        dcat:keyword            literal
dcat:Dataset        dct:publisher           once
dcat:Dataset        dct:accessRights        once
dcat:Dataset        dct:accrualPeriodicity  once
dcat:Dataset        dct:issued              once moment
dcat:Dataset        dct:modified            once moment
dcat:Dataset        dct:relation            resource
dcat:Dataset        owl:versionInfo         once literal
dcat:Dataset        adms:versionNotes       literal
dcat:Dataset        dc11:isReferencedBy     resource
dcat:Dataset        dcat:temporalResolution once xsd:duration
dcat:Dataset        dcat:spatialResolutionInMeters once xsd:decimal
dcat:Distribution   dcat:accessURL          required resource
dcat:Distribution   dcat:downloadURL        resource
dcat:Distribution   dct:title               literal
dcat:Distribution   dct:description         literal
dcat:Distribution   dct:issued              once moment
dcat:Distribution   dct:modified            once moment
dcat:Distribution   dct:rights              once
dcat:Distribution   dct:format              once
dcat:Distribution   dct:license             once
dcat:Distribution   dcat:mediaType          once
dcat:Distribution   dcat:compressFormat     once
dcat:Distribution   dcat:packageFormat      once
dcat:Distribution   dcat:byteSize           once xsd:decimal
dcat:Distribution   dcat:temporalResolution once xsd:duration
dcat:Distribution   dcat:spatialResolutionInMeters once xsd:decimal
dcat:Distribution   dcatap:availability     once
dcat:Distribution   adms:status             once
dcat:Distribution   spdx:checksum           once
dcat:Distribution   odrl:hasPolicy          once
adms:Identifier     skos:notation           once
dct:Location        dcat:bbox               once literal
dct:Location        dcat:centroid           once literal
dct:Location        locn:geometry           once literal
dct:PeriodOfTime    dcat:startDate          once moment
dct:PeriodOfTime    dcat:endDate            once moment
dct:PeriodOfTime    time:hasBeginning       once
dct:PeriodOfTime    time:hasEnd             once
dcat:Relationship   dct:relation            required
dcat:Relationship   dcat:hadRole            required
"""

DCATAP_2 = ShapeSet(name="dcatap_2", rules=read_rules("dcatap2", _LEVEL_1))
