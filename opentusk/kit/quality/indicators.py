"""The 23 indicators of the European metadata quality score, as a table.

Source: MQA methodology of data.europa.eu and the weights of the piveau vocabulary (v1, 405 points). That vocabulary
also gives two negative scores which neither the documentation nor the portal uses; they are left out.
"""

from enum import StrEnum
from typing import NamedTuple

VERSION = "mqa-1"


class Level(StrEnum):
    """Where an indicator is read: on the dataset, on each distribution, or on either of the two."""

    DATASET = "dataset"
    DISTRIBUTION = "distribution"
    EITHER = "either"


class Dimension(StrEnum):
    """The five dimensions, in the portal's order."""

    FINDABILITY = "findability"
    ACCESSIBILITY = "accessibility"
    INTEROPERABILITY = "interoperability"
    REUSABILITY = "reusability"
    CONTEXTUALITY = "contextuality"


class Indicator(NamedTuple):
    """One yes-or-no question; `name` is the portal's name of the metric, `hint` the code of what to do about a no."""

    name: str
    dimension: Dimension
    level: Level
    points: int
    path: str
    hint: str


_TABLE = """
keywordAvailability                   findability      dataset       30  dcat:keyword        keyword
categoryAvailability                  findability      dataset       30  dcat:theme          theme
spatialAvailability                   findability      dataset       20  dct:spatial         spatial
temporalAvailability                  findability      dataset       20  dct:temporal        temporal
accessUrlStatusCode                   accessibility    distribution  50  dcat:accessURL      access_url_status
downloadUrlAvailability               accessibility    distribution  20  dcat:downloadURL    download_url
downloadUrlStatusCode                 accessibility    distribution  30  dcat:downloadURL    download_url_status
formatAvailability                    interoperability distribution  20  dct:format          format
mediaTypeAvailability                 interoperability distribution  10  dcat:mediaType      media_type
formatMediaTypeVocabularyAlignment    interoperability distribution  10  dct:format          aligned_format
formatMediaTypeNonProprietary         interoperability distribution  20  dct:format          non_proprietary
formatMediaTypeMachineInterpretable   interoperability distribution  20  dct:format          machine_readable
dcatApCompliance                      interoperability dataset       30  -                   compliance
licenceAvailability                   reusability      distribution  20  dct:license         licence
knownLicence                          reusability      distribution  10  dct:license         known_licence
accessRightsAvailability              reusability      dataset       10  dct:accessRights    access_rights
accessRightsVocabularyAlignment       reusability      dataset        5  dct:accessRights    aligned_access_rights
contactPointAvailability              reusability      dataset       20  dcat:contactPoint   contact_point
publisherAvailability                 reusability      dataset       10  dct:publisher       publisher
rightsAvailability                    contextuality    distribution   5  dct:rights          rights
byteSizeAvailability                  contextuality    distribution   5  dcat:byteSize       byte_size
dateIssuedAvailability                contextuality    either         5  dct:issued          issued
dateModifiedAvailability              contextuality    either         5  dct:modified        modified
"""


def _read(line: str) -> Indicator:
    name, dimension, level, points, path, hint = line.split()
    return Indicator(name, Dimension(dimension), Level(level), int(points), path.strip("-"), f"mqa.{hint}")


INDICATORS: tuple[Indicator, ...] = tuple(_read(line) for line in _TABLE.strip().splitlines())
POINTS = {indicator.name: indicator.points for indicator in INDICATORS}
MAXIMUM = sum(POINTS.values())
OF_DATASET = tuple(indicator for indicator in INDICATORS if indicator.level is Level.DATASET)
OF_DISTRIBUTION = tuple(indicator for indicator in INDICATORS if indicator.level is Level.DISTRIBUTION)
OF_EITHER = tuple(indicator for indicator in INDICATORS if indicator.level is Level.EITHER)
