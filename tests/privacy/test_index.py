"""The blind index: equal things are found however they were typed, in one office, and tell nothing in another."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import inside
from varde.privacy import normal
from varde.privacy.index import LENGTH, tokens

NAMES = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@given(NAMES)
def test_words_are_the_same_however_they_are_typed(name):
    found = normal.words(name)
    assert found == normal.words(" ".join(found))
    assert found == normal.words(unicodedata.normalize("NFC", name))
    assert sorted(found) == sorted(normal.words(" ".join(reversed(found))))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøåéüö -'", max_size=40))
def test_case_spacing_and_composition_do_not_matter(name):
    for typed in (name.upper(), f"  {name} ", unicodedata.normalize("NFD", name), name.replace("-", " ")):
        assert normal.words(typed) == normal.words(name)


@given(st.integers(20_000_000, 99_999_999), st.sampled_from(["", "+47", "0047", "+47 ", "0047 "]))
def test_a_norwegian_number_is_eight_digits_with_or_without_its_prefix(number, prefix):
    digits = str(number)
    spaced = " ".join(digits[at : at + 2] for at in range(0, 8, 2))
    assert normal.phone(prefix + digits) == normal.phone(prefix + spaced) == digits


@given(st.text(max_size=30))
def test_an_id_number_has_eleven_digits_or_is_none(text):
    assert len(normal.id_number(text)) in (0, 11)
    assert normal.id_number(normal.id_number(text)) == normal.id_number(text)


@pytest.mark.parametrize(
    ("rule", "typed", "out"),
    [
        (normal.words, "Anne-Marie ØDEGÅRD", ["anne", "marie", "ødegård"]),
        (normal.words, "A\u030ase", ["åse"]),
        (normal.words, "ＡＳＥ", ["ase"]),
        (normal.words, "Ase Åse ase", ["ase", "åse"]),
        (normal.words, " ,;- ", []),
        (normal.phone, "+46 8 123 456", "00468123456"),
        (normal.phone, "4761189500", "61189500"),
        (normal.phone, "47 61 18 95", "47611895"),
        (normal.id_number, "010190 12345", "01019012345"),
        (normal.id_number, "0101901234", ""),
    ],
)
def test_as_in_the_examples(rule, typed, out):
    assert rule(typed) == out


def test_equal_things_have_equal_tokens_within_the_office(gjovik):
    assert tokens("name", "Åse Nordmann") == tokens("name", "ÅSE  nordmann")
    assert set(tokens("name", "Nordmann")) < set(tokens("name", "Nordmann, Åse"))
    assert tokens("phone", "+47 61 18 95 00") == tokens("phone", "61189500")
    assert all(len(token) == LENGTH for token in tokens("name", "Åse Nordmann"))


def test_what_is_too_short_has_no_token(gjovik):
    assert [tokens("phone", "112"), tokens("id_number", "0101"), tokens("name", " - ")] == [[], [], []]


def test_kinds_and_offices_cannot_be_compared(house):
    with inside("gjovik"):
        mine = tokens("phone", "01019012345") + tokens("id_number", "01019012345") + tokens("name", "01019012345")
    with inside("nabo"):
        theirs = tokens("id_number", "01019012345")
    assert len({*mine, *theirs}) == 4
