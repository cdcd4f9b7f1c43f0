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


# What a person meets in a text is the same number and the same name however it is written.
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *[(f"Nummer {told} sto der", "id_number") for told in (
            "010180/12345", "010180 - 12345", "010180\u201312345", "010180_12345", "010180\u00a012345",
            "010180\u200b12345", "01.01.80 - 12345", "01.01.1980 12345", "0101 8012 345",
        )],
        *[(f"Det gjelder en som er {told} her", "birth") for told in (
            "født 120345", "f. 010180", "født 12.03.45", "født den 12. mars i 1945", "født i 45", "født på 40-tallet",
        )],
        *[(f"Dagen {told} står der", "birth") for told in ("12.03.45", "12 mars 1945", "12.mars 1945", "12/3-45")],
        *[(f"Ring {told} nå", "phone") for told in (
            "9988 7766", "99-88-77-66", "99.88.77.66", "998 87766", "99\u00a088\u00a077\u00a066", "99\u2009887766",
        )],
        *[(f"Vi snakket med {told} om det", "name") for told in (
            "KARI NORDMANN", "kari nordmann", "K. Nordmann", "KARI", "Kari-Ann", "Hansen-saken", "Kari\u200b Nordmann",
            "A\u030ase Nordmann",
        )],
        *[(f"Det gjelder en {told} her", "age") for told in (
            "kvinne 82 år", "dame 82, Fluberg", "kvinne i 80-årene", "kvinne i åttiårene", "dame 120345",
        )],
        ("Det er slik at hun er 82 år nå", "age"),
        *[(f"Bor i {told} her", "address") for told in ("Storgt. 5", "Storgata nr. 5", "ødegårdsveien 12")],
        ("Skriv til ola(at)nordmann.no nå", "email"),
        ("Det er den eneste somaliske familien i bygda", "combination"),
    ],
)  # fmt: skip
def test_plain_ways_to_write_it_are_known_too(text, kind):
    hits = look({"t": text}).hits["t"]
    assert kind in {hit.kind for hit in hits}
    assert all(hit.words == text[hit.start : hit.end] for hit in hits)


@pytest.mark.parametrize(
    "text",
    [
        "Vi satte av 120 000 - 150 000 i 2026-2027, og 25 000 000 kr til sammen.",
        "Det er 2026 2027 det gjelder, fra 20.01.2027 til 31.01.2027.",
        "Møtene er 20.00-21.30 og 12.15-13.00.",
        "Brukeren har 24 timer i uken, og pasienten 12 uker.",
        "Tilbudet er for alle over 67 år og eldre i 80-årene.",
        "Barnet ble født 12 uker for tidlig.",
        "Den eneste avdelingen som tar imot.",
        "VI TRENGER TOLK",
    ],
)
def test_amounts_years_and_times_are_left_alone(text):
    assert found(text) == []


def test_an_acronym_that_is_a_name_in_the_register_is_found():
    known = Words(register={"moe", "tindeland"})
    assert found("Vi har snakket med MOE om det.", known) == [("register", "MOE")]
    assert found("Det står i Tindeland-saken.", known) == [("register", "Tindeland-saken")]


def test_weak_signs_of_one_person_are_a_finding_across_sentences_and_texts():
    small = Words(small={"snertingdal"})
    for texts in (
        {"a": "Kjønn: kvinne\nAlder: 82\nSted: Snertingdal\nDiagnose: ALS"},
        {"a": "Hun bor i Snertingdal. Hun er døv."},
        {"a": "Den døve enken", "b": "Det er langt fra snertingdal til tolken."},
    ):
        assert look(texts, small).counts.get("small_place"), texts
    assert look({"a": "Tilbudet i Snertingdal er lite.", "b": "Vi mangler tolk for døve."}, small).counts == {}
