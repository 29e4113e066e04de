"""`opentusk`: the command line of the portal.

`check` and `convert` read metadata, from a file or an address, `profile` and `table` a file of data: none of them needs
a database. `serve` starts the portal; every other command is a management command of a room. JSON goes to stdout,
everything else to stderr. Exit 0: fine; 1: problems that block; 2: unreadable.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

FINE, BLOCKED, UNREADABLE = 0, 1, 2
TABLE_FILE = "table.parquet"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opentusk.config.settings")
    if words and words[0] in _COMMANDS:
        return _without_database(words)
    if words and words[0] == "serve":
        from opentusk.config.serve import serve

        return serve(words[1:])
    from django.core.management import execute_from_command_line

    # `check-service` is the module `check_service`: a hyphen is easier to type and no name of Python.
    execute_from_command_line(["opentusk", *[word.replace("-", "_") for word in words[:1]], *words[1:]])
    return FINE


def _without_database(words: Sequence[str]) -> int:
    from opentusk.kit.errors import Unreadable
    from opentusk.kit.messages import sentence
    from opentusk.outbound.errors import OutboundFault

    chosen = _parser().parse_args(words)
    try:
        return _COMMANDS[chosen.command](chosen)
    except Unreadable as fault:
        words_it = sentence(fault.reason, "it", {"detail": fault.detail})
        print(words_it, file=sys.stderr)
        if fault.detail not in words_it:
            print(fault.detail, file=sys.stderr)
        return UNREADABLE
    except OutboundFault as fault:
        print(f"Non riesco a leggere «{chosen.source}»: {fault.reason.label}", file=sys.stderr)
        return UNREADABLE
    except OSError as fault:
        print(f"Non riesco a leggere o scrivere «{fault.filename}»: {fault.strerror or fault}.", file=sys.stderr)
        return UNREADABLE


def check(chosen: argparse.Namespace) -> int:
    """Print what is wrong with a metadata file, its repairs and its score."""
    from django.conf import settings

    from opentusk.kit.inspection import Profile, inspect

    content, base, media_type = _load(chosen.source)
    inspection = inspect(
        content,
        base=base,
        media_type=media_type,
        profile=Profile(chosen.profile),
        today=date.today(),
        site=settings.SITE_URL,
    )
    print(json.dumps(inspection.to_json(), ensure_ascii=False, indent=2))
    return BLOCKED if inspection.blocks else FINE


def convert(chosen: argparse.Namespace) -> int:
    """Write the harmonised catalogue of a metadata file in another form."""
    from django.conf import settings

    from opentusk.kit.conversion import Target, convert_metadata

    content, base, media_type = _load(chosen.source)
    conversion = convert_metadata(
        content, base=base, media_type=media_type, target=Target(chosen.to), site=settings.SITE_URL
    )
    Path(chosen.output).write_bytes(conversion.content)
    print(json.dumps(conversion.to_json(), ensure_ascii=False, indent=2))
    return BLOCKED if conversion.left_out else FINE


def profile(chosen: argparse.Namespace) -> int:
    """Print what is in a table, what is wrong with it, and where personal data are suspected."""
    with tempfile.TemporaryDirectory(prefix="opentusk-") as folder:
        return _examine(chosen, Path(folder))


def table(chosen: argparse.Namespace) -> int:
    """Write a table as typed Parquet, and print what `profile` prints."""
    target = Path(chosen.output)
    # Beside its place, so that it gets there whole or not at all, and on the same disk.
    with tempfile.TemporaryDirectory(prefix=".opentusk-", dir=target.resolve().parent) as folder:
        code = _examine(chosen, Path(folder))
        (Path(folder) / TABLE_FILE).replace(target)
    return code


def _examine(chosen: argparse.Namespace, folder: Path) -> int:
    from opentusk.kit.problems import Severity
    from opentusk.kit.tables.cli_shape import cli_json, other_tables
    from opentusk.kit.tables.formats.opening import list_tables
    from opentusk.kit.tables.pipeline import examine_table
    from opentusk.kit.tables.shapes import Options

    path = Path(chosen.source)
    tables = list_tables(path, name=path.name)
    key = tables[0].key if chosen.table is None else chosen.table
    options = Options(accepted=frozenset(chosen.accept))
    found = examine_table(path, name=path.name, out=folder, key=key, options=options)
    found = replace(found, problems=(*found.problems, *other_tables(tables, key)))
    print(json.dumps(cli_json(found), ensure_ascii=False, indent=2))
    told = {*(problem.severity for problem in found.problems), *(finding.severity for finding in found.personal)}
    return BLOCKED if Severity.BLOCKS in told else FINE


def _load(source: str) -> tuple[bytes, str, str | None]:
    """The bytes of a file or an address, the base of its relative addresses, and its declared type."""
    if not source.startswith(("http://", "https://")):
        path = Path(source)
        return path.read_bytes(), path.resolve().as_uri(), None
    import django

    from opentusk.outbound.client import fetch

    django.setup()
    answer = fetch(source)
    return answer.content, answer.url, answer.media_type


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="opentusk", description="Il portale dei dati aperti, da riga di comando.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="verifica un file o un indirizzo di metadati")
    checking.add_argument("source", metavar="FILE_O_URL")
    checking.add_argument("--profile", choices=["dcatap_it", "dcatap_2", "dcatap_3", "hvd"], default="dcatap_it")
    converting = commands.add_parser("convert", help="scrive il catalogo armonizzato in un'altra forma")
    converting.add_argument("source", metavar="FILE_O_URL")
    converting.add_argument("--to", choices=["ttl", "rdf", "jsonld", "nt", "ckan"], required=True)
    converting.add_argument("-o", "--output", required=True, metavar="FILE")
    profiling = commands.add_parser("profile", help="dice che cosa c'è in una tabella e che cosa non va")
    writing = commands.add_parser("table", help="scrive una tabella come Parquet, con i tipi giusti")
    writing.add_argument("-o", "--output", required=True, metavar="FILE.parquet")
    for command in (profiling, writing):
        command.add_argument("source", metavar="FILE")
        command.add_argument("--table", metavar="CHIAVE", help="quale tabella, se il file ne contiene più d'una")
        command.add_argument("--accept", metavar="CODICE", action="append", default=[], help="una correzione proposta")
    return parser


_COMMANDS = {"check": check, "convert": convert, "profile": profile, "table": table}


if __name__ == "__main__":
    sys.exit(main())
