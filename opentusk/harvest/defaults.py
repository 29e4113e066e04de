"""The values a source gives to datasets that leave them out, as the workshop wants them."""

from opentusk.harvest.models import HarvestSource
from opentusk.kit.harmonise import Defaults


def defaults_of(source: HarvestSource, *, publisher: str) -> Defaults:
    """The titolare and its office from the body's own row, the controlled values from the source's settings.

    `publisher` is the name of whoever publishes the source's catalogue: it helps to tell a mistyped IPA code.
    """
    names = ("theme", "language", "license", "frequency")
    theme, language, licence, frequency = (str(source.defaults.get(name) or "") for name in names)
    return Defaults(
        rights_holder=source.agent.to_record() if source.agent else None,
        contact_point=source.agent.contact_record() if source.agent else None,
        theme=(theme,) if theme else (),
        language=(language,) if language else (),
        license=licence or None,
        accrual_periodicity=frequency or None,
        known_names=(publisher,) if publisher else (),
    )
