"""One value mended at a time: dates, addresses, e-mails, texts, phones, codes.

Every function takes the text a source gave and returns `Repaired`: the value to use, and the code of what was done to
it. Nothing is ever raised, and mending twice changes nothing more.
"""

from opentusk.kit.values.addresses import repair_email, repair_iri, repair_phone, repair_url
from opentusk.kit.values.codes import repair_identifier, repair_ipa_code
from opentusk.kit.values.dates import repair_date
from opentusk.kit.values.repaired import Repaired
from opentusk.kit.values.slugs import slugify
from opentusk.kit.values.texts import repair_text

__all__ = [
    "Repaired",
    "repair_date",
    "repair_email",
    "repair_identifier",
    "repair_ipa_code",
    "repair_iri",
    "repair_phone",
    "repair_text",
    "repair_url",
    "slugify",
]
