"""Proves that single values are mended as people would, once, and that nothing is ever raised."""

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opentusk.kit.sentences import SENTENCES
from opentusk.kit.values import (
    Repaired,
    repair_date,
    repair_email,
    repair_identifier,
    repair_ipa_code,
    repair_iri,
    repair_phone,
    repair_text,
    repair_url,
    slugify,
)
from opentusk.kit.values.dates import day_of

REPAIRS = [repair_date, repair_email, repair_ipa_code, repair_iri, repair_phone, repair_text, repair_url]
# Texts that look like addresses, dates and markup find more than blind ones.
LIKELY = st.text(st.sampled_from("ab1 /:.%@-<>&;#?[]\\\"'©àŁ\u00ad\u200b\ufffe\x00\r\nTZ+w"), max_size=30)
TEXTS = st.one_of(st.text(), LIKELY, LIKELY.map(lambda text: f"http://{text}"), LIKELY.map(lambda text: f"<p>{text}"))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-05-31", "2024-05-31"),
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("31-05-2024", "2024-05-31"),
        ("31/5/2024", "2024-05-31"),
        ("05/31/2024", "2024-05-31"),
        ("20240531", "2024-05-31"),
        ("1 gennaio 2024", "2024-01-01"),
        ("3 Mag. 2024", "2024-05-03"),
        ("2024-05-31T00:00:00", "2024-05-31"),
        ("2024-05-31T10:20:30Z", "2024-05-31T10:20:30+00:00"),
        ("2024-05-31 10:20", "2024-05-31T10:20:00"),
        ("2026-04-07T08:03:03.428194", "2026-04-07T08:03:03"),
        ("2024-05-31T10:00:00+0200", "2024-05-31T10:00:00+02:00"),
        ("31/02/2024", None),
        ("2024-13-01", None),
        ("Dato non disponibile", None),
        ("0000-00-00", None),
        ("2024-05-31T25:00", None),
    ],
)
def test_dates(text, iso):
    repaired = repair_date(text)

    assert repaired.value == iso
    assert (repaired.code is None) == (text == iso)


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("opendata@comune.lecce.it", "opendata@comune.lecce.it"),
        ("mailto:opendata@comune.lecce.it", "opendata@comune.lecce.it"),
        (" opendata @ comune.lecce.it ", "opendata@comune.lecce.it"),
        ("uno@a.it; due@b.it", "uno@a.it"),
        ("opendata(at)comune.lecce.it", "opendata@comune.lecce.it"),
        ("opendata©comune.lecce.it", "opendata@comune.lecce.it"),
        ("OpenData@Comune.Lecce.IT", "OpenData@comune.lecce.it"),
        ("www.comune.foggia.it", None),
    ],
)
def test_emails(text, email):
    assert repair_email(text).value == email


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.it/a b.csv", "https://example.it/a%20b.csv"),
        ("https://example.it/a%20b.csv", "https://example.it/a%20b.csv"),
        ("https://example.it/100%.csv", "https://example.it/100%25.csv"),
        ("https://example.it/mobilità", "https://example.it/mobilit%C3%A0"),
        ("www.comune.foggia.it", "http://www.comune.foggia.it"),
        ("HTTP:/example.it/x", "http://example.it/x"),
        ("http:\\\\example.it\\x", "http://example.it/x"),
        ("https://user:secret@example.it/x", "https://example.it/x"),
        ("https://città.example.it/", "https://xn--citt-3na.example.it/"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("CSV", None),
        ("http://", None),
    ],
)
def test_urls(text, url):
    assert repair_url(text).value == url


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Alberi &amp; siepi</p>", "Alberi & siepi"),
        ("a < b & c", "a < b & c"),
        ("Prima<br>seconda", "Prima\nseconda"),
        ("<script>alert(1)</script>Testo", "Testo"),
        ("&lt;p&gt;Due volte&lt;/p&gt;", "Due volte"),
        ("spazi \u00a0  e\u200b \tsegni", "spazi e segni"),
        ("Citta\u0300", "Città"),
        ("riga\r\nriga", "riga\nriga"),
        ("   ", None),
    ],
)
def test_texts(text, plain):
    assert repair_text(text).value == plain


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("c_e506", "c_e506", None),
        ("C_E506", "c_e506", "value.ipa_code_rewritten"),
        ("c_\u00adl024", "c_l024", "value.ipa_code_rewritten"),
        ("c___d643", "c_d643", "value.ipa_code_guessed"),
        ("Comune di Lecce", None, "value.ipa_code_unusable"),
        ("Città di Lecce", None, "value.ipa_code_unusable"),
    ],
)
def test_codes_of_bodies(text, code, why):
    assert repair_ipa_code(text) == Repaired(code, why)


@pytest.mark.parametrize(
    ("text", "ipa", "identifier"),
    [
        ("c_e506:alberi", "c_e506", "c_e506:alberi"),
        ("C_E506:Alberi", "c_e506", "c_e506:alberi"),
        ("c___d643:elenco-matrimoni", "c_d643", "c_d643:elenco-matrimoni"),
        ("bmspa:mobilità-sostenibile", "bmspa", "bmspa:mobilita-sostenibile"),
        ("05e077c5-3972", "p_tn", "p_tn:05e077c5-3972"),
        ("https://dati.example.it/dataset/Alberi Città/", "c_e506", "c_e506:alberi-citta"),
        ("r_lig:x", "c_e506", "c_e506:r_lig-x"),
        ("", "c_e506", None),
        ("§§§", "c_e506", None),
    ],
)
def test_identifiers_of_datasets(text, ipa, identifier):
    assert repair_identifier(text, ipa).value == identifier


def test_phones():
    assert repair_phone("0832 682 111").value == "0832682111"
    assert repair_phone("tel:+39 0832-682111").value == "+390832682111"
    assert repair_phone("n.d.").value is None


def test_slugs():
    assert slugify("Città d'arte (2024)") == "citta-d-arte-2024"
    assert slugify("a" * 200) == "a" * 80
    assert not slugify("molte parole in un titolo " * 9).endswith("-")


def test_a_short_date_begins_with_its_first_day():
    assert str(day_of("2024")) == "2024-01-01"
    assert str(day_of("2024-05")) == "2024-05-01"
    assert str(day_of("2024-05-31T23:00:00+02:00")) == "2024-05-31"
    assert day_of("ieri") is None


@pytest.mark.parametrize("repair", REPAIRS, ids=lambda repair: repair.__name__)
@given(text=TEXTS)
def test_mending_twice_changes_nothing_more(repair, text):
    once = repair(text)
    assert once.code is None or once.code in SENTENCES
    if once.value is not None:
        assert repair(once.value) == Repaired(once.value)


@given(text=TEXTS)
def test_identifiers_are_stable_too(text):
    once = repair_identifier(text, "c_e506")
    if once.value is not None:
        assert repair_identifier(once.value, "c_e506") == Repaired(once.value)


@given(text=TEXTS)
def test_a_mended_address_is_an_absolute_iri_for_every_rdf_writer(text):
    for repaired in (repair_url(text), repair_iri(text)):
        if repaired.value is not None:
            assert pyoxigraph.NamedNode(repaired.value).value == repaired.value
