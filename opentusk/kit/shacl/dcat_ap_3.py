"""DCAT-AP 3.0.1 without ranges and vocabularies, and its deprecations.

Restated from the split shapes of SEMIC's release 3.0.1. Some of its date constraints are written with a property that
SHACL does not define, so validators skip them; the table keeps what they mean. Deprecated properties are only told
(info): our default profile writes the old and the new one side by side on purpose.
"""

from opentusk.kit.shacl.rules import ShapeSet, join_shapes
from opentusk.kit.shacl.tables import read_rules

_CORE = """
foaf:Agent          foaf:name               required literal
foaf:Agent          dct:type                once
dcat:CatalogRecord  foaf:primaryTopic       required once RESOURCE
dcat:CatalogRecord  dct:modified            required once moment
dcat:CatalogRecord  dct:issued              once moment
dcat:CatalogRecord  dct:conformsTo          once
dcat:CatalogRecord  adms:status             once
dcat:CatalogRecord  dct:source              once
dcat:CatalogRecord  dct:title               literal
dcat:CatalogRecord  dct:description         literal
dcat:Catalog        dct:title               required literal
dcat:Catalog        dct:description         required literal
dcat:Catalog        dct:publisher           required once
dcat:Catalog        dct:creator             once resource
dcat:Catalog        dct:issued              once moment
dcat:Catalog        dct:modified            once moment
dcat:Catalog        dct:license             once resource
dcat:Catalog        dct:rights              once resource
dcat:Catalog        foaf:homepage           once resource
dcat:Catalog        dct:language            resource
dcat:Catalog        dct:spatial             resource
dcat:Catalog        dct:hasPart             resource
dcat:Catalog        dcat:themeTaxonomy      resource
dcat:Catalog        dcat:dataset            resource
dcat:Catalog        dcat:service            resource
dcat:Catalog        dcat:catalog            resource
dcat:Catalog        dcat:record             resource
dcat:Catalog        dcatap:applicableLegislation iri
skos:ConceptScheme  dct:title               required literal
skos:Concept        skos:prefLabel          required literal
spdx:Checksum       spdx:algorithm          required once
spdx:Checksum       spdx:checksumValue      required once xsd:hexBinary
dcat:DataService    dct:title               required literal
dcat:DataService    dct:description         literal
dcat:DataService    dcat:keyword            literal
dcat:DataService    dcat:endpointURL        required resource
dcat:DataService    dcat:endpointDescription resource
dcat:DataService    dcat:servesDataset      resource
dcat:DataService    dcat:contactPoint       resource
dcat:DataService    dcat:landingPage        resource
dcat:DataService    dcat:theme              iri
dcat:DataService    dct:accessRights        once resource
dcat:DataService    dct:license             once resource
dcat:DataService    dct:publisher           once resource
dcat:DataService    dct:conformsTo          resource
dcat:DataService    dct:format              resource
dcat:DataService    dcatap:applicableLegislation iri
dcat:DatasetSeries  dct:title               required literal
dcat:DatasetSeries  dct:description         required literal
dcat:DatasetSeries  dct:issued              once literal moment
dcat:DatasetSeries  dct:modified            once literal moment
dcat:DatasetSeries  dct:publisher           once resource
dcat:DatasetSeries  dct:accrualPeriodicity  once resource
dcat:DatasetSeries  dct:spatial             resource
dcat:DatasetSeries  dct:temporal            resource
dcat:DatasetSeries  dcat:contactPoint       resource
dcat:DatasetSeries  dcatap:applicableLegislation iri
dcat:Dataset        dct:title               required literal
dcat:Dataset        dct:description         required literal
dcat:Dataset        dct:identifier          literal
dcat:Dataset        dcat:keyword            literal
dcat:Dataset        adms:versionNotes       literal
dcat:Dataset        dcat:version            once literal
dcat:Dataset        dct:publisher           once resource
dcat:Dataset        dct:accessRights        once resource
dcat:Dataset        dct:accrualPeriodicity  once resource
dcat:Dataset        dcat:temporalResolution once xsd:duration
dcat:Dataset        dcat:spatialResolutionInMeters once xsd:decimal
dcat:Dataset        dct:issued              once moment
dcat:Dataset        dct:modified            once moment
dcat:Dataset        dcat:theme              iri
dcat:Dataset        dcatap:applicableLegislation iri
dcat:Dataset        dcat:contactPoint       resource
dcat:Dataset        dcat:distribution       resource
dcat:Dataset        dcat:inSeries           resource
dcat:Dataset        dcat:landingPage        resource
dcat:Dataset        dcat:qualifiedRelation  resource
dcat:Dataset        dct:conformsTo          resource
dcat:Dataset        dct:creator             resource
dcat:Dataset        dct:hasVersion          resource
dcat:Dataset        dct:isReferencedBy      resource
dcat:Dataset        dct:language            resource
dcat:Dataset        dct:provenance          resource
dcat:Dataset        dct:relation            resource
dcat:Dataset        dct:source              resource
dcat:Dataset        dct:spatial             resource
dcat:Dataset        dct:temporal            resource
dcat:Dataset        dct:type                resource
dcat:Dataset        adms:identifier         resource
dcat:Dataset        adms:sample             resource
dcat:Dataset        foaf:page               resource
dcat:Dataset        prov:qualifiedAttribution resource
dcat:Dataset        prov:wasGeneratedBy     resource
dcat:Distribution   dcat:accessURL          required resource
dcat:Distribution   dcat:downloadURL        resource
dcat:Distribution   dct:title               literal
dcat:Distribution   dct:description         literal
dcat:Distribution   dct:issued              once moment
dcat:Distribution   dct:modified            once moment
dcat:Distribution   dct:rights              once resource
dcat:Distribution   dct:format              once resource
dcat:Distribution   dct:license             once resource
dcat:Distribution   dcat:mediaType          once resource
dcat:Distribution   dcat:compressFormat     once resource
dcat:Distribution   dcat:packageFormat      once resource
dcat:Distribution   dcat:byteSize           once xsd:nonNegativeInteger
dcat:Distribution   dcat:temporalResolution once xsd:duration
dcat:Distribution   dcat:spatialResolutionInMeters once xsd:decimal
dcat:Distribution   dcatap:availability     once resource
dcat:Distribution   dcatap:applicableLegislation iri
dcat:Distribution   adms:status             once resource
dcat:Distribution   spdx:checksum           once resource
dcat:Distribution   odrl:hasPolicy          once resource
dcat:Distribution   dcat:accessService      resource
dcat:Distribution   dct:conformsTo          resource
dcat:Distribution   dct:language            resource
dcat:Distribution   foaf:page               resource
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

_RESOURCE = "class:dcat:Catalog|dcat:Dataset|dcat:DataService|dcat:DatasetSeries"

_DEPRECATED = """
dct:PeriodOfTime    schema:startDate        deprecated@info
dct:PeriodOfTime    schema:endDate          deprecated@info
dcat:Dataset        dct:hasVersion          deprecated@info
dcat:Dataset        dct:isVersionOf         deprecated@info
dcat:Dataset        owl:versionInfo         deprecated@info
"""

DCATAP_3_CORE = ShapeSet(name="dcatap_3", rules=read_rules("dcatap3", _CORE.replace("RESOURCE", _RESOURCE)))
DCATAP_3 = join_shapes("dcatap_3", DCATAP_3_CORE, ShapeSet(name="deprecated", rules=read_rules("dcatap3", _DEPRECATED)))
