"""Reads the body of an answer within a limit that also counts what it decompresses to."""

import zlib
from collections.abc import Iterable, Iterator

from opentusk.outbound.errors import Reason, Refused, Unreachable

# What is asked for in Accept-Encoding; both can be decompressed piece by piece, so a bomb is cut at the limit.
ACCEPTED_ENCODINGS = "gzip, deflate"


def pieces_of(chunks: Iterable[bytes], *, encoding: str, max_bytes: int, url: str) -> Iterator[bytes]:
    """The decoded body, piece by piece. Raises Refused past `max_bytes` or for another encoding, Unreachable when it
    is cut short.
    """
    size = 0
    for piece in _decoded(chunks, encoding.strip().lower(), max_bytes, url):
        size += len(piece)
        if size > max_bytes:
            raise Refused(Reason.TOO_LARGE, url, f"{max_bytes} byte")
        yield piece


def _decoded(chunks: Iterable[bytes], encoding: str, max_bytes: int, url: str) -> Iterator[bytes]:
    if encoding in {"", "identity"}:
        yield from chunks
    elif encoding in {"gzip", "x-gzip", "deflate"}:
        try:
            yield from _inflated(chunks, max_bytes, url)
        except zlib.error as fault:
            raise Unreachable(Reason.TRUNCATED, url, str(fault)) from fault
    else:
        raise Refused(Reason.ENCODING, url, encoding)


def _inflated(chunks: Iterable[bytes], max_bytes: int, url: str) -> Iterator[bytes]:
    """Never more than `max_bytes` + 1 at a time, whatever a chunk claims to hold."""
    # 32 + 15: zlib finds out by itself whether the header is that of gzip or of zlib.
    inflater = zlib.decompressobj(47)
    for chunk in chunks:
        waiting = chunk
        while waiting and not inflater.eof:
            yield inflater.decompress(waiting, max_bytes + 1)
            waiting = inflater.unconsumed_tail
        if inflater.eof and inflater.unused_data:
            raise Unreachable(Reason.TRUNCATED, url, "bytes after the end of the compressed body")
    yield inflater.flush()
    if not inflater.eof:
        raise Unreachable(Reason.TRUNCATED, url, "compressed body without its end")
