"""The description that a new dataset begins with: what the body's own row already tells."""

from opentusk.bodies.models import Agent
from opentusk.catalog.records import agent_record, iris
from opentusk.kit import records as kit
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.vocabularies import LANGUAGES


def first_record(holder: Agent, *, identifier: str, title: str) -> kit.Dataset:
    """A record of this body, with its contact point and publisher, in Italian; `identifier` is `ipa:local-part`."""
    contact = holder.contact_record()
    italian = LANGUAGES.by_code("ITA")
    record = kit.Dataset(
        identifier=identifier,
        title={"it": title},
        rights_holder=agent_record(holder),
        publisher=agent_record(holder),
        contact_point=(contact,) if contact else (),
        language=(italian.iri,) if italian else (),
    )
    return harmonise_dataset(record, Defaults(), iris())[0]
