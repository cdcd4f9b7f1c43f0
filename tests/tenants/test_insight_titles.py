"""What is chosen among and gone through is told apart: by the part it is of, its first words and whose it is."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tenants.insight import queries
from tenants.insight.gather import Found
from tenants.insight.papers import Made, paper_of
from tenants.insight.titles import begins, grouped, heading
from tests.cast import ref
from tests.client import client_for
from tests.tenants.people import text_of
from tests.tenants.test_insight_way import asked, lived
from varde.clock import now
from varde.ui.dates import short_date


def item(text: str, key: str = "cases.note:1", labels: tuple[str, ...] = (), group: str = "Saken") -> Found:
    return Found(key, group, "Notat", date(2026, 11, 3), "Kari", text, "", labels=labels)


@given(st.text(min_size=1, max_size=300))
def test_what_it_begins_with_is_one_short_line_of_its_own_words(text):
    said = begins(item(text))
    assert len(said) <= 60
    assert "\n" not in said
    assert " ".join(text.strip().partition("\n")[0].split()).startswith(said.removesuffix("…"))


def test_no_label_of_ours_stands_for_its_words_and_no_word_is_cut():
    card = item("Navn: Gudrun Lien\nHvor kjent: Kjent", "persons.person:1", ("Navn", "Hvor kjent"))
    assert begins(card) == "Gudrun Lien"
    assert heading(card) == "Notat: Gudrun Lien"
    assert heading(item("Hun ringte")) == "Notat"
    assert begins(item("Hun sier at han tok nøklene hennes, og at det har vart lenge nå")).endswith(
        "og at det har vart…"
    )
    assert grouped([item("En"), item("To", "b"), item("Tre", "c", group="Tiltak")]) == [
        ("Saken", [("cases.note:1", "Notat · 03.11.2026 · En"), ("b", "Notat · 03.11.2026 · To")]),
        ("Tiltak", [("c", "Notat · 03.11.2026 · Tre")]),
    ]


def test_the_pages_and_the_paper_say_it(gjovik):
    (case, person), kari = lived(), client_for("kari")
    request = asked(person)
    choices = text_of(kari, f"/innboks/{case.concern_id}/innvendinger")
    assert '<optgroup label="Personer">' in choices
    assert "Hvor kjent" not in choices
    shown = "".join(text_of(kari, f"/innsynskrav/{request.pk}/gjennomga?side={side}") for side in (1, 2))
    assert ">Personkort: Ola Hansen</h2>" in shown
    assert ">Personkort: Per Hansen</h2>" in shown
    foot = paper_of(request, queries.review_of(request), None, Made(ref("gjovik"), now(), 1)).foot
    assert foot == f"Innsyn, kravet kom {short_date(request.received_on)}, dokument 1"
