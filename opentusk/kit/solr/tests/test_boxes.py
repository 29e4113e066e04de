"""Proves which box a package has, and which boxes a question may ask for."""

import json

import pytest

from opentusk.kit.solr.boxes import Box, box_of, read_box
from opentusk.kit.solr.errors import BadSyntax

SALENTO = {"type": "Polygon", "coordinates": [[[17.7, 39.8], [18.6, 39.8], [18.6, 40.6], [17.7, 40.6], [17.7, 39.8]]]}
LECCE = {"type": "Point", "coordinates": [18.17, 40.35, 49.0]}


@pytest.mark.parametrize(
    ("package", "box"),
    [
        ({}, None),
        ({"spatial_coverage": [{"uri": "https://example.org/lecce"}], "spatial": "Salento"}, None),
        ({"spatial_coverage": [{"centroid": LECCE}]}, Box(18_170_000, 40_350_000, 18_170_000, 40_350_000)),
        ({"spatial": json.dumps(SALENTO)}, Box(17_700_000, 39_800_000, 18_600_000, 40_600_000)),
        (
            {"spatial_coverage": [{"geom": LECCE}], "extras": [{"key": "spatial", "value": json.dumps(SALENTO)}]},
            Box(17_700_000, 39_800_000, 18_600_000, 40_600_000),
        ),
        ({"spatial": '{"type": "Point", "coordinates": [500, 40]}'}, None),
        ({"spatial": '{"type": "Point", "coordinates": "x"}'}, None),
    ],
)
def test_the_box_of_a_package_holds_all_its_geometries(package, box):
    assert box_of(package) == box


def test_a_box_is_asked_for_as_text_or_as_numbers():
    assert read_box("17.7, 39.8,18.6,40.6") == read_box([17.7, 39.8, 18.6, 40.6]) == box_of({"spatial": SALENTO})


@pytest.mark.parametrize(
    "said", ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "18,40,17,41", "1,80,2,99", "nan,1,2,3", None, 7]
)
def test_what_is_no_box_is_told(said):
    with pytest.raises(BadSyntax, match="minx,miny,maxx,maxy"):
        read_box(said)
