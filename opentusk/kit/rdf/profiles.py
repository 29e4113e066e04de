"""The three forms in which one record is written."""

from enum import StrEnum


class Profile(StrEnum):
    """A profile of DCAT-AP.

    DCATAP_IT is the default and a superset: DCAT-AP_IT 1.0 with what DCAT-AP 2.1.1 and 3.0.1 add, because the
    national catalogue and the European validator each read their part of it. Two values cannot please both European
    versions at once and follow 3.0.1 there, as the national catalogue does since October 2026: `dcat:byteSize`
    (nonNegativeInteger, not decimal) and `adms:status` (EU distribution-status, not ADMS).
    """

    DCATAP_IT = "dcatap_it"
    DCATAP_2 = "dcatap_2"
    DCATAP_3 = "dcatap_3"
