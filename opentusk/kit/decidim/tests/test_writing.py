"""Proves that what is written is read as it was, whatever the words are, and that no author is read."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opentusk.kit.decidim.archives import read_files
from opentusk.kit.decidim.shapes import Export, Ours, Proposal, RemoteComment, Result
from opentusk.kit.decidim.writing import write_archive

SPACE = "https://dati.example.org/consultazioni/c"
WORDS = st.text(alphabet='bè =+-@;,"\n*<>&', max_size=40).map(str.strip)


def harmless(value: object) -> str:
    return f"'{value}" if str(value).lstrip(" ")[:1] in {"=", "+", "-", "@"} else str(value)


def read_again(export: Export, folder) -> Export:
    path = folder / "fuori.zip"
    with path.open("wb") as file:
        write_archive(export, file, space=SPACE, readme="", cell=harmless)
    return read_files([path])


def proposal(**fields) -> Proposal:
    return Proposal(**{"id": "1", "title": "Alberi", "body": "", "url": f"{SPACE}/voci/1"} | fields)


def test_everything_of_a_shape_comes_back_but_who_wrote_it(tmp_path):
    official = proposal(
        id="ENVI", title="Ambiente", is_official=True, labels=("Giustizia, sistema giuridico e sicurezza pubblica",)
    )
    ours = Ours(use_case="App", producers="Comuni; province", origin="datalab", reason="not_held")
    wished = proposal(state="rejected", answer="No, mai.", likes=3, votes=5, is_withdrawn=True, ours=ours)
    comment = RemoteComment(
        id="7", body="Sì", created_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), alignment=-1,
        target_type="Decidim::Proposals::Proposal", target_id="1", url=SPACE, author="k7",
    )  # fmt: skip
    result = Result(id="1", title="Alberi", progress=50, proposal_urls=(f"{SPACE}/voci/1",), url=SPACE)
    export = Export(proposals=[official, wished], comments=[comment], results=[result])

    again = read_again(export, tmp_path)

    assert again.proposals == export.proposals and again.results == [result]
    assert again.comments == [replace(comment, author="")]
    assert (again.version, again.left_out, again.notes) == ("newest", {}, [])


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(title=WORDS.filter(bool), body=WORDS, answer=WORDS)
def test_words_come_back_as_they_were_written(tmp_path_factory, title, body, answer):
    export = Export(proposals=[proposal(title=title, body=body, answer=answer)])

    again = read_again(export, tmp_path_factory.mktemp("fuori"))

    assert [(one.title, one.body, one.answer) for one in again.proposals] == [(title, body, answer)]
