"""Proves the check that suppliers run from a terminal, against the published sample."""

import json
import subprocess
import sys

import pytest

from opentusk.kit.webservices.tests.services import KEY, sample_service


@pytest.mark.parametrize(("key", "code"), [(KEY, 0), ("sbagliata", 2)])
def test_a_supplier_checks_the_sample_from_a_terminal(tmp_path, key, code):
    table = tmp_path / "dati.csv"
    table.write_text("codice,nome\n000001,Forlì\n000002,Lecce\n", encoding="utf-8")

    with sample_service(table) as url:
        command = [sys.executable, "-m", "opentusk.config.cli", "check-service", url, "--header", f"X-Api-Key: {key}"]
        done = subprocess.run(command, capture_output=True, text=True, env={"OPENTUSK_VAR": str(tmp_path)})

    assert done.returncode == code, done.stderr
    if code == 0:
        found = json.loads(done.stdout)
        assert found["conforms"]
        assert {check["check"]: check["state"] for check in found["checks"]}["repeatable"] == "passes"
    else:
        assert "401" in done.stderr
