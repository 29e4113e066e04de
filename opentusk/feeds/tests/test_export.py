"""Proves that the export is the whole catalogue in one document, the same that the pages say."""

import pytest
from django.core.management import CommandError, call_command

from opentusk.feeds.tests.reading import graph_of, identifiers
from opentusk.kit.rdf.namespaces import DCAT, HYDRA
from opentusk.kit.rdf.syntaxes import Syntax

pytestmark = pytest.mark.django_db


def export(tmp_path, **options):
    output = tmp_path / "catalogo"
    call_command("export", output=output, **options)
    return graph_of(output.read_bytes(), Syntax(options.get("format", "ttl")))


def statements(graph):
    """What is said, without paging and without the list of datasets, which each page gives for itself."""
    paging = {node for node in graph.subjects() if graph.is_a(node, HYDRA("PagedCollection"))}
    catalogs = set(graph.instances(DCAT("Catalog")))
    return {str(triple) for triple in graph.triples() if triple.subject not in paging | catalogs}


@pytest.mark.parametrize("profile", ["dcatap_it", "dcatap_3"])
def test_the_pages_together_say_what_the_export_says(client, catalogue, tmp_path, profile):
    pages = set()
    for number in (1, 2, 3):
        pages |= statements(graph_of(client.get(f"/catalog.ttl?profiles={profile}&page={number}").content))

    assert statements(export(tmp_path, profile=profile)) == pages


@pytest.mark.parametrize("syntax", list(Syntax))
@pytest.mark.parametrize("profile", ["dcatap_it", "dcatap_2", "dcatap_3"])
def test_every_syntax_and_profile_can_be_exported(catalogue, tmp_path, syntax, profile):
    graph = export(tmp_path, format=syntax.value, profile=profile)

    assert identifiers(graph) == [dataset.identifier for dataset in catalogue]


def test_one_titolare_can_be_exported(catalogue, tmp_path):
    assert identifiers(export(tmp_path, titolare="C_A662")) == [dataset.identifier for dataset in catalogue[5:]]


def test_an_unknown_titolare_is_refused_before_anything_is_written(catalogue, tmp_path):
    with pytest.raises(CommandError):
        export(tmp_path, titolare="c_zzzz")

    assert list(tmp_path.glob("catalogo*")) == []


def test_a_dataset_that_cannot_be_written_is_left_out_and_the_exit_says_so(catalogue, tmp_path):
    catalogue[0].record["landing_page"] = "https://dati.example.org/ a<b"
    catalogue[0].save(update_fields=["record"])

    with pytest.raises(SystemExit) as ended:
        export(tmp_path)

    assert ended.value.code == 1
    assert len(identifiers(graph_of((tmp_path / "catalogo").read_bytes()))) == 6
