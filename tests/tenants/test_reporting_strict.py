"""Ways round the screening, and plain words that must be let through: the anonymous registrations have a finer net."""

import pytest

from shared.codes.screening import Words, kinds, look
from tenants.reporting import single, strict
from tenants.reporting.number_words import in_digits
from tenants.reporting.single import Single

WORDS = Words(register=frozenset({"zerina", "hansen"}), small=frozenset({"snertingdal"}))
ROUND = (
    "kari ringte", "zerinas mor", "k a r i", "født femte mars nittenhundreogførti", "hun er åttiseks år",
    "hun er femogåtti år gammel", "ni ni åtte åtte sju sju seks seks", "storgata tolv", "onsdag 3. mars", "3/3-26",
    "tredje mars", "mars 2026", "ordføreren", "saksnr 2026/1234", "ABC123", "meldt av k.h.", "KH ringte",
    "en nittiåring", "hundreåringen", "103 år", "fødselsår 43", "J.H var vitne", "K. ringte", "olsens nabo",
    "http://x.no/a", "К\u0430ri ringte", "bor i snertingdal", "per-anne ringte",
)  # fmt: skip
PLAIN = (
    "Fikk ny bolig", "Det var tom for penger, og hans bror hjalp til.", "Bedre rutiner, f.eks. to tilsyn m.m.",
    "NAV og BUP deltok", "To ganger i 2024", "Vurdert etter helsepersonelloven", "Fulgt opp av PU og hjemmetjenesten",
    "det andre møtet", "Mer enn 1000 kroner", "Ble utsatt for svindel på nett.", "Hver dag",
    "Vurdert etter plan B", "Se pkt. 2, s. 5", "Boligen er 100 m unna", "Fulgt opp i 12 år",
)  # fmt: skip


@pytest.mark.parametrize("text", ROUND)
def test_the_ways_round_the_screening_are_closed(text):
    assert strict.found({"a": text}, WORDS)["a"], in_digits(text)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_about_nobody_leave(text):
    assert strict.found({"a": text}, WORDS)["a"] == ()


def test_what_the_screening_finds_elsewhere_is_found_here_too():
    for text in ("Ola Nordmann", "Ring 99 88 77 66", "x@y.no", "Storgata 12 B"):
        assert {hit.kind for hit in look({"a": text}).hits["a"]} <= set(strict.found({"a": text}, Words())["a"])


def test_every_kind_says_what_to_write_instead():
    for code in ("date", "number", "signs", "link", "place", "role", *(each.code for each in kinds())):
        assert strict.kind(code).advice


@pytest.mark.parametrize(
    ("words", "digits"),
    [("tjueen", "21"), ("åttiseks", "86"), ("femogåtti", "85"), ("nittenhundreogførti", "1940"), ("femte", "5."),
     ("tjueførste", "21."), ("ni ni åtte", "9 9 8"), ("en to tre fire", "1234"), ("hundre", "hundre")],
)  # fmt: skip
def test_numbers_in_words_are_read_as_digits(words, digits):
    assert in_digits(words) == digits


def test_a_text_that_is_held_is_in_no_row():
    from uuid import uuid4

    from shared.codes.periods import parse

    one = Single(uuid4(), "Sak", parse("2026Q1")[0], {"utfall": ("other",)}, {"utfall.other": "bodde hos kari"})
    held = single.held_back([one], Words())
    assert [each.place.key for each in held] == ["utfall.other"]
    assert "kari" not in "".join(single.rows([one], held, key=b"k")[0])
