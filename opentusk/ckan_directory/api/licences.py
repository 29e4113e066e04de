"""The licences that datasets may have, as CKAN lists them: booleans are words."""

from functools import cache
from typing import Any

from opentusk.ckan.protocol import Call
from opentusk.kit.vocabularies import LICENCES, Licence

# AgID's classes of openness, in the words of the Open Definition's reviews.
_CONFORMANCE = {"A": "approved", "B": "rejected", "C": "not reviewed"}


def license_list(call: Call) -> Any:
    """Return the licences, those of the European and of the national list, with what makes them open or not."""
    return _all()


@cache
def _all() -> list[dict[str, str]]:
    return [_shown(licence) for licence in LICENCES.terms]


def _shown(licence: Licence) -> dict[str, str]:
    return {
        "id": licence.code,
        "title": licence.it,
        "url": licence.iri,
        "status": "active",
        "family": "",
        "maintainer": "",
        "is_generic": "False",
        "od_conformance": _CONFORMANCE[licence.openness],
        "osd_conformance": "not reviewed",
        "domain_content": "True",
        "domain_data": "True",
        "domain_software": "False",
    }
