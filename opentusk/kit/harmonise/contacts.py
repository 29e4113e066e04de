"""Contact points: offices that answer, each with a node of its own, never the body's or a web page's."""

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from opentusk.kit.harmonise.addresses import mend_url
from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.harmonise.texts import mend_line
from opentusk.kit.iris import Iris
from opentusk.kit.problems import Severity
from opentusk.kit.records import Agent, ContactPoint
from opentusk.kit.values import repair_email, repair_phone, slugify


def mend_contacts(
    contacts: Sequence[ContactPoint],
    *,
    holder: Agent | None,
    default: ContactPoint | None,
    iris: Iris,
    log: RepairLog,
) -> tuple[ContactPoint, ...]:
    """The contacts of a dataset, or the source's default. A contact without a name has that of the body it is of."""
    where = "dcat:contactPoint"
    if not contacts and default is not None:
        log.changed("repair.default_used", where, before="", after=default.fn or default.has_email)
        contacts = (default,)
    mended = (mend_contact(contact, holder=holder, iris=iris, log=log.at(where)) for contact in contacts)
    return tuple(dict.fromkeys(contact for contact in mended if contact))


def mend_contact(contact: ContactPoint, *, holder: Agent | None, iris: Iris, log: RepairLog) -> ContactPoint | None:
    """One contact; None when nothing is left by which anybody could be reached or named."""
    fn = mend_line(contact.fn, log, "vcard:fn")
    email = log.mended("vcard:hasEmail", contact.has_email, repair_email(contact.has_email)) or ""
    phone = log.mended("vcard:hasTelephone", contact.has_telephone, repair_phone(contact.has_telephone)) or ""
    url = mend_url(contact.has_url, log, "vcard:hasURL") or ""
    if not (fn or email or phone or url):
        return None
    if not fn and holder and holder.name:
        fn = holder.name
        log.changed("repair.contact_named", "vcard:fn", before="", after=fn, severity=Severity.INFO)
    iri = _address(contact.iri, email, fn, holder, iris, log)
    return replace(contact, iri=iri, fn=fn, has_email=email, has_telephone=phone, has_url=url)


def _address(given: str | None, email: str, fn: str, holder: Agent | None, iris: Iris, log: RepairLog) -> str:
    """The office's own address: sources use their web site, the body or the mailbox for it.

    One of our own form is kept, from whichever portal: another one like us may have minted it.
    """
    owner = holder.identifier if holder and holder.identifier else slugify(fn) or "ufficio"
    if given and re.search(rf"/contatto/{re.escape(quote(owner, safe=''))}(/[0-9a-f]{{12}})?$", given):
        return given
    minted = iris.contact(owner, email)
    if given:
        log.changed("repair.node_address", "rdf:about", before=given, after=minted, severity=Severity.INFO)
    return minted
