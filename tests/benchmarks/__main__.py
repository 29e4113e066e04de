"""`make bench`: prints each measure with its size, as the median of its rounds, beside its target.

A module `bench_*.py` gives a list `MEASURES`. The figures of CKAN are those the issue states for two cores.
"""

import importlib
import os
import pkgutil
import sys
import tempfile

import django


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; 0 always: a slow machine is no failure."""
    os.environ.setdefault("OPENTUSK_VAR", tempfile.mkdtemp(prefix="opentusk-bench-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opentusk.config.settings")
    django.setup()
    found = sorted(module.name for module in pkgutil.iter_modules(_folder()) if module.name.startswith("bench_"))
    for name in names or found:
        module = importlib.import_module(f"tests.benchmarks.{name}")
        for measure in module.MEASURES:
            print(measure().line(), flush=True)
    return 0


def _folder() -> list[str]:
    return [os.path.dirname(__file__)]  # noqa: PTH120


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
