"""What holds for every template and page of the house's frame."""

import re
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from varde.ui import gallery, progress, texts
from varde.ui.templatetags import ui as tags

TEMPLATES = Path(gallery.__file__).parent / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
COMPONENTS = sorted((TEMPLATES / "ui" / "components").glob("*.html"))
ERRORS = ("400.html", "403.html", "404.html", "413.html", "500.html")


@pytest.fixture
def request_() -> HttpRequest:
    return RequestFactory().get("/")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_styled_or_scripted_inline(file: Path) -> None:
    text = file.read_text()
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("file", COMPONENTS, ids=lambda file: file.name)
def test_a_component_begins_by_naming_its_inputs(file: Path) -> None:
    head = file.read_text()[:600].removeprefix("{% load ui %}")
    assert head.startswith(("{#", "{% comment %}"))
    assert re.search(r"Inputs?:", head)


@pytest.mark.parametrize("data", [False, True], ids=["fresh", "with errors"])
def test_the_gallery_has_one_heading_and_no_id_twice(request_: HttpRequest, data: bool) -> None:
    page = render_to_string("ui/gallery.html", gallery.example(bound=data), request_)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert page.count("<h1") == 1
    assert len(ids) == len(set(ids))


def test_links_in_the_error_summary_lead_somewhere(request_: HttpRequest) -> None:
    page = render_to_string("ui/gallery.html", gallery.example(bound=True), request_)
    targets = re.findall(r'href="#(id_[^"]+)"', page)
    assert targets
    assert all(f'id="{target}"' in page for target in targets)


def test_a_public_page_shows_whom_to_call_before_anything_else(request_: HttpRequest) -> None:
    page = render_to_string("ui/public.html", {"office": {"name": "Gjøvik"}}, request_)
    places = [page.index(text) for text in ('href="tel:112"', "Skjemaet leses ikke", "<header", "<h1")]
    assert places == sorted(places)
    assert 'href="tel:116006"' in page


def test_a_public_page_can_be_left_without_script(request_: HttpRequest) -> None:
    page = render_to_string("ui/public.html", {}, request_)
    assert re.search(r'href="https://www\.yr\.no"[^>]*rel="noreferrer', page)


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_is_the_same_for_everyone_and_says_whom_to_call(name: str) -> None:
    context = {"request_path": "/saker/1", "user": "Kari", "office": {"name": "Gjøvik", "theme": "skog"}}
    assert render_to_string(name, context) == render_to_string(name)
    assert "116 006" in render_to_string(name)


def test_a_failed_post_is_told_to_be_not_received() -> None:
    assert "Meldingen er ikke mottatt" in render_to_string("500.html", {"posted": True})
    assert "ikke mottatt" in render_to_string("500.html")


@pytest.mark.parametrize(
    ("code", "word", "color"),
    [
        ("akutt", "Akutt sak", "danger"),
        ("ma", "Må-sak", "warning"),
        ("må", "Må-sak", "warning"),
        ("bor", "Bør-sak", "info"),
        ("<x>", "&lt;x&gt;", "neutral"),
    ],
)
def test_a_category_has_both_word_and_colour(code: str, word: str, color: str) -> None:
    shown = tags.kategori_tag(code)
    assert f">{word}<" in shown
    assert f'data-color="{color}"' in shown


def test_the_way_of_a_concern_marks_where_it_is() -> None:
    assert [step.state for step in progress.steps("Avklart")] == [
        "done",
        "current",
        "ahead",
        "ahead",
        "ahead",
    ]
    with pytest.raises(ValueError, match="tuple"):
        progress.steps("Borte")


def test_empty_values_give_empty_text() -> None:
    filters = (tags.dato, tags.dato_lang, tags.klokke, tags.tidspunkt, tags.siden, tags.tall, tags.prosent)
    assert {shown(None) for shown in filters} == {""}


def test_the_frame_has_every_text_in_every_language() -> None:
    assert {frozenset(table) for table in texts.TEXTS.values()} == {frozenset(texts.TEXTS["nb"])}


def test_a_public_page_in_nynorsk_has_a_frame_in_nynorsk(request_: HttpRequest) -> None:
    page = render_to_string("ui/public.html", {"lang": "nn"}, request_)
    assert "Hopp til hovudinnhald" in page
    assert "Skjemaet blir ikkje lese heile døgnet." in page
