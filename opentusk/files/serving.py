"""The answer to whoever asks for a file: whole or in pieces, streamed, with everything a reader needs to know of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from opentusk.files.models import FileVersion
from opentusk.files.ranges import Piece, asked_pieces

BLOCK = 256 * 1024
_EXPOSED = "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, Last-Modified"


def serve(request: HttpRequest, version: FileVersion) -> HttpResponseBase:
    """The bytes of a version, for GET and HEAD, with conditions and ranges."""
    etag, modified = f'"{version.stored.sha256}"', int((version.released_at or version.made_at).timestamp())
    unchanged = get_conditional_response(request, etag=etag, last_modified=modified)
    answer = unchanged or _content(request, version, etag, modified)
    _describe(answer, version, etag, modified)
    return answer


def answer_options(request: HttpRequest) -> HttpResponse:
    """What a browser asks before it lets a page of another site read with ranges."""
    answer = HttpResponse(status=204)
    answer.headers["Allow"] = answer.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Allow-Headers"] = "Range, If-Range, If-None-Match, If-Modified-Since"
    answer.headers["Access-Control-Max-Age"] = "86400"
    return answer


def disposition(name: str) -> str:
    """`Content-Disposition` of a file that is saved, never shown: the name in ASCII, and as it is (RFC 6266)."""
    plain = "".join(character if _is_plain(character) else "_" for character in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isprintable() and character not in '"\\%'


def _content(request: HttpRequest, version: FileVersion, etag: str, modified: int) -> HttpResponseBase:
    stored = version.stored
    pieces = _pieces(request, stored.size, etag, modified)
    if pieces is None:
        return _stream(request, stored.path, [Piece(0, stored.size - 1)], stored.size, stored.media_type)
    if not pieces:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    if len(pieces) == 1:
        answer = _stream(request, stored.path, pieces, pieces[0].length, stored.media_type)
        answer.headers["Content-Range"] = pieces[0].of(stored.size)
    else:
        answer = _several(request, version, pieces)
    answer.status_code = 206
    return answer


def _pieces(request: HttpRequest, size: int, etag: str, modified: int) -> Sequence[Piece] | None:
    """What is asked for; None: the whole file, also when `If-Range` speaks of another one."""
    header = request.headers.get("Range")
    if header is None or request.method != "GET":
        return None
    condition = request.headers.get("If-Range", "").strip()
    if condition and condition != etag and parse_http_date_safe(condition) != modified:
        return None
    return asked_pieces(header, size)


def _several(request: HttpRequest, version: FileVersion, pieces: Sequence[Piece]) -> HttpResponseBase:
    stored, boundary = version.stored, token_hex(16)
    heads = [
        f"\r\n--{boundary}\r\nContent-Type: {stored.media_type}\r\nContent-Range: {piece.of(stored.size)}\r\n\r\n"
        for piece in pieces
    ]
    tail = f"\r\n--{boundary}--\r\n"
    length = sum(map(len, heads)) + sum(piece.length for piece in pieces) + len(tail)
    return _stream(
        request,
        stored.path,
        pieces,
        length,
        f"multipart/byteranges; boundary={boundary}",
        heads=[head.encode() for head in heads],
        tail=tail.encode(),
    )


def _stream(
    request: HttpRequest,
    path: Path,
    pieces: Sequence[Piece],
    length: int,
    content_type: str,
    *,
    heads: Sequence[bytes] = (b"",),
    tail: bytes = b"",
) -> HttpResponseBase:
    answer: HttpResponseBase
    if request.method == "HEAD":
        answer = HttpResponse(content_type=content_type)
    else:
        answer = StreamingHttpResponse(_blocks(path, pieces, heads, tail), content_type=content_type)
    answer.headers["Content-Length"] = str(length)
    return answer


def _blocks(path: Path, pieces: Sequence[Piece], heads: Sequence[bytes], tail: bytes) -> Iterator[bytes]:
    with path.open("rb") as file:
        for head, piece in zip(heads, pieces, strict=True):
            if head:
                yield head
            file.seek(piece.first)
            left = piece.length
            while left and (block := file.read(min(BLOCK, left))):
                left -= len(block)
                yield block
    if tail:
        yield tail


def _describe(answer: HttpResponseBase, version: FileVersion, etag: str, modified: int) -> None:
    headers = answer.headers
    headers["ETag"], headers["Last-Modified"] = etag, http_date(modified)
    headers["Accept-Ranges"] = "bytes"
    headers["Content-Disposition"] = disposition(version.name)
    headers["X-Content-Type-Options"] = "nosniff"
    # A page of somebody's own, opened on the portal's address, must be able to do nothing.
    headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if version.is_public:
        # Copies are kept but asked about: a file that is withdrawn must not live on in somebody's cache.
        headers["Cache-Control"] = "public, no-cache"
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Access-Control-Expose-Headers"] = _EXPOSED
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    else:
        headers["Cache-Control"] = "private, no-store"
