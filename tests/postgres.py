"""A PostgreSQL for the tests: is one there, start one in a folder, stop it again.

Used by `tests/run` only. The server that is started listens on a free loopback port, trusts its own machine and
forgets everything when the folder goes.
"""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import psycopg


def answers(address: str) -> bool:
    """Whether a PostgreSQL answers at this address."""
    try:
        psycopg.connect(address, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def start(folder: Path) -> str:
    """Start a server in `folder` and give its address."""
    port = _free_port()
    cluster = folder / "cluster"
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    _run("initdb", "--pgdata", str(cluster), "--auth", "trust", "--username", "postgres")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    _run("pg_ctl", "--pgdata", str(cluster), "--wait", "--log", str(folder / "log"), "--options", options, "start")
    return f"postgres://postgres@127.0.0.1:{port}/postgres"


def stop(folder: Path) -> None:
    """Stop the server of `folder` and remove the folder."""
    _run("pg_ctl", "--pgdata", str(folder / "cluster"), "--mode", "immediate", "stop")
    shutil.rmtree(folder)


def _run(tool: str, *arguments: str) -> None:
    command = [_tool(tool), *arguments]
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(command, check=True, stdout=sys.stderr)


def _tool(name: str) -> str:
    if found := shutil.which(name):
        return found
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if not versions:
        sys.exit(f"manca {name}: installa PostgreSQL (Debian: apt-get install postgresql) e riprova")
    return str(versions[-1])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    verb, argument = sys.argv[1:3]
    if verb == "answers":
        sys.exit(0 if answers(argument) else 1)
    if verb == "start":
        print(start(Path(argument)))
    if verb == "stop":
        stop(Path(argument))
