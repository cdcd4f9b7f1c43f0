"""The screening points and never cuts; each kind is known by its form, and what only looks like it is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.codes.data_files import read
from shared.codes.screening import Look, Words, kind_of, kinds, look, unanswered

SIGNS = st.text(st.sampled_from("Kari Nordmann 91234567 ÆØÅæøå.,-@\n12.03.1948 AB12345 Sak Biri 82 år"), max_size=120)


def found(text: str, words: Words | None = None) -> list[tuple[str, str]]:
    return [(hit.kind, hit.words) for hit in look({"t": text}, words).hits["t"]]


@given(st.one_of(SIGNS, st.text(max_size=200)))
def test_the_pieces_together_are_the_text_as_it_was_written(text):
    seen = look({"t": text}, Words(register={"biri"}, small={"biri"}))
    assert "".join(piece.text for piece in seen.pieces("t")) == text
    assert all(hit.words == text[hit.start : hit.end] for hit in seen.hits["t"])
    ends = [0, *(hit.end for hit in seen.hits["t"])]
    assert all(before <= hit.start < hit.end for before, hit in zip(ends, seen.hits["t"], strict=False))


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Nummer 01819012012 sto der", "id_number", "01819012012"),  # synthetic, month + 80
        ("Nummer 41019012012 sto der", "id_number", "41019012012"),  # D-number
        ("Nummer 99999999999 sto der", "account", "99999999999"),
        ("Ring 61 18 95 00 nå", "phone", "61 18 95 00"),
        ("Ring +46 8 123 456 78 nå", "phone", "+46 8 123 456 78"),
        ("Skriv til ola@example.no nå", "email", "ola@example.no"),
        ("Bor i Storgata 77 B her", "address", "Storgata 77 B"),
        ("Bilen EL 12345 sto der", "plate", "EL 12345"),
        ("Se V-7K3M-2Q i dag", "reference", "V-7K3M-2Q"),
        ("Se Sak 2026-1A2B3C i dag", "reference", "Sak 2026-1A2B3C"),
        ("Hun er født i 1944 her", "birth", "født i 1944"),
        ("Dagen 3. mars 1951 står der", "birth", "3. mars 1951"),
        ("En 82 år gammel beboer", "age", "82 år gammel"),
        ("Saken til A.B. står stille", "initials", "A.B."),
        ("På Lia bosenter er det slik", "institution", "Lia bosenter"),
        ("Da kom Marte inn", "name", "Marte"),
        ("Marthes vedtak er ikke skrevet", "name", "Marthes"),
    ],
)
def test_each_kind_is_known_by_its_form(text, kind, words):
    assert found(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Ring 112, 113, 116 117 eller 02800.",
        "Møtet er 20.01.2027, og fristen 31. januar 2027.",
        "Vi brukte 91 234 567 kr på dette.",
        "Alle over 67 år, og 80-åringer.",
        "Gjøvik, Østre Toten, Hunndalen og Lillehammer er med.",
        "NAV, DPS, Bufdir og Statsforvalteren svarte ikke.",
        "Liv og helse. Dag og natt. Even om natten.",
        "Dokumentet 20261123 er lagret.",
        "Prosessen tok tid. Ledelsen sa nei.",
        "",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text):
    assert found(text) == []


def test_what_the_office_knows_decides_the_rest():
    assert found("Hos Solvangen var det fullt.") == []
    assert found("Hos Solvangen var det fullt.", Words(register={"solvangen"})) == [("register", "Solvangen")]
    assert found("Nordlys Bistand tar over.") == [("name", "Nordlys Bistand")]
    assert found("Nordlys Bistand tar over.", Words(known={"nordlys bistand"})) == []


def test_weak_signs_are_a_finding_only_together():
    small = Words(small={"redalen"})
    assert found("Presten sa ja.", small) == []
    assert found("Folk i Redalen sa ja.", small) == []
    assert found("Presten i Redalen sa ja.", small) == [("small_place", "Presten"), ("small_place", "Redalen")]
    assert found("Presten sa ja. Folk i Redalen sa nei.", small) == []


def test_a_reason_is_asked_for_every_kind_and_a_blank_is_none():
    seen = look({"a": "Ola Hansen, 91 23 45 67", "b": "Per Hansen"})
    assert seen.counts == {"name": 2, "phone": 1}
    assert seen.words_of("name") == ["Ola Hansen", "Per Hansen"]
    assert [kind.code for kind in unanswered(seen, {"name": "Oppdiktet", "phone": " "})] == ["phone"]
    assert not look({"a": "Ingenting"}).found
    assert Look({"a": "x"}).pieces("a")[0].text == "x"


def test_the_lists_hold_together():
    data = read("screening")
    assert set(data["both"]) <= set(data["given"])
    assert len({kind.code for kind in kinds()}) == len(kinds()) > 12
    assert kind_of("name").label == "Navn"
    assert kind_of("of_another_version").label == "of_another_version"
