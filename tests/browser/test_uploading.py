"""Proves in a real browser that an upload survives pauses, a lost network and a closed page, and needs no script."""

import re

from opentusk.files.models import StoredFile, Upload

CONTENT = b"codice;specie\n" + b"071057;Quercus ilex\n" * 600_000


def choose(page, path):
    page.set_input_files("input[name=file]", path)
    page.click("main form[enctype] button[type=submit]")


def test_a_file_is_uploaded_in_pieces_with_its_progress_in_words(catalogue, visitor, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    path = tmp_path / "alberi.csv"
    path.write_bytes(CONTENT)
    pieces = []
    visitor.sign_in()
    page = visitor.open("/carica")
    page.on("request", lambda request: pieces.append(request.url) if request.method == "PATCH" else None)

    choose(page, path)

    page.wait_for_selector("text=File caricato.")
    assert len(pieces) == 3
    assert StoredFile.objects.get().path.read_bytes() == CONTENT


def test_a_lost_network_is_waited_for_and_nothing_is_sent_twice(catalogue, visitor, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    path = tmp_path / "alberi.csv"
    path.write_bytes(CONTENT)
    visitor.sign_in()
    page = visitor.open("/carica")
    failures = []

    def cut_once(route):
        if len(failures) == 1:
            failures.append("passed")
            return route.continue_()
        failures.append("cut")
        return route.abort("internetdisconnected")

    page.route(
        re.compile("/api/v1/uploads/"), lambda route: cut_once(route) if len(failures) < 3 else route.continue_()
    )
    choose(page, path)

    page.wait_for_selector("[role=status]:has-text('Connessione persa')")
    page.wait_for_selector("text=File caricato.")
    assert failures == ["cut", "passed", "cut"]
    assert StoredFile.objects.get().path.read_bytes() == CONTENT


def test_a_closed_page_goes_on_where_it_was(catalogue, visitor, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    path = tmp_path / "alberi.csv"
    path.write_bytes(CONTENT)
    visitor.sign_in()
    page = visitor.open("/carica")
    page.route(re.compile("/api/v1/uploads/"), _first_piece_only())
    choose(page, path)
    page.wait_for_selector("[role=status]:has-text('Connessione persa')")
    page.unroute_all(behavior="ignoreErrors")

    page = visitor.open("/carica")
    assert "per riprendere scegli di nuovo lo stesso file" in page.text_content("main")
    offsets = []
    page.on(
        "request",
        lambda request: offsets.append(request.headers["upload-offset"]) if request.method == "PATCH" else None,
    )
    choose(page, path)

    page.wait_for_selector("text=File caricato.")
    assert offsets[0] == str(4 * 1024 * 1024)
    assert Upload.objects.count() == 1
    assert StoredFile.objects.get().path.read_bytes() == CONTENT


def _first_piece_only():
    seen = []

    def answer(route):
        if route.request.method == "PATCH":
            seen.append(route)
        return route.abort() if len(seen) > 1 else route.continue_()

    return answer


def test_a_pause_waits_and_a_cancel_forgets(catalogue, visitor, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    path = tmp_path / "alberi.csv"
    path.write_bytes(CONTENT)
    visitor.sign_in()
    page = visitor.open("/carica")
    held = []
    page.route(re.compile("/api/v1/uploads/"), lambda route: held.append(route))
    # The button is there before the first piece leaves: a pause before it would hold nothing back.
    with page.expect_event("request", lambda request: request.method == "PATCH"):
        choose(page, path)
    page.click("button:has-text('Pausa')")
    page.wait_for_selector("button:has-text('Riprendi')")
    held[0].continue_()
    page.wait_for_selector("[role=status]:has-text('In pausa')")
    page.unroute_all()
    page.click("button:has-text('Annulla il caricamento')")

    page.wait_for_selector("[data-upload]", state="detached")
    page.wait_for_function("Object.keys(localStorage).length === 0")
    assert page.locator("main form[enctype] button[type=submit]").is_enabled()
    page.wait_for_load_state("networkidle")
    assert not Upload.objects.exists()


def test_a_refusal_is_said_beside_the_file(catalogue, visitor, settings, tmp_path):
    settings.FILES_DIR, settings.MAX_UPLOAD = tmp_path / "files", 1000
    path = tmp_path / "grande.csv"
    path.write_bytes(CONTENT[:2000])
    visitor.sign_in()
    page = visitor.open("/carica")

    choose(page, path)

    page.wait_for_selector(".fault:has-text('dividilo')")
    assert not Upload.objects.exists()


def test_without_a_script_the_form_sends_it_whole(catalogue, visit, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    path = tmp_path / "alberi.csv"
    path.write_bytes(CONTENT)
    visitor = visit(java_script_enabled=False)
    visitor.sign_in()
    page = visitor.open("/carica")

    choose(page, path)

    assert "File caricato." in page.text_content("main")
    assert StoredFile.objects.get().path.read_bytes() == CONTENT
