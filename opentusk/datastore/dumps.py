"""Whole tables as files, kept for whoever asks the same of the same rows."""

from hashlib import blake2b
from pathlib import Path

from django.conf import settings

from opentusk.kit.datastore.asking import Ask
from opentusk.kit.datastore.dumping import dump
from opentusk.kit.datastore.shapes import Source
from opentusk.kit.queries.exports.shapes import Export
from opentusk.querying.shelf import take_export
from opentusk.tables.engine import engine


def dump_key(source: Source, ask: Ask, form: str, *, bom: bool) -> str:
    """What tells this file from every other."""
    return blake2b(f"dump|{source.ref.key}|{form}|{bom}|{ask!r}".encode(), digest_size=16).hexdigest()


def take_dump(source: Source, ask: Ask, form: str, *, bom: bool) -> Export:
    """The rows that are asked for as a file, made when it is not there."""
    words, seconds = Path(settings.WORDS_DIR), float(settings.EXPORT_SECONDS)
    return take_export(
        dump_key(source, ask, form, bom=bom),
        lambda out: dump(engine(), source, ask, form, out, words=words, bom=bom, seconds=seconds),
    )
