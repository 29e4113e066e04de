"""The 122 active rules of the national catalogue's validator, as one table of facts.

Restated from the list of AgID's DCAT-AP_IT validator (ids, severities and subjects as read on 2026-08; the 32 suspended
rules are left out; the queries are not published with the list, so what a rule looks at comes from its title).
This module knows nothing else of the kit: the checks (`kit.shacl.agid`) and their sentences
(`kit.sentences.shapes`) are both made from it.

Columns: id, severity, class, property, demand. An official error blocks; an official warning is major when the
European score or a reader depends on the property, else minor. `once` is at most one value; `exists` asks that the
document has at least one node of the class; `email` is explained at `kit.shacl.demands.is_email`. Rule 89 and 158
really say dct:byteSize, a property no vocabulary defines: the real dcat:byteSize is held by the DCAT-AP shapes.
"""

from typing import NamedTuple


class NationalRule(NamedTuple):
    """One rule: `code` is the problem code it raises, `demand` a word of `kit.shacl.tables`."""

    id: int
    severity: str
    node: str
    path: str
    demand: str

    @property
    def code(self) -> str:
        """The problem code of the rule."""
        return f"agid.{self.id}"


_TABLE = """
0   blocks Agent           foaf:name                       required
1   blocks Agent           foaf:name                       literal
2   blocks Agent           dct:identifier                  required
3   blocks Dataset         dct:rightsHolder                required
4   blocks Catalog         dcat:dataset                    required
5   blocks Catalog         dcat:dataset                    class:dcatapit:Dataset
6   blocks Catalog         dct:description                 required
7   blocks Catalog         dct:description                 literal
8   blocks Catalog         dct:publisher                   required
9   blocks Catalog         dct:publisher                   once
11  blocks Catalog         dct:publisher                   class:dcatapit:Agent
12  blocks Catalog         dct:title                       required
13  blocks Catalog         dct:title                       literal
14  minor  Catalog         foaf:homepage                   required
15  blocks Catalog         foaf:homepage                   once
17  blocks Catalog         foaf:homepage                   class:foaf:Document
18  minor  Catalog         dct:language                    required
20  blocks Catalog         dct:language                    class:dct:LinguisticSystem
21  minor  Dataset         dct:subject                     required
24  minor  Catalog         dct:issued                      required
25  blocks Catalog         dct:issued                      date
26  blocks Catalog         dct:issued                      once
27  minor  Catalog         dcat:themeTaxonomy              required
31  blocks Catalog         dct:modified                    required
32  blocks Catalog         dct:modified                    date
33  blocks Catalog         dct:modified                    once
37  blocks Dataset         dct:description                 required
38  blocks Dataset         dct:description                 literal
39  blocks Dataset         dct:title                       required
40  blocks Dataset         dct:title                       literal
41  major  Dataset         dcat:contactPoint               required
43  blocks Dataset         dcat:contactPoint               class:dcatapit:Organization
44  blocks Dataset         dcat:distribution               required
46  blocks Dataset         dcat:distribution               class:dcatapit:Distribution
48  blocks Dataset         dcat:keyword                    literal
49  major  Dataset         dct:publisher                   required
50  major  Dataset         dct:publisher                   once
52  blocks Dataset         dct:publisher                   class:dcatapit:Agent
53  blocks Dataset         dcat:theme                      required
56  blocks Dataset         dct:conformsTo                  class:dct:Standard
58  blocks Dataset         dct:accrualPeriodicity          class:dct:Frequency
59  blocks Dataset         dct:accrualPeriodicity          once
60  blocks Dataset         dct:identifier                  literal
65  blocks Dataset         dct:language                    class:dct:LinguisticSystem
66  minor  Identifier      skos:notation                   required
67  blocks Dataset         adms:identifier                 class:adms:Identifier
68  blocks Dataset         dct:issued                      date
69  blocks Dataset         dct:issued                      once
71  blocks Dataset         dct:spatial                     class:dct:Location
72  blocks Dataset         dct:temporal                    class:dct:PeriodOfTime
73  blocks Dataset         dct:modified                    date
74  blocks Dataset         dct:modified                    once
75  blocks Dataset         owl:versionInfo                 literal
76  blocks Dataset         owl:versionInfo                 once
79  blocks Distribution    dcat:accessURL                  required
80  blocks Distribution    dcat:accessURL                  resource
81  minor  Distribution    dct:description                 required
82  blocks Distribution    dct:description                 literal
83  blocks Distribution    dct:format                      required
84  blocks Distribution    dct:format                      class:dct:MediaTypeOrExtent
85  major  Distribution    dct:format                      once
86  blocks Distribution    dct:license                     required
87  blocks Distribution    dct:license                     class:dcatapit:LicenseDocument
88  blocks Distribution    dct:license                     once
89  blocks Distribution    dct:byteSize                    decimal
90  blocks Distribution    dcat:downloadURL                resource
95  blocks Distribution    dct:title                       literal
96  blocks Distribution    dct:modified                    date
111 blocks Distribution    dct:modified                    once
112 blocks Catalog         dcatapit:Catalog                exists
113 blocks Agent           dcatapit:Agent                  exists
114 blocks Dataset         dcatapit:Dataset                exists
115 blocks Dataset         dcat:theme                      class:skos:Concept
118 blocks LicenseDocument dct:type                        once
136 blocks PeriodOfTime    dcatapit:startDate              once
137 blocks PeriodOfTime    dcatapit:endDate                once
139 blocks Catalog         dcat:themeTaxonomy              class:skos:ConceptScheme
153 blocks Dataset         dct:isVersionOf                 class:dcatapit:Dataset
158 blocks Distribution    dct:byteSize                    once
163 blocks Distribution    dcatapit:Distribution           exists
165 blocks LicenseDocument dct:type                        class:skos:Concept
166 major  LicenseDocument dcatapit:LicenseDocument        exists
170 minor  LicenseDocument dct:type                        required
174 blocks PeriodOfTime    dcatapit:startDate              date
175 blocks PeriodOfTime    dcatapit:endDate                date
176 blocks Identifier      skos:notation                   once
178 blocks Dataset         dct:identifier                  required
179 blocks Dataset         dct:modified                    required
180 blocks Dataset         dct:accrualPeriodicity          required
181 blocks Dataset         dcat:landingPage                once
182 blocks Dataset         dct:subject                     class:skos:Concept
183 blocks Dataset         dct:identifier                  once
184 blocks Dataset         dct:rightsHolder                class:dcatapit:Agent
185 blocks Dataset         dct:creator                     class:dcatapit:Agent
186 blocks Dataset         dct:temporal                    once
187 blocks Dataset         dct:spatial                     once
188 blocks Distribution    dcat:accessURL                  once
189 blocks Distribution    dct:description                 literal
190 blocks Agent           dct:identifier                  literal
191 blocks Agent           dct:identifier                  once
192 blocks Agent           foaf:name                       once
193 blocks LicenseDocument foaf:name                       literal
194 blocks LicenseDocument owl:versionInfo                 literal
195 blocks LicenseDocument owl:versionInfo                 once
196 blocks PeriodOfTime    dcatapit:startDate              required
197 blocks Standard        dct:identifier                  required
198 blocks Standard        dct:identifier                  once
199 blocks Standard        dct:description                 literal
200 blocks Standard        dct:title                       literal
201 blocks Standard        dct:description                 literal
202 blocks Standard        dcatapit:referenceDocumentation resource
203 major  Organization    dcatapit:Organization           exists
204 blocks Organization    vcard:fn                        once
205 blocks Organization    vcard:fn                        required
206 blocks Organization    vcard:fn                        literal
207 blocks Organization    vcard:hasEmail                  email
208 blocks Organization    vcard:hasEmail                  once
209 blocks Organization    vcard:hasEmail                  required
210 blocks Organization    vcard:hasTelephone              class:vcard:TelephoneType
211 blocks Organization    vcard:hasTelephone              once
212 blocks Organization    vcard:hasURL                    resource
213 blocks Organization    vcard:hasURL                    once
"""


def _read(line: str) -> NationalRule:
    number, severity, node, path, demand = line.split()
    return NationalRule(int(number), severity, node, path, demand)


NATIONAL_RULES: tuple[NationalRule, ...] = tuple(_read(line) for line in _TABLE.strip().splitlines())
