"""`opentusk harvest`: counts on stdout, an exit code that tells, nothing stored by a dry run."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings

from opentusk.catalog.models import Dataset
from opentusk.harvest.models import HarvestSource
from opentusk.harvest.tests.catalogs import catalog

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_disk(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"


def harvest(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, Any]]:
    with pytest.raises(SystemExit) as end:
        call_command("harvest", *map(str, arguments))
    return int(end.value.code or 0), json.loads(capsys.readouterr().out)


def test_a_file_is_a_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "catalog.ttl").write_bytes(catalog(range(3)))

    code, report = harvest(capsys, "dcat_rdf", tmp_path / "catalog.ttl", "--titolare", "c_e506")

    assert (code, report["outcomes"]["created"]) == (0, 3)
    assert Dataset.objects.published().count() == 3


def test_the_same_file_is_the_same_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "catalog.ttl").write_bytes(catalog(range(3)))

    for _time in range(2):
        _code, report = harvest(capsys, "dcat_rdf", tmp_path / "catalog.ttl", "--titolare", "c_e506")

    assert report["outcomes"]["unchanged"] == 3
    assert HarvestSource.objects.count() == 1


def test_a_folder_of_files_is_a_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "1.ttl").write_bytes(catalog(range(3)))
    (folder / "2.ttl").write_bytes(catalog(range(3, 5)))

    _code, report = harvest(capsys, "dcat_rdf", folder, "--titolare", "c_e506")

    assert report["outcomes"]["created"] == 5


def test_a_dry_run_stores_no_dataset(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "catalog.ttl").write_bytes(catalog(range(3)))

    code, report = harvest(capsys, "dcat_rdf", tmp_path / "catalog.ttl", "--titolare", "c_e506", "--dry-run")

    assert (code, report["outcomes"]["created"]) == (0, 3)
    assert not Dataset.objects.exists()


def test_a_rejected_dataset_makes_the_exit_code_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.ttl").write_bytes(catalog(range(2)).replace(b'dct:title "Alberi monumentali 1"@it ;', b""))

    code, report = harvest(capsys, "dcat_rdf", tmp_path / "a.ttl", "--titolare", "c_e506")

    assert (code, report["outcomes"]["rejected"]) == (1, 1)
    assert report["problems_total"] >= len(report["problems"]) >= 1


def test_what_cannot_be_read_makes_the_exit_code_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.ttl").write_bytes(b"<html>no</html>")

    code, report = harvest(capsys, "dcat_rdf", tmp_path / "a.ttl", "--titolare", "c_e506")

    assert (code, report["status"]) == (2, "failed")
    assert report["message_it"]
