"""Proves acceptance 2: both QR codes of a sheet are the table's addresses, and the printed code is readable text."""

import io
import re

import pypdf
import pytest
import segno

from opentusk.datalab.sheets import code_of, codes_of, sheets_pdf
from opentusk.people.models import User

pytestmark = pytest.mark.django_db


def matrix_in(picture: str) -> list[list[int]]:
    """The dark modules that the picture of a code draws: a path of moves and horizontal strokes."""
    size = int(re.search(r'viewBox="0 0 (\d+)', picture)[1]) // 4
    rows = [[0] * size for _row in range(size)]
    x, y = 0.0, 0.0
    for command, first, second in re.findall(
        r"([Mmh])(-?[\d.]+)(?: ?(-?[\d.]+))?", re.search(r' d="([^"]+)"', picture)[1]
    ):
        if command == "h":
            for column in range(int(first)):
                rows[int(y)][int(x) + column] = 1
            x += float(first)
        else:
            x, y = (float(first), float(second)) if command == "M" else (x + float(first), y + float(second))
    return rows


def test_acceptance_2_the_codes_are_the_addresses_and_the_page_says_them(client, table, facilitator, settings):
    settings.SITE_URL = "https://dati.example.org"
    form, wall = codes_of(table)
    assert form.address == f"https://dati.example.org/datalab/{table.join_code}"
    assert wall.address == "https://dati.example.org/datalab/datalab-di-lecce/parete"
    for code in (form, wall):
        made = segno.make_qr(code.address, error="m", boost_error=False)
        assert code_of(code.address).designator.endswith("-M")
        assert matrix_in(code.picture) == [list(row) for row in made.matrix_iter(border=4)]

    client.force_login(User.objects.get(pk=facilitator.user_id))
    page = client.get("/scrivania/tavoli/datalab-di-lecce/fogli").content.decode()
    assert page.count("<svg") >= 4 and form.picture in page and wall.address in page
    answer = client.get("/scrivania/tavoli/datalab-di-lecce/fogli.pdf")
    document = pypdf.PdfReader(io.BytesIO(answer.content))
    text = document.pages[0].extract_text()
    assert table.join_code in text and form.address in text and wall.address in text
    assert len(document.pages) == table.datalab.tables.count()
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and str(root["/Lang"]).startswith("it")


def test_cards_are_four_on_a_page_and_only_for_who_leads(client, table, facilitator, citizen):
    address = "/scrivania/tavoli/datalab-di-lecce/1/schede.pdf"
    client.force_login(User.objects.get(pk=citizen.user_id))
    assert client.get(address).status_code == 403
    client.force_login(User.objects.get(pk=facilitator.user_id))
    document = pypdf.PdfReader(io.BytesIO(client.get(address).content))

    assert len(document.pages) == 1
    assert document.pages[0].extract_text().count("Quale dato vorresti?") == 4


def test_addresses_with_strange_names_do_not_break_the_pdf(table):
    table.datalab.event_title = 'Datalab #1 "di" $prova$ [x] \\ *y*'
    table.datalab.save()

    assert sheets_pdf(table.datalab).startswith(b"%PDF")
