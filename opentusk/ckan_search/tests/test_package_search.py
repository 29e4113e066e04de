"""Proves the parameters of `package_search`, its errors, and the forms in which real clients ask."""

import json

from opentusk.catalog.actions import create_draft, publish, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.ckan_search.actions import rebuild_package_index
from opentusk.ckan_search.tests.conftest import names, of_lecce
from opentusk.journal.actors import SYSTEM
from opentusk.journal.reactions import deliver_all
from opentusk.kit.records import Location

ALBERI, STRADE, SCUOLE = "c_e506-alberi", "c_e506-strade", "c_a662-scuole"
ALL = {ALBERI, STRADE, SCUOLE}
SINCE = "metadata_modified:[2024-01-01T10:11:12.123456Z TO *]"
TAGS = ["Alberi", "alberi", "scuole", "strade", "verde urbano"]


ASKED = (
    ({}, ALL),
    ({"q": ""}, ALL),
    ({"q": '""'}, ALL),
    ({"q": "*:*"}, ALL),
        # ckanext-harvest
    ({"fq": f"organization:comune-di-lecce OR organization:comune-di-bari {SINCE}"}, ALL),
    ({"fq": f"organization:comune-di-lecce OR organization:x {SINCE}"}, {ALBERI, STRADE}),
    ({"fq": "-organization:comune-di-lecce -organization:x", "sort": "id asc", "rows": "100"}, {SCUOLE}),
    ({"fq": "groups:tran OR groups:econ"}, {STRADE}),
        # udata
    ({"q": "organization:comune-di-lecce AND tags:alberi AND -tags:strade", "rows": "1000"}, {ALBERI}),
        # QGIS
    ({"q": "", "fq": "(groups:tran OR groups:envi)", "sort": "name asc", "rows": "50", "start": "0"}, ALL),
    ({"q": "alberi", "fq": "", "sort": "name asc"}, {ALBERI, SCUOLE}),
        # piveau
    ({"q": "metadata_modified:[2024-01-01T00:00:00Z%20TO%20*]", "rows": "100", "start": "0"}, ALL),
    ({"q": "metadata_modified:[NOW/DAY+2DAYS TO *]"}, set()),
        # frictionless
    ({"q": "organization:comune-di-bari", "start": "0"}, {SCUOLE}),
        # portals
    ({"fq": "+tags:alberi"}, {ALBERI}),
    ({"fq": '+tags:"verde urbano" +res_format:CSV'}, {ALBERI}),
    ({"fq": "tags:(strade OR alberi)"}, {ALBERI, STRADE}),
    ({"fq": "name:c_e506-*"}, {ALBERI, STRADE}),
    ({"fq": "(res_format:SHP OR (organization:comune-di-bari AND NOT tags:x))"}, {STRADE, SCUOLE}),
    ({"q": "title:scuola"}, {SCUOLE}),
    ({"q": "strade comunali di una città"}, {STRADE}),
    ({"q": "comunale", "qf": "title"}, {STRADE}),
    ({"q": "alberi strade", "mm": "1"}, ALL),
    ({"q": "albero scuole", "defType": "edismax", "mm": "100%", "tie": "0.2"}, {SCUOLE}),
    ({"q": "monumentali", "ext_altro": "1,2,3,4"}, {ALBERI}),
        # as CKAN shows it, extensions' keys are extras
    ({"fq": "frequency:ANNUAL holder_identifier:c_a662"}, {SCUOLE}),
    ({"fq": "capacity:public state:active entity_type:package dataset_type:dataset"}, ALL),
    ({"fq": "+state:draft"}, set()),
    ({"fq": "capacity:private"}, set()),
    ({"q": "segretissimo"}, set()),
    ({"q": "*:*", "include_private": "true", "include_drafts": "true", "include_deleted": "true"}, ALL),
    ({"fq_list": '["organization:comune-di-lecce", "tags:alberi"]'}, {ALBERI}),
    ({"fq_list": "organization:comune-di-lecce"}, {ALBERI, STRADE}),
    ({"fq_list": ["organization:comune-di-lecce", "tags:alberi"]}, {ALBERI}),
    ({"fq": ["organization:comune-di-lecce", "tags:strade"]}, {STRADE}),
    ({"fq": "tags:alberi OR tags:strade", "fq_list": "organization:comune-di-bari"}, set()),
)  # fmt: skip


def test_what_clients_ask_by_get_and_by_post(catalogue, nobody):
    for asked, found in ASKED:
        for answer in (nobody.get("package_search", **asked), nobody.post("package_search", **asked)):
            assert answer.status_code == 200, (asked, answer.content)
            result = answer.json()["result"]
            assert (set(names(result)), result["count"]) == (found, len(found)), asked


def test_the_shape_of_an_answer(catalogue, nobody):
    fields = json.dumps(["tags", "organization", "groups", "license_id", "res_format"])
    result = nobody.get("package_search", q="", rows="2", sort="name asc", **{"facet.field": fields}).json()["result"]

    assert (result["count"], names(result), result["sort"]) == (3, [SCUOLE, ALBERI], "name asc")
    assert result["results"][0] == nobody.ok("package_show", id=SCUOLE)
    assert result["facets"]["organization"] == {"comune-di-lecce": 2, "comune-di-bari": 1}
    assert result["facets"]["tags"] == {"Alberi": 1, "alberi": 1, "scuole": 1, "strade": 1, "verde urbano": 1}
    assert result["search_facets"]["organization"] == {
        "title": "organization",
        "items": [
            {"name": "comune-di-lecce", "display_name": "Comune di Lecce", "count": 2},
            {"name": "comune-di-bari", "display_name": "Comune di Bari", "count": 1},
        ],
    }
    assert [item["display_name"] for item in result["search_facets"]["groups"]["items"]] == ["Trasporti", "Ambiente"]
    assert result["facets"]["license_id"] == {nobody.ok("package_show", id=SCUOLE)["license_id"]: 3}


def test_facets_are_cut_as_they_are_asked(catalogue, nobody):
    for asked, tags in (
        ({"facet.limit": "2"}, TAGS[:2]),
        ({"facet.field": ["tags", "groups"], "facet.limit": "-1"}, TAGS),
        ({"facet.mincount": "2"}, []),
        ({"facet.limit": "0"}, []),
        ({"fq": "tags:strade"}, ["strade"]),
        ({"fq": "tags:strade", "facet.mincount": "0", "facet.limit": "3"}, ["strade", *TAGS[:2]]),
        ({"rows": "0"}, TAGS),
    ):
        answer = nobody.get("package_search", **{"facet.field": '["tags"]', **asked})
        assert list(answer.json()["result"]["facets"]["tags"]) == tags, asked
    for asked in ({}, {"facet": "false", "facet.field": '["tags"]'}, {"facet.field": ""}):
        result = nobody.get("package_search", **asked).json()["result"]
        assert (result["facets"], result["search_facets"]) == ({}, {})


def test_pages_rows_and_orders(catalogue, nobody):
    assert [names(nobody.ok("package_search", rows=1, start=start, sort="name desc")) for start in range(4)] == [
        [STRADE], [ALBERI], [SCUOLE], []]  # fmt: skip
    assert nobody.ok("package_search", start=10**15)["count"] == 3
    assert nobody.ok("package_search", rows=0)["results"] == []
    assert len(names(nobody.ok("package_search", rows=10**9))) == 3
    assert nobody.ok("package_search")["sort"] == "score desc, metadata_modified desc"
    assert nobody.ok("package_search", sort="rank")["sort"] == "score desc, metadata_modified desc"
    assert names(nobody.ok("package_search", sort="title_string asc")) == [ALBERI, SCUOLE, STRADE]
    assert len(names(nobody.ok("package_search", sort="views_recent desc, nowhere asc"))) == 3
    assert names(nobody.ok("package_search", q="text:elenco^1 OR title:strade^9"))[0] == STRADE


def test_a_thousand_rows_are_the_most(own_index, lecce, nobody, monkeypatch):
    monkeypatch.setattr("opentusk.ckan_search.api.parameters.MOST_ROWS", 2)
    for number in range(3):
        publish(create_draft(of_lecce(f"n{number}", f"Titolo {number}"), holder=lecce, by=SYSTEM), by=SYSTEM)
    deliver_all()

    result = nobody.ok("package_search", rows=5)

    assert (result["count"], len(result["results"])) == (3, 2)


def test_flat_answers_hold_what_is_wanted(catalogue, nobody):
    dataset = catalogue["public"][0]

    flat = {"id": str(dataset.uuid), "name": ALBERI, "tags": ["alberi", "verde urbano"], "title": "Alberi monumentali"}
    forms = ("id,name,tags,title", "id name tags title", list(flat), '["id","name","tags,title"]')

    assert [nobody.ok("package_search", fl=fl, fq="tags:alberi")["results"] for fl in forms] == [[flat]] * 4
    whole = nobody.ok("package_search", fl="*", fq="tags:alberi")["results"][0]
    assert (whole["organization"], whole["res_format"], whole["frequency"]) == ("comune-di-lecce", ["CSV"], "ANNUAL")


REFUSED = (
    ({"foo": "1"}, 400, {"__type": "Search Query Error",
                             "message": "Search Query is invalid: \"Invalid search parameters: ['foo']\""}),
    ({"f.tags.facet.limit": "1"}, 400, "Invalid search parameters"),
    ({"sort": "name"}, 400, {"__type": "Search Query Error",
                                 "message": "Search Query is invalid: 'Invalid \"sort\" parameter'"}),
    ({"sort": "name up"}, 400, 'Invalid "sort" parameter'),
    ({"rows": "-1"}, 409, {"__type": "Validation Error", "rows": ["Must be a natural number"]}),
    ({"rows": "x"}, 409, {"__type": "Validation Error", "rows": ["Invalid integer"]}),
    ({"start": "-1"}, 409, {"__type": "Validation Error", "start": ["Must be a natural number"]}),
    ({"facet.limit": "x"}, 409, {"__type": "Validation Error", "facet.limit": ["Invalid integer"]}),
    ({"facet.field": "tags"}, 409, {"__type": "Validation Error",
                                        "facet.field": ["Could not parse as valid JSON", "Not a list"]}),
    ({"facet.field": '{"a": 1}'}, 409, {"__type": "Validation Error", "facet.field": ["Not a list"]}),
    ({"facet.field": "[1]"}, 409, {"__type": "Validation Error", "facet.field": ["Not a list of strings"]}),
    ({"facet.field": '["title"]'}, 409, "Facets of 'title' are not supported."),
    ({"q": "{!term f=name}a"}, 409, "Local parameters are not supported in param 'q'."),
    ({"fq": "{!term f=name}a"}, 409, "Local parameters are not supported in param 'fq'."),
    ({"q": '_query_:"a"'}, 409, "Magic fields are not supported"),
    ({"q": "title:(a"}, 409, "Cannot parse param 'q': unexpected end of the query."),
    ({"fq": "a OR"}, 409, "Cannot parse param 'fq'"),
    ({"q": "title:a~2"}, 409, "Fuzzy"),
    ({"q": "metadata_modified:[2024 TO *]"}, 409, "Invalid Date String:'2024'"),
    ({"q": "title:[a TO b]"}, 409, "Ranges are not supported in the text field"),
    ({"sort": "tags asc"}, 409, "many values"),
    ({"q": "title:a", "sort": "name asc, score desc"}, 409, "score"),
    ({"bf": "recip(1)"}, 409, "'bf' is not supported"),
    ({"defType": "func"}, 409, "Query parser 'func' is not supported"),
    ({"mm": "x", "q": "a"}, 409, "param 'mm'"),
    ({"tie": "7", "q": "a"}, 409, "param 'tie'"),
    ({"wt": "python"}, 409, "wt=json"),
    ({"ext_bbox": "1,2,3"}, 409, "ext_bbox is minx,miny,maxx,maxy"),
    ({"ext_bbox": "18,40,17,41"}, 409, "Wrong bounding box provided"),
)  # fmt: skip


def test_what_cannot_be_answered_says_why(catalogue, nobody):
    for asked, status, error in REFUSED:
        answer = nobody.get("package_search", **asked)

        body = answer.json()
        assert (answer.status_code, body["success"]) == (status, False), asked
        assert body["help"] == "http://localhost:8000/api/3/action/help_show?name=package_search"
        if isinstance(error, dict):
            assert body["error"] == error
        else:
            assert error in body["error"]["message"], asked


def test_a_search_over_json_p_takes_its_callback(catalogue, nobody):
    answer = nobody.get("package_search", callback="found")
    assert answer.content.decode().startswith("/**/found({")


def test_a_box_finds_what_touches_it_on_the_map(own_index, lecce, nobody):
    def placed(local, wkt):
        place = Location(geographic_name=local, geometry=wkt)
        publish(create_draft(of_lecce(local, local, spatial=(place,)), holder=lecce, by=SYSTEM), by=SYSTEM)

    placed("salento", "POLYGON ((17.7 39.8, 18.6 39.8, 18.6 40.6, 17.7 40.6, 17.7 39.8))")
    placed("lecce", "POINT (18.17 40.35)")
    placed("senza", "")
    rebuild_package_index()

    for box, found in (
        ("18.1,40.3,18.2,40.4", {"c_e506-salento", "c_e506-lecce"}),
        ("17,39,17.8,40", {"c_e506-salento"}),
        ("18.6,40.6,19,41", {"c_e506-salento"}),
        ("-10,30,0,38", set()),
    ):
        asked = nobody.get("package_search", ext_bbox=box, **{"facet.field": '["organization"]'}).json()["result"]
        assert (set(names(asked)), asked["count"]) == (found, len(found)), box
        assert asked["facets"]["organization"] == ({"comune-di-lecce": len(found)} if found else {})
        assert set(names(nobody.ok("package_search", extras={"ext_bbox": box}))) == found


def test_the_index_follows_the_catalogue(catalogue, nobody, bari):
    assert names(nobody.ok("package_search", q="title:piazze")) == []
    new = publish(create_draft(trees("c_a662:piazze", title={"it": "Piazze"}), holder=bari, by=SYSTEM), by=SYSTEM)
    withdraw(catalogue["public"][1], by=SYSTEM, reason="prova")

    deliver_all()

    assert names(nobody.ok("package_search", sort="name asc")) == ["c_a662-piazze", SCUOLE, ALBERI]
    assert names(nobody.ok("package_search", q="piazza")) == [new.slug]


def test_a_dataset_withdrawn_before_the_index_knows_is_not_shown(catalogue, nobody):
    withdraw(Dataset.objects.get(slug=STRADE), by=SYSTEM, reason="prova")

    assert set(names(nobody.ok("package_search"))) == {ALBERI, SCUOLE}
    assert nobody.ok("resource_search", query="url:strade")["results"] == []


def test_pages_of_packages_take_the_same_number_of_queries(catalogue, nobody, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        nobody.ok("package_search", rows=3, **{"facet.field": ["organization", "tags"]})
