"""`opentusk`: the command line of the portal.

`check` and `convert` read a file or an address and need no database; `serve` starts the portal; every other command
is a management command of a room. JSON goes to stdout, everything else to stderr.
Exit 0: fine; 1: problems that block; 2: unreadable.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

FINE, BLOCKED, UNREADABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opentusk.config.settings")
    if words and words[0] in {"check", "convert"}:
        return _without_database(words)
    if words and words[0] == "serve":
        from opentusk.config.serve import serve

        return serve(words[1:])
    from django.core.management import execute_from_command_line

    execute_from_command_line(["opentusk", *words])
    return FINE


def _without_database(words: Sequence[str]) -> int:
    from opentusk.kit.errors import Unreadable
    from opentusk.kit.messages import sentence
    from opentusk.outbound.errors import OutboundFault

    chosen = _parser().parse_args(words)
    try:
        return check(chosen) if chosen.command == "check" else convert(chosen)
    except Unreadable as fault:
        print(sentence(fault.reason, "it", {"detail": fault.detail}), file=sys.stderr)
        if fault.detail:
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
    return parser


if __name__ == "__main__":
    sys.exit(main())
