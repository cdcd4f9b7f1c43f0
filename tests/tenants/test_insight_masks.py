"""Masks are proposals: they find names however they are written, never touch one's own, and never lose a letter."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shared.codes.insight import insight_texts, parse
from shared.codes.strict import BadList
from tenants.insight.masks import Known, Someone, masked, mentions, names_in, parts, tells_who_reported
from tenants.insight.states import OTHER_PERSON, Decided, check_decided, month_after
from varde.privacy import normal
from varde.refusal import Refused

OWN = Someone(("Ola Hansen",), ("61 18 95 00", "01819012012"), ("Storgata 77 B, 2815 Gjøvik",))
SON = Someone(("Per-Arne Hansen",), ("912 34 567",), ("Bakkegata 3, 2815 Gjøvik",))
REPORTER = Someone(("Nina Nabo",), ("41 00 00 01",))
KNOWN = Known(OWN, (SON,), REPORTER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Per-Arne Hansen slo ham", "[annen person] slo ham"),
        ("Per Arnes nøkler", "[annen person] nøkler"),
        ("PER-ARNE var der", "[annen person] var der"),
        ("per-arne hansen ringte", "[annen person] ringte"),
        ("Ola Hansen og Hansen bor der", "Ola Hansen og Hansen bor der"),
        ("10 kroner per dag", "10 kroner per dag"),
        ("Ring 91234567 eller +47 912 34 567.", "Ring [annen person] eller [annen person]."),
        ("Ring 61189500 den 12.11.2026", "Ring 61189500 den 12.11.2026"),
        ("Født 02819012341, ikke 01819012012", "Født [annen person], ikke 01819012012"),
        ("Bor i Bakkegata 3, ikke Storgata 77B", "Bor i [annen person], ikke Storgata 77B"),
        ("Skriv til per@eksempel.no", "Skriv til [annen person]"),
        ("Nina Nabo meldte fra, sa Nina", "[annen person] meldte fra, sa [annen person]"),
    ],
)
def test_it_takes_out_others_and_leaves_ones_own(text, expected):
    assert masked(text, KNOWN) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Til: Nav Gjøvik", "Til: Nav Gjøvik"),
        ("Fødselsnummer eller D-nummer: vet ikke", "Fødselsnummer eller D-nummer: vet ikke"),
        ("Si at dere ringer fra TryggEst i Gjøvik kommune", "Si at dere ringer fra TryggEst i Gjøvik kommune"),
        ("Si «Er kaffen klar?» til Kåre", "Si «Er kaffen klar?» til [annen person]"),
        ("Han sa «Kåre Berg slo»", "Han sa «[annen person] slo»"),
        ("Hun kalte ham «Kåre» i går", "Hun kalte ham «[annen person]» i går"),
        ('Hun sa "Kåre slo meg"', 'Hun sa "[annen person] slo meg"'),
        ("Hun sa: «Slutt med det»", "Hun sa: «Slutt med det»"),
        ("«Slutt!» «Gå vekk!»", "«Slutt!» «Gå vekk!»"),
        ("Hun sa «hør her.» Så gikk hun", "Hun sa «hør her.» Så gikk hun"),
        ("Nav Gjøvik ved Kåre Berg", "Nav Gjøvik ved [annen person]"),
        ("Hvem: Mona Nabo", "Hvem: [annen person]"),
        ("Til: Per-Arne Hansen", "Til: [annen person]"),
    ],
)
def test_our_own_words_and_those_we_work_with_are_no_names_of_people(text, expected):
    known = replace(KNOWN, nobody=("TryggEst", "Gjøvik kommune", "Gjøvik", "Nav Gjøvik"))
    cut = parts(text, known, labels=("Til", "Hvem", "Fødselsnummer eller D-nummer"))
    assert "".join(OTHER_PERSON if part.marked else part.text for part in cut) == expected


def test_who_reported_is_known_apart_and_one_who_reported_themselves_is_nobody_else():
    assert tells_who_reported("Det var Nina som ringte", KNOWN)
    assert tells_who_reported("nummer 41000001", KNOWN)
    assert not tells_who_reported("Per-Arne slo ham", KNOWN)
    assert not tells_who_reported("Ola sa det selv", Known(OWN, (), Someone(("Ola Hansen",))))
    assert mentions("Olas lege", OWN)
    assert names_in("Kanskje Per Hansen eller en nabo, Eva van der Berg") == ["Kanskje Per Hansen", "Eva van der Berg"]


LETTERS = st.text("abcdefghijklmnopqrstuvwxyzæøå", min_size=3, max_size=8)
NAMES = st.builds(lambda first, last: f"{first.capitalize()} {last.capitalize()}", LETTERS, LETTERS)
WORDS = st.lists(st.one_of(LETTERS, st.sampled_from([",", ".", "\n", "«", "»", "–"])), max_size=12)


@settings(max_examples=150, deadline=None)
@given(name=NAMES, own=NAMES, before=WORDS, after=WORDS, gap=st.sampled_from([" ", "  ", "-", "\n", ", "]))
def test_a_name_never_comes_through_and_no_letter_is_lost(name, own, before, after, gap):
    assume(not set(normal.words(name)) & set(normal.words(own)))
    known = Known(Someone((own,)), (Someone((name,)),))
    said = " ".join([*before, name.replace(" ", gap), "og", own, *after])
    assert "".join(part.text for part in parts(said, known)) == said
    out = masked(said, known)
    assert name not in out
    assert not any(part.marked for part in parts(out.replace(OTHER_PERSON, ""), known))
    assert own in out
    assert masked(out, known) == out


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200), name=st.text(max_size=30), number=st.text(max_size=20))
def test_any_text_and_any_card_can_be_looked_at(text, name, number):
    known = Known(Someone(), (Someone((name,), (number,), (name,)),), Someone((number,)))
    assert "".join(part.text for part in parts(text, known)) == text


@pytest.mark.parametrize(
    ("decided", "sentence"),
    [
        (Decided("all"), "Velg hva"),
        (Decided("mask", "  "), "Teksten er tom"),
        (Decided("withhold"), "Velg hjemmelen"),
        (Decided("withhold", ground="whim", reason="x"), "Velg hjemmelen"),
        (Decided("withhold", ground="internal"), "Skriv kort hvorfor"),
    ],
)
def test_a_choice_without_what_belongs_to_it_is_refused(decided, sentence):
    with pytest.raises(Refused, match=sentence):
        check_decided(decided)


@settings(deadline=None)
@given(day=st.dates(), months=st.integers(1, 3))
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(day, months):
    assume(day.year < 9999)
    later = month_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or later.day in (28, 29, 30)
    assert later > day


def test_a_list_of_grounds_without_its_law_is_refused():
    assert insight_texts().ground("others").law == "personvernforordningen artikkel 15 nr. 4"
    with pytest.raises(BadList, match="law"):
        parse({"version": "1", "source": "x", "withheld": [{"code": "a", "label": "b"}]})
