"""The privacy papers agree with the code: nothing left out, nothing named that is not there, nothing out of date."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from infra.papers import asvs, risks, tables
from infra.papers.fields import Missing, MissingWords, all_fields, rooms_in
from infra.papers.mechanisms import MECHANISMS
from infra.papers.papers import PARTS, outdated, render
from infra.papers.regions import DOCS, ROOT, NoRegion, replace
from infra.papers.rooms import ROOMS

PAPERS = ["personvern.md", "ros.md", "dpia.md", "behandlingsprotokoll.md", "asvs.md"]
PATH = re.compile(r"`((?:tests|platform|shared|tenants|regional|infra)/[\w./-]+?)(?:::(\w+))?`")
STARTERS = ["ros.md", "dpia.md", "behandlingsprotokoll.md"]


def text_of(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


def test_the_generated_parts_are_what_the_code_says():
    assert outdated() == [], "Kjør: make papers"


def test_every_room_with_tables_is_shown():
    installed = {name for kind in settings.TENANT_TYPES for name in rooms_in(kind)}
    assert tables.covered() == installed
    assert installed <= set(ROOMS)


def test_every_table_and_field_is_on_the_page():
    page = text_of("personvern.md")
    shown = set(re.findall(r"^\| `(\w+)`", page, re.MULTILINE))
    assert {model._meta.db_table for model in apps.get_models()} <= shown
    assert len(list(all_fields())) > 150


def test_a_field_without_a_word_is_named_with_the_line_to_add(monkeypatch):
    from infra.papers import words

    monkeypatch.setattr(words, "FIELDS", {k: v for k, v in words.FIELDS.items() if k != "inbox.Concern.suspected"})
    with pytest.raises(MissingWords, match=r'"inbox\.Concern\.suspected": "…"'):
        render()


def test_a_room_without_a_description_is_named(monkeypatch):
    monkeypatch.delitem(ROOMS, "tenants.cases")
    with pytest.raises(MissingWords, match=r'rooms\.ROOMS: "tenants\.cases"'):
        render()


def test_a_changed_privacy_class_makes_the_page_out_of_date(monkeypatch):
    from tenants.cases.models import Note

    monkeypatch.setattr(Note.Privacy, "free_text", ())
    assert "personvern.md" in outdated()


def test_a_page_without_its_markers_is_told():
    with pytest.raises(NoRegion):
        replace("# side", "rom", "x")
    assert all(f"<!-- generated: {name} -->" in text_of(page) for page, parts in PARTS.items() for name in parts)


@pytest.mark.parametrize("page", PAPERS)
def test_every_file_and_test_that_is_named_exists(page):
    wrong = [f"{path}::{test}" for path, test in PATH.findall(text_of(page)) if not named_thing_exists(path, test)]
    assert wrong == []


def named_thing_exists(path: str, test: str) -> bool:
    found = ROOT / path
    return found.exists() and (not test or f"def {test}(" in found.read_text("utf-8"))


@pytest.mark.parametrize("page", PAPERS)
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text_of(page))
    assert [link for link in links if not (DOCS / link).exists()] == []


def test_what_carries_a_mechanism_exists():
    carried = [path for each in MECHANISMS for path in each.carried]
    assert [path for path in carried if not Path(ROOT / path).exists()] == []


def test_every_requirement_of_asvs_has_one_row_in_order():
    assert [row[0] for row in asvs.items()] == asvs.numbers()
    assert len(asvs.numbers()) == 345


def test_levels_and_states_of_asvs_are_known():
    rows = asvs.items()
    assert Counter(row[1] for row in rows) == {"1": 70, "2": 183, "3": 92}
    assert {row[3] for row in rows} <= set(asvs.STATES)
    assert [row[0] for row in rows if not row[2] or not row[4]] == []


def test_a_requirement_that_is_met_names_where():
    """A row without a file may rest on a library or a form of the product, but then few."""
    bare = [row[0] for row in asvs.items() if row[3] == "oppfylt" and not PATH.search(row[4])]
    assert len(bare) <= 30, bare


def test_risks_are_numbered_weighed_and_have_a_known_state():
    rows = risks.risks()
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert len(rows) >= 46
    assert {row[6] for row in rows} <= set(risks.STATES)
    assert all(row[2] in "1234" and row[3] in "1234" for row in rows)


def test_a_risk_that_is_met_names_its_test():
    bare = [row[0] for row in risks.risks() if row[6] in ("på plass", "delvis") and "`tests/" not in row[5]]
    assert bare == []


@pytest.mark.parametrize("page", STARTERS)
def test_a_starter_says_that_the_kommune_must_weigh_it_itself(page):
    assert "**Startpunkt – kommunen må vurdere selv.**" in text_of(page)


def test_the_papers_keep_to_the_words_of_the_house():
    """«den utsatte», never «offer»; nothing is «obligatorisk»; TryggEst with a capital E."""
    wrong = re.compile(r"\boffer(et|ne)?\b|obligatorisk|påkrevd|Tryggest\b|varsler(en|ne)\b", re.IGNORECASE)
    found = {page: [w.group() for w in wrong.finditer(text_of(page)) if w.group() != "TryggEst"] for page in PAPERS}
    assert {page: words for page, words in found.items() if words} == {}


def test_missing_is_silent_when_nothing_is_missing():
    Missing().raise_if_any()
