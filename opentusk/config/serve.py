"""`opentusk serve`: the whole portal on one machine, web and worker together, until Ctrl+C.

The database is migrated first, then the pages open. With `--demo` the demonstration is loaded behind them, which say
how far it is; the worker begins when the datasets are there. The processes stop when one of them fails or ends,
because half a portal is worse than none.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_PATIENCE = 15


def serve(arguments: Sequence[str]) -> int:
    """Prepare, start, wait; the exit code of the process that ended first."""
    chosen = _parser().parse_args(arguments)
    # What the portal says of its own addresses (examples, feeds, letters) must be where it answers.
    os.environ.setdefault("OPENTUSK_SITE_URL", f"http://localhost:{chosen.port}")
    # The settings are read only now that the address is known.
    from opentusk.ui.preparing import say_prepared

    _manage("migrate", "--verbosity", "0")
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    running: list[subprocess.Popen[bytes]] = [_start(_web_command(chosen))]
    try:
        _greet(chosen)
        for step in (["demo"], ["worker", "--once"]) if chosen.demo else ():
            running.append(_start(_command(*step)))
            if code := _wait_for_one(running):
                return code
            if running[0].poll() is not None:
                return running[0].returncode
            running.pop()
        say_prepared()
        running.append(_start(_command("worker")))
        return _wait_for_one(running)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(running)
        say_prepared()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="opentusk serve", description="Avvia il portale: web e lavori in background.")
    parser.add_argument("--demo", action="store_true", help="carica i dati dimostrativi, se non ci sono già")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="processi web")
    return parser


def _manage(*words: str) -> None:
    """Run a management command in a process of its own, so that each starts from the settings."""
    subprocess.run(_command(*words), check=True)


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "opentusk.config.cli", *words]


def _wait_for_one(processes: list[subprocess.Popen[bytes]]) -> int:
    """Until one of them ends: its exit code."""
    while all(process.poll() is None for process in processes):
        time.sleep(0.2)
    return next(process.returncode for process in processes if process.returncode is not None)


def _web_command(chosen: argparse.Namespace) -> list[str]:
    granian = str(Path(sys.executable).with_name("granian"))
    options = ["--interface", "wsgi", "--host", chosen.host, "--port", str(chosen.port)]
    return [
        granian,
        *options,
        "--workers",
        str(chosen.workers),
        "--log-level",
        "warning",
        "opentusk.config.wsgi:application",
    ]


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl+C reaches this process alone, which then stops the others in order.
    return subprocess.Popen(command, env=os.environ, start_new_session=True)


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def _greet(chosen: argparse.Namespace) -> None:
    print(f"\nOpenTusk risponde su http://localhost:{chosen.port}  (Ctrl+C per fermarlo)")
    if chosen.demo:
        from opentusk.demo.accounts import ACCOUNTS, PASSWORD

        print(f"Account dimostrativi, parola d'ordine «{PASSWORD}»:")
        for account in ACCOUNTS:
            print(f"  {account.email:<32} {account.name}")
    sys.stdout.flush()
