"""The catalogue of a source, harmonised like its datasets."""

from dataclasses import replace

from opentusk.kit.harmonise.addresses import mend_iri, mend_url
from opentusk.kit.harmonise.agents import AgentMender, names_of
from opentusk.kit.harmonise.controlled import mend_terms
from opentusk.kit.harmonise.dates import mend_date
from opentusk.kit.harmonise.defaults import Defaults
from opentusk.kit.harmonise.licences import mend_licence
from opentusk.kit.harmonise.places import mend_places
from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.harmonise.texts import TextMender, choose_tag
from opentusk.kit.iris import Iris
from opentusk.kit.problems import Problem
from opentusk.kit.records import Catalog
from opentusk.kit.vocabularies import LANGUAGES, THEMES


def harmonise_catalog(catalog: Catalog, defaults: Defaults, iris: Iris) -> tuple[Catalog, list[Problem]]:
    """The catalogue's own description, and a problem for each change. Its themes are those of the profile."""
    log = RepairLog("catalogo")
    agents = AgentMender(names_of([catalog.publisher, defaults.publisher], defaults.known_names), iris)
    publisher = catalog.publisher or defaults.publisher
    languages = mend_terms(LANGUAGES, catalog.language, log, "dct:language")
    texts = TextMender(choose_tag(languages, otherwise=defaults.text_language))
    mended_publisher = agents.mend(publisher, log.at("dct:publisher")) if publisher else None
    harmonised = replace(
        catalog,
        iri=mend_iri(catalog.iri, log, "rdf:about") or iris.catalog(),
        title=texts.text(catalog.title, log, "dct:title"),
        description=texts.text(catalog.description, log, "dct:description"),
        publisher=mended_publisher,
        homepage=mend_url(catalog.homepage, log, "foaf:homepage"),
        issued=mend_date(catalog.issued, log, "dct:issued"),
        modified=mend_date(catalog.modified, log, "dct:modified"),
        language=languages or defaults.language,
        theme_taxonomy=(THEMES.scheme,),
        license=mend_licence(catalog.license, None, log) if catalog.license else None,
        spatial=mend_places(catalog.spatial, holder=None, iris=iris, log=log),
    )
    return harmonised, log.problems
