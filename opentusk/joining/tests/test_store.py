"""Proves that the private store believes the content only, keeps nothing it refused, and forgets what nobody names."""

import base64
import os
import time
import zipfile
from io import BytesIO

import pytest

from opentusk.joining.errors import FileRefused
from opentusk.joining.store import ACTS, DOCX, FORMS, ODT, P7M, keep, path_of, remove_unused
from opentusk.joining.store import PDF as PDF_TYPE
from opentusk.joining.tests.files import PDF, SIGNED, upload


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.BODIES_DIR = tmp_path / "bodies"
    return settings.BODIES_DIR


def office(name: str, content: bytes) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


ODT_FILE, DOCX_FILE = office("mimetype", ODT.encode()), office("word/document.xml", b"<w/>")
PEM = b"-----BEGIN CMS-----\n" + base64.encodebytes(SIGNED) + b"-----END CMS-----\n"


@pytest.mark.parametrize(
    ("content", "kind", "name"),
    [
        (PDF, PDF_TYPE, "atto.pdf"),
        (b"\r\n" + PDF, PDF_TYPE, "atto.pdf"),
        (SIGNED, P7M, "atto.pdf.p7m"),
        (PEM, P7M, "atto.pdf.p7m"),
        (base64.b64encode(SIGNED), P7M, "atto.pdf.p7m"),
        (b"\x30\x80" + SIGNED[4:], P7M, "atto.pdf.p7m"),
        (ODT_FILE, ODT, "schema.odt"),
        (DOCX_FILE, DOCX, "schema.docx"),
    ],
)
def test_the_type_is_what_the_content_says(content, kind, name):
    kept = keep(upload(content, name), allowed=(*ACTS, *FORMS))

    assert (kept.media_type, kept.filename) == (kind, name)
    assert path_of(kept.sha256).read_bytes() == content


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<!doctype html><p>%PDF-1.4 %%EOF", "wrong_type"),
        (PDF[:300], "wrong_type"),
        (b"MZ\x90\x00" + PDF, "wrong_type"),
        (b"\x30\x82\x05\xbc\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03" + bytes(50), "wrong_type"),
        (b"x" * 100, "wrong_type"),
        (DOCX_FILE, "wrong_type"),
        (b"PK\x03\x04 broken", "wrong_type"),
        (office("a.txt", b"x"), "wrong_type"),
    ],
)
def test_what_is_no_act_is_refused_and_leaves_nothing(content, code, root):
    with pytest.raises(FileRefused) as refused:
        keep(upload(content, "atto.pdf"))

    assert refused.value.code == code
    assert [path for path in root.rglob("*") if path.is_file()] == []


def test_a_file_over_the_limit_is_refused_before_it_is_read_whole(settings, root):
    settings.JOINING_MAX_BYTES = 100_000

    class Endless(BytesIO):
        read_bytes = 0

        def read(self, size=-1):
            self.read_bytes += size
            return b"%PDF-" + bytes(size - 5)

    stream = Endless()
    with pytest.raises(FileRefused) as refused:
        keep(type(upload())("atto.pdf", stream))

    assert refused.value.code == "too_large"
    assert stream.read_bytes < 300_000
    assert [path for path in root.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Atti\\delibera.PDF", "delibera.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
        ("...", "documento.pdf"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"),
        ("evil.html", "evil.html.pdf"),
    ],
)
def test_names_are_made_harmless(name, kept):
    assert keep(upload(PDF, name)).filename == kept


def test_nobody_else_on_the_machine_reads_the_files(root):
    kept = keep(upload())

    assert root.stat().st_mode & 0o077 == 0
    assert path_of(kept.sha256).stat().st_mode & 0o077 == 0


def test_files_that_no_row_names_are_forgotten_after_a_while():
    kept, orphan = keep(upload()), keep(upload(SIGNED))
    now = time.time()
    assert remove_unused({kept.sha256}, before=now - 3600) == 0

    for found in (kept, orphan):
        os.utime(path_of(found.sha256), (now - 7200, now - 7200))

    assert remove_unused({kept.sha256}, before=now - 3600) == 1
    assert path_of(kept.sha256).exists()
    assert not path_of(orphan.sha256).exists()
