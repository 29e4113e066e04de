"""What is printed for a datalab: a sheet for each table with its two QR codes, and cards of paper."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from opentusk.demand.forms.wishing import theme_choices
from opentusk.demand.models import Datalab, DatalabTable

# Level M stands a crease or a stain; 33 mm is read at arm's length.
_LEVEL = "m"
_SOURCE = Path(__file__).parent / "printing"


@dataclass(frozen=True)
class Code:
    """A QR code with the words that say where it leads."""

    title: str
    address: str

    @property
    def picture(self) -> str:
        """The code as SVG, dark on white, with its quiet zone."""
        return code_of(self.address).svg_inline(scale=4, omitsize=True, border=4)


def code_of(address: str) -> segno.QRCode:
    """The QR code of an address."""
    return segno.make(address, error=_LEVEL, micro=False, boost_error=False)


def codes_of(table: DatalabTable) -> tuple[Code, Code]:
    """The form of a table, and the wall of its datalab."""
    form = settings.SITE_URL + reverse("table_form", args=[table.join_code])
    wall = settings.SITE_URL + reverse("wall", args=[table.datalab.slug])
    return Code(_("Proponi un dataset"), form), Code(_("Guarda il paniere dal vivo"), wall)


def sheets_pdf(datalab: Datalab) -> bytes:
    """One A4 page for each table, as a tagged PDF that a screen reader reads too."""
    pages = [
        {
            "heading": _("Tavolo %(number)s") % {"number": table.number},
            "event": datalab.event_title,
            "themes": ", ".join(label for code, label in theme_choices() if code in table.themes),
            "code": table.join_code,
            "code_words": _("Senza fotocamera: apri %(address)s e scrivi il codice")
            % {"address": f"{settings.SITE_URL}/datalab"},
            "codes": [{"title": one.title, "address": one.address} for one in codes_of(table)],
        }
        for table in datalab.tables.in_order()
    ]
    pictures = {one.address: one.picture for table in datalab.tables.in_order() for one in codes_of(table)}
    return _printed(
        "sheets.typ", {"title": _("Fogli dei tavoli"), "event": datalab.event_title, "pages": pages}, pictures
    )


def cards_pdf(table: DatalabTable) -> bytes:
    """Four cards of paper on an A4 page, to cut into A6."""
    words = {
        "title": _("Schede di carta"),
        "event": table.datalab.event_title,
        "table": _("Tavolo %(number)s") % {"number": table.number},
        "wanted": _("Quale dato vorresti?"),
        "use": _("A cosa serve?"),
        "theme": _("Tema"),
        "who": _("Chi potrebbe averlo?"),
        "number": _("N."),
        "themes": [label for _code, label in theme_choices(table.themes)],
    }
    return _printed("cards.typ", words, {})


def _printed(source: str, content: Mapping[str, object], pictures: Mapping[str, str]) -> bytes:
    """The PDF of one of our sources; pictures are named by their place."""
    with tempfile.TemporaryDirectory(prefix="opentusk-print-") as name:
        folder = Path(name)
        files = {}
        for place, (address, picture) in enumerate(pictures.items()):
            (folder / f"{place}.svg").write_text(picture)
            files[address] = f"{place}.svg"
        (folder / "content.json").write_text(json.dumps({**content, "files": files}))
        (folder / "main.typ").write_text((_SOURCE / source).read_text())
        made = typst.compile(str(folder / "main.typ"), root=str(folder), pdf_standards="ua-1", ignore_system_fonts=True)
        return bytes(made)
