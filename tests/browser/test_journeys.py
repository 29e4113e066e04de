"""Proves the ways through the portal that must never close: no JavaScript, no mouse, bad luck, bad people."""

from dataclasses import replace

from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import distribution, trees
from opentusk.journal.actors import SYSTEM
from opentusk.kit import records as kit

_ATTACK = "<img src=x onerror=\"document.title='hit'\"><script>document.title='hit'</script>"


def test_a_dataset_is_reached_and_edited_without_javascript(catalogue, visit):
    visitor = visit(width=320, java_script_enabled=False)
    page = visitor.open("/")
    page.click("text=Comune di Lecce")
    page.click("text=Alberi del verde pubblico")
    assert "Alberi del verde pubblico" in page.text_content("h1")

    visitor.sign_in()
    page = visitor.open(f"/scrivania/dataset/{catalogue['draft'].pk}")
    page.fill("#id_title_it", "Alberi monumentali")
    page.click("text=Aggiungi un altro file")
    assert page.input_value("#id_title_it") == "Alberi monumentali"
    page.click("main button:has-text('Salva')")

    catalogue["draft"].refresh_from_db()
    assert catalogue["draft"].title == "Alberi monumentali"


def test_the_keyboard_alone_skips_to_the_content_and_searches(catalogue, visitor):
    page = visitor.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Vai al contenuto"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "cerca"

    page.keyboard.type("alberi")
    page.keyboard.press("Enter")

    page.wait_for_url("**/catalogo?q=alberi")


def test_what_has_the_focus_is_always_outlined(catalogue, visitor):
    page = visitor.open("/")
    for _step in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_a_mistake_takes_the_focus_and_leads_to_its_field(catalogue, visitor):
    visitor.sign_in()
    page = visitor.open(f"/scrivania/dataset/{catalogue['draft'].pk}")
    page.fill("#id_modified", "boh")
    page.click("main button:has-text('Salva')")

    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("location.hash") == "#id_modified"
    assert page.get_attribute("#id_modified", "aria-invalid") == "true"


def test_the_panel_follows_what_is_typed(catalogue, visitor):
    visitor.sign_in()
    page = visitor.open(f"/scrivania/dataset/{catalogue['draft'].pk}")
    assert "Si può pubblicare." in page.text_content("#verifica")

    page.select_option("#id_accrual_periodicity", "")

    page.wait_for_selector("#verifica :text('impedisc')")


def test_the_language_changes_and_stays(catalogue, visitor):
    page = visitor.open("/temi")
    page.click("button:has-text('English')")

    assert page.text_content("h1") == "Themes"
    assert page.get_attribute("html", "lang") == "en"
    assert "Who answers" in visitor.open("/enti/comune-di-lecce").text_content("main")


def test_a_script_in_every_text_is_only_text(catalogue, visitor):
    dataset = publish(create_draft(_attacking(), holder=catalogue["draft"].rights_holder, by=SYSTEM), by=SYSTEM)
    record = {**dataset.record, "title": {"it": _ATTACK}, "description": {"it": _ATTACK * 2}}
    Dataset.objects.filter(pk=dataset.pk).update(record=record, title=_ATTACK)
    refused = []
    visitor.page.on("console", lambda message: refused.append(message.text))
    visitor.sign_in()

    for address in (f"/dataset/{dataset.slug}", f"/scrivania/dataset/{dataset.pk}", "/scrivania", "/", "/temi/ENVI"):
        page = visitor.open(address)
        assert page.title() != "hit"
        assert page.locator("img[src=x]").count() == 0
    # The policy would have stopped them anyway; it must have had nothing to do.
    assert [text for text in refused if "Content Security Policy" in text] == []


def _attacking() -> kit.Dataset:
    """Every field that holds free text holds an attack."""
    words = {"it": _ATTACK}
    return replace(
        trees("c_e506:attacco"),
        keyword={"it": (_ATTACK,)},
        version_info=_ATTACK,
        version_notes=words,
        provenance=words,
        other_identifier=(kit.Identifier(notation=_ATTACK),),
        distribution=(
            replace(trees().distribution[0], title=words, description=words, access_url=distribution("x").access_url),
        ),
    )
