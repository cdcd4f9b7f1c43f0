"""Rules of cards, voice and warnings, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.no import fodselsnummer

from tenants.persons.card import Card, differences, facts, filled_from, from_told
from tenants.persons.states import (
    HIDDEN_ADDRESS,
    PROTECTION,
    check_named,
    check_open,
    checked_id_number,
    name_for,
    strictest,
)
from tenants.persons.terms import names_place, same_place
from tenants.persons.voice import Contact, Said, check_contact, check_review, check_said, sentence_of
from varde.refusal import Refused

TODAY = date(2026, 11, 22)
TEXT = st.text(alphabet="abcæøå 12,", max_size=30)
CARDS = st.builds(
    Card, known=st.sampled_from(["known", "half", "unknown"]), name=TEXT, phone=TEXT, address=TEXT, notes=TEXT,
    protection=st.sampled_from([code for code, _ in PROTECTION]),
    own_child=st.sampled_from(["", "yes", "no", "unknown"]),
)  # fmt: skip


def number(day: int, month: int, year: int, individual: int) -> str | None:
    """A synthetic number with right check digits, or None where there is none."""
    start = f"{day:02}{month:02}{year:02}{individual:03}"
    first = fodselsnummer.calc_check_digit1(start)
    second = fodselsnummer.calc_check_digit2(start + first)
    return start + first + second if len(first + second) == 2 else None


@given(
    st.integers(1, 28), st.integers(1, 12), st.integers(0, 99), st.integers(0, 999),
    st.sampled_from([0, 40]), st.sampled_from([40, 80]),
)  # fmt: skip
def test_synthetic_numbers_and_d_numbers_are_taken_and_one_wrong_digit_is_not(d, m, y, i, d_number, synthetic):
    right = number(d + d_number, m + synthetic, y, i)
    if right is None:
        return
    assert checked_id_number(f"{right[:6]} {right[6:]}") == right
    for at in range(9):
        wrong = right[:at] + str((int(right[at]) + 1) % 10) + right[at + 1 :]
        with pytest.raises(Refused):
            checked_id_number(wrong)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("1234", "elleve siffer"), ("1281909999x", "elleve siffer"), ("٠١٨١٩٠١٢٣٤٥", "elleve siffer"),
     ("01819012346", "stemmer ikke")],
)  # fmt: skip
def test_a_wrong_number_has_a_sentence(typed, said):
    with pytest.raises(Refused, match=said):
        checked_id_number(typed)


def test_no_number_is_fine():
    assert checked_id_number(" ") == ""


@pytest.mark.parametrize(
    ("known", "name", "description", "called"),
    [
        ("known", "Ola Utsatt", "", "Ola Utsatt"),
        ("unknown", "Ukjent mann, nabo?", "", "Ukjent mann, nabo?"),
        ("unknown", "", "Høy mann i blå jakke\nmed hund", "Ukjent person (Høy mann i blå jakke)"),
        ("unknown", "", "", "Ukjent person"),
        ("half", "", "Nevøen", "Nevøen"),
    ],
)
def test_everybody_is_called_something(known, name, description, called):
    check_named(known, name, description)
    assert name_for(known, name, description) == called


def test_a_known_person_has_a_name_and_a_half_known_something():
    with pytest.raises(Refused, match="Skriv navnet"):
        check_named("known", "", "Høy")
    with pytest.raises(Refused, match="Skriv det dere vet"):
        check_named("half", "", "")


@pytest.mark.parametrize(("progress", "said"), [("received", "Åpne bekymringen"), ("closed", "Gjenåpne den")])
def test_cards_are_laid_in_open_matters_only(progress, said):
    with pytest.raises(Refused, match=said):
        check_open(progress)


@given(CARDS)
def test_a_card_comes_back_as_it_was_stored(card):
    assert Card.of(card.given() | {"a field of tomorrow": "x"}) == card


@given(CARDS, CARDS)
def test_a_merge_loses_nothing_of_the_kept_card_and_never_lowers_the_protection(kept, other):
    merged = filled_from(kept, other)
    for name in ("name", "phone", "address", "notes"):
        assert getattr(merged, name) == (getattr(kept, name) or getattr(other, name))
    assert merged.protection == strictest(kept.protection, other.protection)


@given(CARDS)
def test_a_protected_address_is_in_no_fact_and_no_difference(card):
    hidden = Card.of(card.given() | {"address": "Storgata 77", "protection": "strict"})
    assert "Storgata 77" not in str(facts(hidden))
    assert {"label": "Adresse", "value": HIDDEN_ADDRESS} in facts(hidden)
    assert "Storgata 77" not in str(differences(card, hidden, hide_address=True))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Storgata 1 B, 2815 Gjøvik", "storgata 1b", True),
        ("c/o Ola\nStorgata 12 2815 Gjøvik", "Storgata 12, Gjøvik", True),
        ("Storgata 1", "Storgata 11", False),
        ("Gjøvik", "Gjøvik", False),
        ("2815 Gjøvik", "2815 Gjøvik", False),
        ("Solbakken gård, Biri", "Solbakken gård", True),
        ("", "", False),
    ],
)
def test_the_same_place(one, other, same):
    assert same_place(one, other) is same
    assert names_place(one, other) is same


@pytest.mark.parametrize(
    ("text", "address", "named"),
    [
        ("Gå til Storgata 1 B før kl. 12, aldri etter", "Storgata 1b, 2815 Gjøvik", True),
        ("Hun gjemmer seg i STORGATA\n1b. Ikke si det", "Storgata 1 B", True),
        ("Han venter utenfor Solbakken gård om kvelden", "Solbakken gård, Biri", True),
        ("Naboen i Storgata 11 kan ringes", "Storgata 1", False),
        ("Ring før 1, i Storgata", "Storgata 1", False),
    ],
)
def test_an_address_is_known_again_in_the_middle_of_a_sentence(text, address, named):
    assert names_place(text, address) is named


@pytest.mark.parametrize(
    ("said", "stage", "field"),
    [
        (Said(words="own"), "start", "wants"),
        (Said(consent="no", words="own", wants="Fred"), "start", "consent_why"),
        (Said(consent="yes"), "start", "consent"),
        (Said(words="own", wants="Fred", helped="yes"), "underway", "helped"),
        (Said(helped="yes"), "end", "helped"),
        (Said(words="own", wants="Fred", consent="yes"), "start", ""),
        (Said(words="own", helped="yes", helped_words="Jeg sover"), "end", ""),
    ],
)
def test_a_voice_hangs_together(said, stage, field):
    assert "".join(check_said(said, stage)) == field


def test_a_refusal_with_danger_has_its_own_sentence_and_demands_a_follow_up():
    assert "faren kan øke" in sentence_of("refused_danger")
    assert sentence_of("refused") != sentence_of("refused_danger")
    assert "follow_up" in check_contact(Contact(state="refused_danger"))
    assert check_contact(Contact(state="refused_danger", follow_up="Ring i morgen")) == {}


@pytest.mark.parametrize(("days", "said"), [(-1, "passert"), (366, "innen et år")])
def test_a_warning_is_looked_at_again_in_time(days, said):
    with pytest.raises(Refused, match=said):
        check_review(TODAY + timedelta(days=days), TODAY)


def test_a_warning_may_be_looked_at_today():
    check_review(TODAY, TODAY)


@pytest.mark.parametrize(("who", "lives", "filled"), [
    ("Gudrun Lien, 81 år", "Snertingdal", {"name": "Gudrun Lien", "description": "81 år", "address": "Snertingdal"}),
    ("Amina, 34 år", "", {"name": "Amina", "description": "34 år"}),
    ("Anne-Kari von Berg", "", {"known": "unknown", "description": "Anne-Kari von Berg"}),
    ("En mann i 60-årene, jeg vet ikke navnet", "", {
        "known": "unknown", "description": "En mann i 60-årene, jeg vet ikke navnet"}),
    ("Ola Utsatt\nbor alene", "", {"known": "unknown", "description": "Ola Utsatt\nbor alene"}),
    ("Ola Utsatt", "I Storgata\nover butikken", {"name": "Ola Utsatt", "description": "I Storgata\nover butikken"}),
    ("", "", {}), ("Naboen", "", {"known": "unknown", "description": "Naboen"}),
])  # fmt: skip
def test_the_first_card_begins_with_what_was_told(who, lives, filled):
    assert from_told(who, lives) == filled


@given(TEXT, TEXT)
def test_no_word_that_was_told_is_left_out_of_the_first_card(who, lives):
    found = from_told(who, lives)
    standing = " ".join(found.values())
    assert all(word in standing for word in f"{who} {lives}".replace(",", " ").split())
