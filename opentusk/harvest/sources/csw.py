"""A catalogue of territorial data through CSW 2.0.2: pages of `GetRecords` with whole ISO 19139 records.

Asked by GET first; a service that does not answer that, as many GeoNetworks do not, is asked the same by POST. One that
gives only short records is asked for each in full with `GetRecordById`.
"""

from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.utils.translation import gettext_lazy as _

from opentusk.harvest.asking import with_query
from opentusk.harvest.documents import Document, GetDocument, Page
from opentusk.harvest.errors import Incomplete, RunMessage, SourceFault
from opentusk.kit.errors import Unreadable
from opentusk.kit.items import CatalogReading
from opentusk.kit.mapping.iso.records import CswPage, read_csw_page, read_single

_CSW = "http://www.opengis.net/cat/csw/2.0.2"
_GMD = "http://www.isotc211.org/2005/gmd"
# A full record of the Italian profile takes 30 kB.
_RECORDS = 50
_OURS = frozenset(("service", "request", "version"))
_SPACES = (
    f'xmlns:csw="{_CSW}" xmlns:gmd="{_GMD}" xmlns:ogc="http://www.opengis.net/ogc" '
    'xmlns:apiso="http://www.opengis.net/cat/csw/apiso/1.0" service="CSW" version="2.0.2" '
    f'outputFormat="application/xml" outputSchema="{_GMD}"'
)
# A fixed order, so that what is edited meanwhile is neither lost nor given twice.
_SORTED = (
    "<ogc:SortBy><ogc:SortProperty><ogc:PropertyName>apiso:identifier</ogc:PropertyName>"
    "<ogc:SortOrder>ASC</ogc:SortOrder></ogc:SortProperty></ogc:SortBy>"
)


class CswSource:
    """OGC Catalogue Service for the Web. `filters` may hold `fq`, a condition in CQL text."""

    name = "csw"
    label = _("CSW (dati territoriali, ISO 19139)")
    help = _(
        "Un geoportale: l’indirizzo del servizio CSW. I dati territoriali restano fuori dal flusso per "
        "dati.gov.it, che li prende dal RNDT."
    )
    accept = "application/xml, text/xml;q=0.9, */*;q=0.1"
    filters = ("fq",)

    def fetch(self, address: str, filters: Mapping[str, str], get: GetDocument) -> Iterator[Page]:
        """Follow `nextRecord` until it is 0, or the number of records that matched is reached."""
        service = _Service(_endpoint(address), filters.get("fq", ""), get)
        start, seen = 1, set[tuple[str, ...]]()
        while True:
            document, page = service.records(start)
            ids = (*(item.source_id for item in page.reading.items), *page.ids)
            if ids and ids in seen:
                raise Incomplete(RunMessage.REPEATED_PAGE, document.url)
            seen.add(ids)
            if page.reading.items or not page.ids:
                yield Page(document=document, reading=page.reading)
            for identifier in page.ids:
                yield service.record(identifier)
            following = page.following or (start + page.returned if start + page.returned <= page.matched else 0)
            if not following or start > page.matched:
                return
            if following <= start or not page.returned:
                raise Incomplete(RunMessage.PARTIAL, f"{start - 1}/{page.matched}")
            start = following

    def read(self, document: Document) -> CatalogReading:
        """The records of a page, or the one of a document of its own."""
        return read_csw_page(document.content).reading


class _Service:
    """One service, asked always in the way in which it answered first."""

    def __init__(self, address: str, condition: str, get: GetDocument) -> None:
        self._address, self._condition, self._get = address, condition, get
        self._is_posted = False

    def records(self, start: int) -> tuple[Document, CswPage]:
        """The page that begins with this record. Raises SourceFault, Unreadable."""
        try:
            return self._records(start)
        except (SourceFault, Unreadable):
            if start > 1 or self._is_posted:
                raise
            self._is_posted = True
            try:
                return self._records(start)
            except (SourceFault, Unreadable):
                # It answers neither way: what it said to the first is told.
                self._is_posted = False
            raise

    def record(self, identifier: str) -> Page:
        """One record in full."""
        if self._is_posted:
            document = self._get(self._address, xml=_record_request(identifier))
        else:
            query = {"service": "CSW", "version": "2.0.2", "request": "GetRecordById", "id": identifier}
            query |= {"outputSchema": _GMD, "elementSetName": "full"}
            document = self._get(with_query(self._address, query))
        item = read_single(document.content, source_id=identifier)
        return Page(document=document, reading=CatalogReading(catalog=None, items=(item,)))

    def _records(self, start: int) -> tuple[Document, CswPage]:
        if self._is_posted:
            document = self._get(self._address, xml=_records_request(self._condition, start))
        else:
            document = self._get(with_query(self._address, _records_query(self._condition, start)))
        return document, read_csw_page(document.content)


def _records_query(condition: str, start: int) -> dict[str, str]:
    query = {
        "service": "CSW",
        "version": "2.0.2",
        "request": "GetRecords",
        "resultType": "results",
        "typeNames": "gmd:MD_Metadata",
        "namespace": f"xmlns(gmd={_GMD})",
        "outputSchema": _GMD,
        "outputFormat": "application/xml",
        "elementSetName": "full",
        "startPosition": str(start),
        "maxRecords": str(_RECORDS),
    }
    if condition:
        query |= {"constraintLanguage": "CQL_TEXT", "constraint_language_version": "1.1.0", "constraint": condition}
    return query


def _records_request(condition: str, start: int) -> bytes:
    text = escape(condition, quote=False)
    limited = f'<csw:Constraint version="1.1.0"><csw:CqlText>{text}</csw:CqlText></csw:Constraint>' if text else ""
    return (
        f'<csw:GetRecords {_SPACES} resultType="results" startPosition="{start}" maxRecords="{_RECORDS}">'
        f'<csw:Query typeNames="gmd:MD_Metadata"><csw:ElementSetName>full</csw:ElementSetName>'
        f"{limited}{_SORTED}</csw:Query></csw:GetRecords>"
    ).encode()


def _record_request(identifier: str) -> bytes:
    return (
        f"<csw:GetRecordById {_SPACES}><csw:Id>{escape(identifier, quote=False)}</csw:Id>"
        "<csw:ElementSetName>full</csw:ElementSetName></csw:GetRecordById>"
    ).encode()


def _endpoint(address: str) -> str:
    """The service's address, whatever request somebody copied with it; other parameters are its own."""
    parts = urlsplit(address)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0].lower() not in _OURS]
    return urlunsplit(parts._replace(query=urlencode(kept), fragment=""))
