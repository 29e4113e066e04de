"""A plain spreadsheet of metadata at an address: one dataset a row, in the columns of the bulk template."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from opentusk.harvest.documents import Document, GetDocument, Page
from opentusk.kit.items import CatalogReading
from opentusk.kit.mapping.sheet import read_sheet


class SheetSource:
    """CSV, XLSX or ODS; always one document."""

    name = "sheet"
    label = _("Foglio di calcolo (CSV, XLSX, ODS)")
    help = _(
        "Un foglio pubblicato sul web con una riga per dataset, con le colonne del modello che trovi in "
        "«Pubblica in blocco»."
    )
    accept = "*/*"
    filters = ()

    def fetch(self, address: str, filters: Mapping[str, str], get: GetDocument) -> Iterator[Page]:
        """The one document."""
        document = get(address)
        yield Page(document=document, reading=self.read(document))

    def read(self, document: Document) -> CatalogReading:
        """Every row below the header."""
        return read_sheet(document.content, address=document.url)
