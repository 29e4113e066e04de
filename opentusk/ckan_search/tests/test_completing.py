"""Proves `resource_search`, the completion of names, and the old addresses of CKAN's own forms."""


def test_resources_are_found_by_parts_of_their_fields(catalogue, nobody):
    for query, urls in (
        ("format:csv", {"alberi.csv", "scuole.csv"}),
        ("format:SHP", {"strade.zip"}),
        ("url:DATI.example.org/s", {"strade.zip", "scuole.csv"}),
        (["url:example", "name:tabella"], {"alberi.csv", "strade.zip"}),
        ('["url:example", "name:tabella"]', {"alberi.csv", "strade.zip"}),
        ("name:non c'è", set()),
        ("url:.*", set()),
        ("hash:abc", set()),
        ("distribution_format:CSV", {"alberi.csv", "scuole.csv"}),
    ):
        found = nobody.ok("resource_search", query=query)

        assert {one["url"].rpartition("/")[2] for one in found["results"]} == urls, query
        assert found["count"] == len(urls)


def test_resources_come_in_pages_and_orders(catalogue, nobody):
    whole = nobody.ok("resource_search", query="url:example", order_by="url")["results"]
    paged = [nobody.ok("resource_search", query="url:example", order_by="url", offset=at, limit=1) for at in range(4)]

    assert [one["url"] for one in whole] == sorted(one["url"] for one in whole)
    assert [one["results"] for one in paged] == [[whole[0]], [whole[1]], [whole[2]], []]
    assert [one["count"] for one in paged] == [3] * 4
    assert whole[0] in [r for name in ("c_e506-alberi",) for r in nobody.ok("package_show", id=name)["resources"]]


def test_what_resource_search_refuses(catalogue, nobody):
    assert nobody.error("resource_search") == (409, {"__type": "Validation Error", "query": ["Missing value"]})
    assert nobody.error("resource_search", query="csv")[1]["query"] == ["Must be <field>:<value> pair(s)"]
    assert nobody.error("resource_search", query="url:a", limit=-1)[1]["limit"] == ["Must be a natural number"]
    words = 'Field "nowhere" not recognised in resource_search.'
    assert nobody.error("resource_search", query="nowhere:a") == (409, {"__type": "Validation Error", "query": words})


def test_a_pattern_too_long_for_the_index_is_refused_as_other_queries_are(catalogue, nobody):
    for asked, parameters in (
        ("package_search", {"q": "name:" + "*a" * 200}),
        ("package_search", {"q": "title:" + "*a" * 200}),
        ("resource_search", {"query": "url:" + "à" * 9_000}),
    ):
        status, error = nobody.error(asked, **parameters)

        assert (status, error["__type"]) == (409, "Search Error")
        assert "The pattern is too long" in error["message"]


def test_a_search_weighs_so_many_conditions_and_in_its_turn(catalogue, nobody, settings):
    many = "At most 20 conditions, not 21"
    for asked, param, value, told in (
        ("package_search", "fq_list", ["tags:a"] * 21, many),
        ("package_search", "fq", ["tags:a"] * 21, many),
        ("package_search", "facet.field", [f"f{number}" for number in range(21)], many),
        ("package_search", "q", "a " * 5_001, "At most 10000 characters"),
        ("package_search", "fq", "tags:" + "a" * 10_000, "At most 10000 characters"),
        ("resource_search", "query", ["url:a"] * 21, many),
        ("resource_search", "query", "url:" + "a" * 10_000, "At most 10000 characters"),
    ):
        status, error = nobody.error(asked, **{param: value})

        assert (status, error["__type"]) == (409, "Validation Error")
        assert told in str(error)
    assert nobody.ok("package_search", fq_list=["organization:comune-di-lecce"] * 20)["count"] == 2

    # With no place and no queue for anybody, whoever asks is told to come back.
    settings.QUERY_AT_ONCE = settings.QUERY_QUEUE = 0
    for asked, parameters in (("package_search", {"q": "a"}), ("resource_search", {"query": "url:a"})):
        answer = nobody.post(asked, **parameters)
        assert answer.status_code == 429 and int(answer["Retry-After"]) >= 1
        assert answer.json()["error"] == {
            "__type": "Too Many Requests",
            "message": f"Too many requests: try again in {answer['Retry-After']} seconds",
        }
        assert answer["Access-Control-Allow-Origin"] == "*" and answer.json()["success"] is False


def test_names_are_completed(catalogue, nobody):
    assert nobody.ok("package_autocomplete", q="scuo") == [
        {"name": "c_a662-scuole", "title": "Scuole di Bari", "match_field": "name", "match_displayed": "c_a662-scuole"}
    ]
    assert nobody.ok("package_autocomplete", q="mon alb")[0]["match_displayed"] == "Alberi monumentali (c_e506-alberi)"
    assert len(nobody.ok("package_autocomplete", q="c_e506", limit=1)) == 1
    assert nobody.ok("package_autocomplete", q="") == []
    assert nobody.error("package_autocomplete") == (409, {"__type": "Validation Error", "q": ["Missing value"]})

    assert nobody.ok("format_autocomplete", q="S") == ["csv", "shp"]
    assert nobody.error("format_autocomplete")[0] == 409


def test_the_old_addresses_of_completion(catalogue, client):
    for address, result in (
        ("2/util/dataset/autocomplete?incomplete=monu", ["c_e506-alberi"]),
        ("util/dataset/autocomplete?incomplete=", []),
        ("2/util/tag/autocomplete?incomplete=stra", ["strade"]),
        ("1/util/tag/autocomplete?incomplete=a&limit=1", ["Alberi"]),
        ("2/util/resource/format_autocomplete?incomplete=cs", ["csv"]),
        ("2/util/resource/format_autocomplete", []),
    ):
        answer = client.get(f"/api/{address}")

        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        found = answer.json()["ResultSet"]["Result"]
        assert [one.get("name") or one.get("Name") or one["Format"] for one in found] == result, address
