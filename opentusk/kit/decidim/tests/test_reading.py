"""Proves that every layout of Decidim is read, that nobody's name is, and that what is unsafe is refused whole."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from opentusk.kit.decidim.archives import read_files
from opentusk.kit.decidim.graphql import read_process
from opentusk.kit.decidim.shapes import DecidimFault, Export
from opentusk.kit.decidim.tables import read_table, version_of
from opentusk.kit.decidim.texts import listed_items, printed_labels, theme_of

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples" / "participation"


def table(text: str, name: str = "") -> Export:
    export = Export()
    read_table(io.StringIO(text), export, name=name)
    return export


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("<ul><li>Uno; produttori: Comuni</li><li>Due</li></ul>", [("Uno", "Comuni"), ("Due", "")]),
        ("Intro:\n- Uno\n- Due", [("Uno", ""), ("Due", "")]),
        ("Intro:\n* Uno molto lungo che va\n  a capo; produttori: Regione,\n  Comuni\n* Due",
         [("Uno molto lungo che va a capo", "Regione, Comuni"), ("Due", "")]),
        ("Dati:\nUno\nDue", [("Uno", ""), ("Due", "")]),
        ("Uno; produttori: Comuni; Due", [("Uno", "Comuni"), ("Due", "")]),
        ("Uno; Due", [("Uno", ""), ("Due", "")]),
        ("Stalli; produttori: Comuni", [("Stalli", "Comuni")]),
        ("", []),
    ],
)  # fmt: skip
def test_lists_are_split_where_their_items_end(text, titles):
    assert [(item.title, item.producers) for item in listed_items(text)] == titles


def test_a_list_wrapped_at_65_columns_gives_the_same_items():
    words = "Elenco georeferenziato degli stalli per persone con disabilità con orari e fotografie recenti"
    flat = f"Dataset:\n* {words}; produttori: Comuni\n* Orari (GTFS)"
    wrapped = f"Dataset:\n* {words[:63]}\n{words[63:].strip()}; produttori: Comuni\n* Orari (GTFS)"

    assert listed_items(wrapped) == listed_items(flat) and len(listed_items(flat)) == 2


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Trasporti", "TRAN"),
        ('{"it"=>"Trasporti"}', "TRAN"),
        ('{"en" => "Transport", "it" => "TRASPORTI"}', "TRAN"),
        ("Regioni e città", "REGI"),
        ("Parcheggi", ""),
    ],
)
def test_labels_of_themes_are_found_however_they_are_printed(cell, code):
    assert theme_of(printed_labels(cell)) == code


def test_the_version_is_found_out_by_the_header():
    assert [version_of(header) for header in (["likes/total_count", "taxonomies/id"], ["taxonomies/id"], ["title/it"])
            ] == ["newest", "new", "old"]  # fmt: skip
    assert version_of(["title", "endorsements/total_count"]) == "oldest"


@pytest.mark.parametrize(("layout", "version", "number"), [("old", "oldest", 2), ("new", "newest", 1)])
def test_both_layouts_give_the_same_proposal_without_any_name(layout, version, number):
    export = read_files([SAMPLES / f"synthetic_{layout}-open-data-proposals.csv"])

    first = export.proposals[0]
    assert (export.version, len(export.proposals)) == (version, number)
    assert (first.id, theme_of((first.title,)), first.support) == ("101", "TRAN", 3)
    assert len(listed_items(first.body)) == 2
    assert "Persona" not in repr(export) and "Ente C" not in repr(export)


def test_comments_meetings_and_results_are_read_without_any_name():
    export = read_files(sorted(SAMPLES.glob("synthetic_open-data-*.csv")))

    assert [(one.id, one.target_id, one.alignment) for one in export.comments] == [
        ("9001", "101", 1),
        ("9002", "9001", 0),
    ]
    assert export.comments[1].body == "Concordo; formato JSON."
    meeting, result = export.meetings[0], export.results[0]
    assert (meeting.attendees, meeting.starts_at.isoformat()) == (60, "2023-05-29T07:00:00+00:00")
    assert (result.progress, result.proposal_urls[0].rsplit("/", 1)[1]) == (50, "101")
    assert "Persona" not in repr(export)


def test_other_columns_are_passed_over_and_a_lacking_one_is_named():
    ours = table("id;altro/cosa;title/it;title/en;body/it;url\n7;x;Titolo;;Corpo;https://e.org/7\n").proposals
    assert [(one.id, one.title, one.body) for one in ours] == [("7", "Titolo", "Corpo")]
    for text, column in (("id;title;url\n1;x;y\n", "body"), ("id;body;commentable_id\n1;x;2\n", "commentable_type")):
        with pytest.raises(DecidimFault) as fault:
            table(text, "proposals.csv")
        assert fault.value.code == "missing_column" and fault.value.detail.endswith(column)


def test_people_are_counted_and_never_read():
    export = table("id;code;user/name;user/email\n1;A;Persona A;a@example.org\n2;B;Persona B;b@example.org\n")
    assert export.left_out == {"registrations": 2} and "Persona" not in repr(export)


def packed(path: Path, entries: dict[str, bytes], *, link: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
        if link:
            info = zipfile.ZipInfo(link)
            info.external_attr = 0o120777 << 16
            archive.writestr(info, "/etc/passwd")
    return path


def test_a_zip_of_open_data_is_read_whole_and_users_are_not(tmp_path):
    names = {
        "proposals": "synthetic_old-open-data-proposals",
        "proposal_comments": "synthetic_open-data-proposal_comments",
    }
    entries = {f"e.org-open-data-{key}.csv": (SAMPLES / f"{name}.csv").read_bytes() for key, name in names.items()}
    entries |= {"e.org-open-data-users.csv": b"id;nickname\n1;Persona Z\n", "README.md": b"# x"}

    export = read_files([packed(tmp_path / "a.zip", entries)])

    assert (len(export.proposals), len(export.comments), export.left_out) == (2, 2, {"users": 1})


@pytest.mark.parametrize(
    ("entries", "link", "code"),
    [
        ({"../x.csv": b"id;title;body;url\n"}, "", "unsafe_name"),
        ({"a/b.csv": b"id;title;body;url\n"}, "", "unsafe_name"),
        ({"ok.csv": b"id;title;body;url\n"}, "l.csv", "link_in_zip"),
        ({"bomb.csv": b"0" * 20_000_000}, "", "zip_bomb"),
        ({f"{n}.csv": b"x" for n in range(201)}, "", "too_many_entries"),
    ],
)
def test_an_unsafe_zip_is_refused_whole(tmp_path, entries, link, code):
    with pytest.raises(DecidimFault) as fault:
        read_files([packed(tmp_path / "a.zip", entries, link=link)])
    assert fault.value.code == code


def page(cursor: str | None, *numbers: int) -> dict:
    nodes = [
        {"node": {"id": str(n), "title": {"translations": [{"locale": "it", "text": f"T{n}"}]},
                  "body": {"translations": [{"locale": "it", "text": "Corpo"}]}, "likes": [{"name": "Persona A"}],
                  "comments": [{"id": f"c{n}", "body": "Sì", "alignment": 1, "createdAt": "2023-08-03T09:00:00Z",
                                "comments": [{"id": f"r{n}", "body": "No", "alignment": 0}]}]}}
        for n in numbers
    ]  # fmt: skip
    info = {"hasNextPage": cursor is not None, "endCursor": cursor}
    return {"data": {"component": {"proposals": {"pageInfo": info, "edges": nodes}}}}


PROCESS = {"data": {"participatoryProcess": {"id": "1", "slug": "opentusk", "components": [
    {"id": "39", "__typename": "Proposals"}, {"id": "42", "__typename": "Component"}]}}}  # fmt: skip


def test_pages_are_turned_and_a_cursor_that_repeats_ends_the_run():
    answers = iter([PROCESS, page("A", 1), page("A", 1), page("B", 2), page("B", 2)])

    export = read_process(lambda query, variables: next(answers), "opentusk", "https://e.org")

    assert [one.id for one in export.proposals] == ["1", "2", "2"]
    assert ("cursor_repeats", "proposals 39: B") in export.notes
    assert ("component_left_out", "42 Component") in export.notes
    assert export.proposals[0].url == "https://e.org/processes/opentusk/f/39/proposals/1"
    assert [(one.id, one.target_id) for one in export.comments[:2]] == [("c1", "1"), ("r1", "c1")]
    assert "Persona" not in repr(export)


def test_errors_with_200_are_errors_and_an_unknown_field_is_asked_by_its_older_name():
    fault_in = {"errors": [{"message": "Field 'taxonomies' doesn't exist on type 'Proposal'"}]}
    asked = []

    def ask(query, variables):
        asked.append(query)
        if "participatoryProcess" in query:
            return PROCESS
        return fault_in if "taxonomies" in query else page(None, 1)

    export = read_process(ask, "opentusk", "https://e.org")
    assert len(export.proposals) == 1 and ("older_fields", "39") in export.notes
    assert not any("likes" in query or "endorsements" in query for query in asked)
    with pytest.raises(DecidimFault) as fault:
        read_process(lambda query, variables: fault_in, "opentusk", "https://e.org")
    assert fault.value.code == "graphql_errors"


def test_the_answers_of_the_manual_are_read(tmp_path):
    export = read_files([SAMPLES / "graphql_proposals_page.json"])
    assert [one.id for one in export.proposals] == ["32", "31"] and "Person A" not in repr(export)
    with pytest.raises(DecidimFault):
        broken = tmp_path / "x.json"
        broken.write_text(json.dumps({"errors": [{"message": "x"}]}))
        read_files([broken])
