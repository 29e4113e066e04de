"""One dataset, field by field."""

from dataclasses import replace

from opentusk.kit.harmonise.agents import harmonise_contacts, harmonise_holder, harmonise_others
from opentusk.kit.harmonise.concepts import (
    harmonise_access_rights,
    harmonise_frequency,
    harmonise_hvd,
    harmonise_iris,
    harmonise_languages,
    harmonise_themes,
    harmonise_types,
)
from opentusk.kit.harmonise.coverage import harmonise_date, harmonise_periods, harmonise_places
from opentusk.kit.harmonise.defaults import Defaults
from opentusk.kit.harmonise.distributions import harmonise_distributions
from opentusk.kit.harmonise.notes import Notes
from opentusk.kit.harmonise.texts import harmonise_text, harmonise_words
from opentusk.kit.iris import Iris
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.records import Agent, Dataset, Identifier, Standard
from opentusk.kit.values import repair_identifier, repair_iri, repair_url, slugify
from opentusk.kit.vocabularies.bodies import find_body


def harmonise_dataset(record: Dataset, defaults: Defaults, iris: Iris) -> tuple[Dataset, list[Problem]]:
    """The record in the catalogue's form, and every change as a problem placed in it."""
    notes = Notes()
    holder = harmonise_holder(record.rights_holder, defaults.rights_holder, notes, iris)
    identifier, others = _identifier(record, holder, notes)
    themes, subjects, words = harmonise_themes(record.theme, record.subject, notes)
    if not themes and defaults.theme:
        themes = (defaults.theme,)
        notes.note("repair.theme_of_source", "dcat:theme", None, defaults.theme, Severity.MAJOR)
    publisher = record.publisher or defaults.publisher
    publishers = harmonise_others((publisher,) if publisher else (), holder, notes, iris, "dct:publisher")
    iri = _own_iri(record, identifier, notes, iris)
    mended = replace(
        record,
        iri=iri,
        identifier=identifier,
        title=harmonise_text(record.title, notes, "dct:title"),
        description=harmonise_text(record.description, notes, "dct:description"),
        issued=harmonise_date(record.issued, notes, "dct:issued"),
        modified=harmonise_date(record.modified, notes, "dct:modified"),
        theme=themes,
        subject=subjects,
        keyword=harmonise_words(_with_words(record, words), notes, "dcat:keyword"),
        rights_holder=holder,
        publisher=publishers[0] if publishers else None,
        creator=tuple(harmonise_others(record.creator, holder, notes, iris, "dct:creator")),
        contact_point=harmonise_contacts(record.contact_point, defaults.contact_point, holder, notes, iris),
        accrual_periodicity=harmonise_frequency(record.accrual_periodicity or defaults.accrual_periodicity, notes),
        distribution=harmonise_distributions(record.distribution, identifier, defaults, notes, iris),
        temporal=harmonise_periods(record.temporal, notes, iris),
        spatial=harmonise_places(record.spatial, holder, notes, iris),
        other_identifier=_identifiers((*record.other_identifier, *others), iri or "", notes),
        source_catalog=record.source_catalog or defaults.source_catalog,
    )
    mended = _second_half(mended, defaults, notes, iris)
    place = identifier or record.identifier or record.iri or ""
    return mended, [problem.within(place) for problem in notes.problems]


def _second_half(record: Dataset, defaults: Defaults, notes: Notes, iris: Iris) -> Dataset:
    """The optional fields."""
    landing = notes.mend(record.landing_page or "", repair_url, "dcat:landingPage")
    languages = harmonise_languages(record.language, notes)
    if not languages and defaults.language:
        languages = (defaults.language,)
    return replace(
        record,
        landing_page=landing,
        language=languages,
        version_notes=harmonise_text(record.version_notes, notes, "adms:versionNotes"),
        is_version_of=harmonise_iris(record.is_version_of, notes, "dct:isVersionOf"),
        has_version=harmonise_iris(record.has_version, notes, "dcat:hasVersion"),
        conforms_to=_standards(record.conforms_to, notes, iris),
        access_rights=harmonise_access_rights(record.access_rights, notes),
        provenance=harmonise_text(record.provenance, notes, "dct:provenance"),
        applicable_legislation=harmonise_iris(record.applicable_legislation, notes, "dcatap:applicableLegislation"),
        hvd_category=harmonise_hvd(record.hvd_category, notes),
        relation=harmonise_iris(record.relation, notes, "dct:relation"),
        page=tuple(filter(None, (notes.mend(page, repair_url, "foaf:page") for page in record.page))),
        type=harmonise_types(record.type, notes),
        in_series=harmonise_iris(record.in_series, notes, "dcat:inSeries"),
    )


def _identifier(record: Dataset, holder: Agent | None, notes: Notes) -> tuple[str, tuple[Identifier, ...]]:
    """`ipa:local-part`, and the source's own spelling as another identifier when it was changed.

    The prefix of a body of the IPA index stays, also when the titolare is another: the identifier never changes.
    """
    raw = record.identifier or record.iri or ""
    prefix = raw.partition(":")[0].lower() if "://" not in raw else ""
    body = find_body(prefix) if prefix else None
    ipa = body.code if body else (holder.identifier if holder else "")
    repaired = repair_identifier(raw, ipa)
    if repaired.value is None:
        return record.identifier if not ipa else "", ()
    if repaired.value == record.identifier:
        return repaired.value, ()
    notes.note("value.identifier_rewritten", "dct:identifier", raw, repaired.value)
    return repaired.value, (Identifier(notation=raw),) if record.identifier else ()


def _own_iri(record: Dataset, identifier: str, notes: Notes, iris: Iris) -> str | None:
    given = record.iri or ""
    if given.startswith(("http://", "https://")):
        mended = repair_iri(given).value
        if mended:
            if mended != given:
                notes.note("value.iri_rewritten", "IRI", given, mended, Severity.INFO)
            return mended
    return iris.dataset(identifier) if identifier else None


def _identifiers(others: tuple[Identifier, ...], iri: str, notes: Notes) -> tuple[Identifier, ...]:
    found: dict[str, Identifier] = {}
    for other in others:
        if not other.notation.strip():
            continue
        own = repair_iri(other.iri or "").value or f"{iri}#{slugify(other.notation, 60) or 'identificativo'}"
        found.setdefault(own, replace(other, iri=own))
    return tuple(found.values())


def _standards(standards: tuple[Standard, ...], notes: Notes, iris: Iris) -> tuple[Standard, ...]:
    """Standards with an identifier, which the national rules ask of each."""
    found = []
    for standard in standards:
        own = repair_iri(standard.iri or "").value
        name = standard.identifier or own or next(iter(standard.title.values()), "")
        if not name:
            continue
        if not standard.identifier:
            notes.note("repair.standard_identifier", "dct:conformsTo", None, name, Severity.INFO)
        found.append(
            replace(
                standard,
                iri=own or iris.standard(slugify(name) or "standard"),
                identifier=name,
                title=harmonise_text(standard.title, notes, "dct:conformsTo"),
                description=harmonise_text(standard.description, notes, "dct:conformsTo"),
                reference_documentation=harmonise_iris(standard.reference_documentation, notes, "dct:conformsTo"),
            )
        )
    return tuple(found)


def _with_words(record: Dataset, words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    keyword = dict(record.keyword)
    if words:
        keyword["it"] = (*keyword.get("it", ()), *words)
    return keyword
