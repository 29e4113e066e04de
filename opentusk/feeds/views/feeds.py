"""The feeds."""

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from opentusk.feeds.answers import Document, for_programs, pack_document, send
from opentusk.feeds.building import SYNTAXES
from opentusk.feeds.errors import NoSuchFeed, NotBuilt
from opentusk.feeds.files import StoredFile, open_packed
from opentusk.feeds.heading import Position, write_page_heading
from opentusk.feeds.joining import join_document, stored_texts
from opentusk.feeds.models import FeedPage
from opentusk.feeds.paging import files_of
from opentusk.feeds.selection import Selection, read_selection
from opentusk.kit.rdf.syntaxes import Syntax

SYNTAX_OF = {syntax.value: syntax for syntax in SYNTAXES} | {"xml": Syntax.RDF_XML}


@for_programs
def catalog(request: HttpRequest, extension: str) -> HttpResponse:
    """A page of the catalogue, or of one titolare's."""
    selection = read_selection(request.GET)
    syntax = SYNTAX_OF[extension]
    document = stored_page(selection, syntax) if selection.is_stored else _joined_page(selection, syntax)
    return send(request, document)


def stored_page(selection: Selection, syntax: Syntax) -> Document:
    """A page as its file holds it. Raises NotBuilt, NoSuchFeed."""
    return stored_document(
        selection.feed.scope, selection.profile.value, selection.page, syntax.value, syntax.media_type
    )


def stored_document(scope: str, profile: str, number: int, extension: str, media_type: str) -> Document:
    """A file of the feeds. A row read just before its file was replaced is read again, once."""
    for _attempt in range(2):
        file = _file(scope, profile, number, extension)
        try:
            with open_packed(file) as content:
                return Document(content.read(), file.digest, media_type, file.written_at)
        except FileNotFoundError:
            continue
    raise NotBuilt(scope)


def _file(scope: str, profile: str, number: int, extension: str) -> StoredFile:
    row = FeedPage.objects.filter(scope=scope, profile=profile, number=number).first()
    if row is None and not scope and not FeedPage.objects.of_feed(scope, profile).exists():
        raise NotBuilt(scope)
    if row is None:
        raise NoSuchFeed(f"{scope or profile} {number}")
    return files_of(row)[extension]


def _joined_page(selection: Selection, syntax: Syntax) -> Document:
    """A page that is no file, joined from stored texts. With nothing selected, page 1 says so."""
    if not FeedPage.objects.of_feed("", selection.profile).exists():
        raise NotBuilt(selection.feed.scope)
    fragments = selection.fragments()
    total = fragments.count()
    size = settings.FEED_PAGE_SIZE
    last = max(1, -(-total // size))
    if selection.page > last:
        raise NoSuchFeed(f"page {selection.page}")
    rows = list(fragments[(selection.page - 1) * size : selection.page * size])
    position = Position(
        holder=selection.feed.holder,
        profile=selection.profile,
        query=selection.query,
        number=selection.page,
        last=last,
        total=total,
        page_size=size,
    )
    changed = selection.fragments().order_by().aggregate(at=Max("dataset__metadata_modified_at"))["at"]
    heading = write_page_heading(position, (row.iri for row in rows), modified=changed or timezone.now())
    texts = stored_texts([row.pk for row in rows], selection.profile)
    return pack_document(join_document(texts, heading)[syntax], syntax.media_type)
