"""Files on their way: sent with the form, opened by nobody but the child, read by the team as a copy made anew."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.steps import field, main, open_concern
from tests.browser.test_looks import listen, look
from tests.browser.test_web_form import receipt_on, send, told
from tests.browser.walker import Town, reload_until
from tests.documents import bad_files, papers, photos
from tests.documents.canaries import Canaries

pytestmark = pytest.mark.browser

OTHER = "hamar"  # nobody opens what the web form brings in here in the other tests


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def choose(page: Page, *files: FilePayload) -> None:
    """As somebody does who presses the field and picks files."""
    page.get_by_label(re.compile("^Vedlegg")).set_input_files(list(files))


def chosen(page: Page) -> int:
    found: int = page.get_by_label(re.compile("^Vedlegg")).evaluate("input => input.files.length")
    return found


def downloaded(page: Page, link: str, to: Path) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).first.click()
    waiting.value.save_as(to)
    return to.read_bytes()


def test_two_files_reach_the_team_and_one_is_named(town: Town, tmp_path: Path) -> None:
    words, what, page = Canaries(), told(), town.visitor("gjovik")
    photo, paper = photos.jpeg(words, size=(640, 480)), papers.pdf(words)
    assert words.left_in(photo)
    heard = listen(page)
    page.goto("/meld/privat")
    field(page, "Hva er du bekymret for?").fill(what)
    choose(page, payload("bilde.jpg", photo), payload("brev.pdf", paper), payload("tegning.svg", bad_files.SVG))
    look(page, "vedlegg-1-skjema")
    send(page)
    receipt_on(page)
    whole_code_on(page)
    expect(main(page).get_by_text("tegning.svg: Filtypen er ikke en av dem vi tar imot.")).to_be_visible()
    assert "bilde.jpg" not in page.content()
    look(page, "vedlegg-2-kvittering")
    assert heard == []
    coordinator = town.person("koordinator", "gjovik")
    open_concern(coordinator, "Nettskjema", what)
    copies = coordinator.get_by_role("link", name="Åpne renset kopi")
    reload_until(coordinator, lambda: copies.count() == 2, "the two copies")
    expect(main(coordinator).get_by_text("ikke virussjekket")).to_have_count(2)
    look(coordinator, "vedlegg-3-bekymring")
    copy = downloaded(coordinator, "Åpne renset kopi", tmp_path / "kopi.jpg")
    assert copy.startswith(b"\xff\xd8\xff")
    assert words.left_in(copy) == []
    the_original(coordinator, photo, tmp_path / "original.jpg")


def whole_code_on(page: Page) -> None:
    """On a narrow telephone all sixteen digits are seen, none cut off at the edge of their box."""
    page.set_viewport_size({"width": 320, "height": 640})
    cut = "code => code.scrollWidth > code.clientWidth"
    assert not page.locator("[data-receipt]").evaluate(cut)


def the_original(coordinator: Page, photo: bytes, to: Path) -> None:
    """A reason first; then the very bytes that were sent."""
    coordinator.get_by_role("link", name=re.compile("^Last ned original")).first.click()
    look(coordinator, "vedlegg-4-original")
    field(coordinator, "Hvorfor trenger du originalen?").fill("Politiet ber om den.")
    with coordinator.expect_download() as waiting:
        main(coordinator).get_by_role("button", name=re.compile("original|Last ned")).click()
    waiting.value.save_as(to)
    assert to.read_bytes() == photo


def test_with_scripts_the_files_are_still_chosen_when_the_form_comes_back(town: Town) -> None:
    what, page = told(), town.visitor(OTHER)
    page.goto("/meld/privat")
    choose(page, payload("bilde.jpg", photos.jpeg(Canaries())))
    send(page)
    expect(page.get_by_role("link", name=re.compile("Hva er du bekymret for"))).to_be_visible()
    assert chosen(page) == 1
    expect(page.get_by_text("Velg filene på nytt")).to_have_count(0)
    field(page, "Hva er du bekymret for?").fill(what)
    send(page)
    receipt_on(page)
    expect(main(page).get_by_text("ikke alle vedleggene")).to_have_count(0)


def test_without_scripts_the_page_says_that_files_must_be_chosen_again(town: Town) -> None:
    what, page = told(), town.visitor(OTHER, java_script_enabled=False)
    page.goto("/meld/privat")
    field(page, "Hvem gjelder det?").fill("Naboen i 3B")
    choose(page, payload("bilde.jpg", photos.jpeg(Canaries())))
    send(page)
    expect(page.get_by_role("link", name="Velg filene på nytt")).to_be_visible()
    expect(field(page, "Hvem gjelder det?")).to_have_value("Naboen i 3B")
    look(page, "vedlegg-5-velg-igjen")
    field(page, "Hva er du bekymret for?").fill(what)
    choose(page, payload("bilde.jpg", photos.jpeg(Canaries())))
    send(page)
    receipt_on(page)


def test_a_line_that_breaks_keeps_the_choice_and_a_new_page_says_it_is_gone(town: Town) -> None:
    what, page = told(), town.visitor(OTHER)
    page.goto("/meld/privat")
    field(page, "Hva er du bekymret for?").fill(what)
    choose(page, payload("bilde.jpg", photos.jpeg(Canaries())))
    page.route("**/meld/privat", lambda route: route.abort())
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("IKKE sendt")
    assert chosen(page) == 1
    page.unroute("**/meld/privat")
    page.reload()
    expect(page.get_by_text("Filene er ikke tatt vare på. Velg dem på nytt.")).to_be_visible()
    expect(field(page, "Hva er du bekymret for?")).to_have_value(what)
    choose(page, payload("bilde.jpg", photos.jpeg(Canaries())))
    send(page)
    receipt_on(page)
