"""What a source gives, page by page: from the network or from files, in one shape."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from opentusk.harvest.errors import NotModified, RunMessage, SourceFault
from opentusk.kit.items import CatalogReading
from opentusk.outbound.client import TOTAL_SECONDS, fetch
from opentusk.outbound.errors import OutboundFault

LOCAL_SUFFIXES = frozenset({".rdf", ".xml", ".ttl", ".jsonld", ".json", ".nt", ".n3"})


@dataclass(frozen=True, kw_only=True)
class Document:
    """One page as it came. `url` is where it came from, after redirects; `media_type` is what was claimed."""

    url: str
    content: bytes
    media_type: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A document and what it says."""

    document: Document
    reading: CatalogReading


class GetDocument(Protocol):
    """Gets the document at an address. Raises SourceFault, NotModified."""

    def __call__(self, url: str, *, xml: bytes | None = None) -> Document:
        """The document; with `xml`, the answer to it."""
        ...


class RemoteDocuments:
    """Gets documents through `outbound`; the first request asks only for what changed since `validators`."""

    def __init__(self, accept: str, validators: dict[str, str], *, seconds: float = TOTAL_SECONDS) -> None:
        self._accept = accept
        self._validators = validators
        self._seconds = seconds

    def __call__(self, url: str, *, xml: bytes | None = None) -> Document:
        """The document at an address, or its answer to what is posted there. Raises SourceFault, NotModified."""
        validators, self._validators = self._validators, {}
        try:
            answer = fetch(
                url,
                accept=self._accept,
                xml_body=xml,
                if_none_match=validators.get("etag"),
                if_modified_since=validators.get("last_modified"),
                seconds=self._seconds,
            )
        except OutboundFault as fault:
            raise SourceFault(fault.code, f"{fault.url} {fault.detail}".strip()) from fault
        if answer.not_modified:
            raise NotModified
        if answer.status != 200:
            raise SourceFault(RunMessage.HTTP_STATUS, f"{answer.status} {url}")
        return Document(
            url=answer.url,
            content=answer.content,
            media_type=answer.media_type,
            etag=answer.etag,
            last_modified=answer.last_modified,
        )


def local_documents(path: Path) -> Iterator[Document]:
    """The file, or every metadata file under the folder in the order of their names. Raises SourceFault."""
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in LOCAL_SUFFIXES)
    else:
        files = [path]
    if not files:
        raise SourceFault(RunMessage.EMPTY, path.name)
    for file in files:
        yield _local_document(file)


def _local_document(file: Path) -> Document:
    try:
        if file.stat().st_size > settings.OUTBOUND_MAX_BYTES:
            raise SourceFault("outbound.too_large", file.name)
        content = file.read_bytes()
    except OSError as fault:
        raise SourceFault(RunMessage.NO_FILE, file.name) from fault
    # The name alone: where it lies on our disk is nobody's business, and must not become part of an address.
    return Document(url=f"file:///{file.name}", content=content)
