"""Letters to bytes and back, and what is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts import (
    LETTER_TYPES,
    AcuteAction,
    AgreementAnswer,
    AgreementNotice,
    AgreementTask,
    CaseTransfer,
    ConcernHandover,
    Counts,
    EarlierDecision,
    EarlierNote,
    EscalationNotice,
    Letter,
    MatterText,
    Misrouted,
    OfficeHealth,
    Opened,
    PlannedCount,
    QuestionCounts,
    Redirected,
    ReleasedFigure,
    ReleasedLine,
    ReleasedQuestion,
    ReleasedTable,
    ReleaseGiven,
    ReleaseWithdrawn,
    Return,
    SinceStart,
    SystemMatter,
    SystemMatterAnswer,
    TemplateOffer,
    TestAsked,
    TestConcern,
    TransferFile,
    TransferPiece,
)
from shared.contracts.codec import BadLetter, decode, encode

NOW = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
ID, SENDER, RECIPIENT = (UUID(int=number) for number in (1, 2, 3))
LINE = ReleasedLine(code="woman", label="Kvinne", value=12, share=60, share_answered=None)
QUESTION = ReleasedQuestion(
    key="kjonn", label="Kjønn", group="form", level="all", unit="cases", asked=20, answered=None, ticks=None,
    multi=None, lines=(LINE, replace(LINE, code="man", label="Mann", value=None, share=None)),
    blank=replace(LINE, code="", label="Ikke oppgitt", value=None, share=None),
    rest=replace(LINE, code="", label="Øvrige", value=8, share=40),
)  # fmt: skip
FIGURE = ReleasedFigure(
    id="x", label="Økonomisk", question="overgrep", any=("economic",), among={"alder": ("75_plus",)}, count=None, of=9,
    share=None,
)  # fmt: skip
TABLE = ReleasedTable(
    id="2025H1", kind="half", label="1. halvår 2025", periods=("2025H1",), cases=20, questions=(QUESTION,),
    left_out=("bosted",), planned=(FIGURE,), population=29000, kommuner=("Gjøvik",),
    starts={"Gjøvik": date(2018, 10, 1), "Østre Toten": None}, notes=("Noe venter.",),
)  # fmt: skip
COUNTS = Counts(
    cases=3,
    questions={"kjonn": QuestionCounts(answered=2, ticks=2, multi=0, answers={"woman": 2, "man": 0})},
    planned={"vuln.drugs": PlannedCount(count=1, of=3)},
)
HANDOVER = ConcernHandover(reference="7K2-M4Q", taken_at=NOW, reporter_kind="ansatt", what="Slår.\n\tØÆÅ «x» 🌧")
LETTERS: list[Letter] = [
    HANDOVER,
    Opened(handover=ID, reference="7K2-M4Q", at=NOW),
    Return(
        form_version="bufdir_2018",
        period="2019Q3",
        kommune_number="0301",
        counts=COUNTS,
        since_start=SinceStart(from_date=date(2018, 10, 1), counts=COUNTS),
        sent_at=NOW,
    ),
    TestConcern(reference="prøve", sent_at=NOW),
    ReleaseGiven(number=3, period="2025H1", given_at=NOW, approved_by="Sara", tables=(TABLE,)),
    ReleaseWithdrawn(number=3, withdrawn_at=NOW),
    TestAsked(asked_at=NOW),
    OfficeHealth(
        list_version="2026-11-23",
        steps={"decision": "done", "rite": "under_way"},
        team=4,
        certified=2,
        trained=3,
        police=True,
        started_on=None,
        as_of=NOW,
    ),
    SystemMatter(
        matter=ID,
        said="raised",
        raised=MatterText(
            title="Ingen svarer om natten",
            category="phone",
            urgency="next",
            what="Telefonen er stengt",
            tried="Spurt legevakten",
            wish="Felles nattvakt",
        ),
        doubts={"name": 2},
        sent_at=NOW,
    ),
    SystemMatter(matter=ID, said="more", text="Det haster mer nå", doubts={}, sent_at=NOW),
    SystemMatterAnswer(
        matter=ID,
        said="decided",
        text="Felles nattvakt fra mai",
        meeting="Lederteamet 20. januar 2027",
        decision="sak 4/27",
        measures=("Lage turnus", "Lyse ut"),
        at=NOW,
    ),
    SystemMatterAnswer(matter=ID, said="sent_back", at=NOW),
    Misrouted(handover=ID, reference="7K2-M4Q", reason="Bor i Hamar"),
    Misrouted(handover=ID, reference="7K2-M4Q", why="bor_ikke_her", suggested="3403", content=HANDOVER),
    Redirected(handover=ID, reference="7K2-M4Q", at=NOW),
    EscalationNotice(handover=ID, reference="7K2-M4Q", waiting_since=NOW, level="leader", at=NOW),
    replace(HANDOVER, service="krisesenter", times=2, acute_actions=(AcuteAction(what="Ambulanse", at=NOW),)),
    TemplateOffer(text='{"key": "regionen"}', sent_at=NOW),
    CaseTransfer(
        reference="Sak 2026-1A2B3C",
        reason="moved",
        covered=True,
        received_at=NOW,
        reporter_kind="privat",
        occurred_on=date(2026, 1, 7),
        decisions=(EarlierDecision(at=NOW, category="ma", outcome="case", reason="Fare"),),
        notes=(EarlierNote(at=NOW, text="Ringte"), EarlierNote(at=NOW, text="Ringte igjen")),
        files=(
            TransferFile(
                number=1, kind="pdf", size=7, name="brev.pdf", declared="", at=NOW, came_from="Vergen", left_out=""
            ),
        ),
    ),
    TransferPiece(transfer=ID, number=1, ordinal=0, data=bytes(range(256))),
    AgreementNotice(
        agreement=ID,
        asks="terms",
        version=2,
        starts_at=NOW,
        answer_by=date(2026, 4, 1),
        title="Samarbeidsavtale",
        legal_form="Administrativt vertskommunesamarbeid (kommuneloven § 20-2)",
        model="2",
        host="Gjøvik",
        parties=("Gjøvik", "Østre Toten"),
        tasks=(AgreementTask(title="Vakttelefon", responsible=("Gjøvik",), consulted=("Østre Toten",), informed=()),),
        share="40 %",
        phone="Felles vakttelefon",
        lends=(),
        message="Velkommen.",
        sent_at=NOW,
    ),
    AgreementAnswer(
        agreement=ID, notice=ID, said="yes", starts_at=NOW, decided_by="Kommunedirektøren", reason="Vedtak", at=NOW
    ),
]


def sealed(letter: Letter) -> bytes:
    return encode(letter, id=ID, sender=SENDER, recipient=RECIPIENT)


def bent(change: Callable[[dict[str, Any]], object], letter: Letter = HANDOVER) -> bytes:
    data = json.loads(sealed(letter))
    change(data)
    return json.dumps(data).encode()


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.TYPE)
def test_a_letter_comes_back_as_it_was(letter: Letter) -> None:
    found = decode(sealed(letter))
    assert (found.id, found.sender, found.recipient, found.letter) == (ID, SENDER, RECIPIENT, letter)
    assert type(found.letter) is LETTER_TYPES[letter.TYPE]
    assert sealed(found.letter) == sealed(letter)


def test_every_letter_type_has_an_example_here() -> None:
    assert {letter.TYPE for letter in LETTERS} == set(LETTER_TYPES)


def test_the_bytes_are_canonical() -> None:
    text = sealed(LETTERS[1]).decode()
    assert text.startswith('{"body":{"at":"2026-03-29T01:30:00.123456+00:00","handover":"00000000-')
    assert " " not in text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_any_text_survives(text: str) -> None:
    assert decode(sealed(replace(HANDOVER, what=text))).letter == replace(HANDOVER, what=text)


@pytest.mark.parametrize("change", [
    lambda d: d.update(type="concern"), lambda d: d.update(type=["x"]), lambda d: d.update(version=2),
    lambda d: d.update(version=True), lambda d: d.update(version=1.0), lambda d: d.update(extra=1),
    lambda d: d.pop("id"), lambda d: d.update(id="1"), lambda d: d.update(id=str(UUID(int=255)).upper()),
    lambda d: d.update(sender=None), lambda d: d.update(body=[]), lambda d: d["body"].pop("what"),
    lambda d: d["body"].update(hidden="x"), lambda d: d["body"].update(what=1),
    lambda d: d["body"].update(what=None),
    lambda d: d["body"].update(acute=1), lambda d: d["body"].update(acute="true"),
    lambda d: d["body"].update(reporter_kind="anonym"),
    lambda d: d["body"].update(taken_at="2026-03-29T01:30:00"),
    lambda d: d["body"].update(taken_at="i går"), lambda d: d["body"].update(taken_at=12),
    lambda d: d["body"].update(what="a\x00b"), lambda d: d["body"].update(what="\ud800"),
])  # fmt: skip
def test_a_bent_letter_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(BadLetter):
        decode(bent(change))


@pytest.mark.parametrize("change", [
    lambda b: b["counts"].update(cases=-1), lambda b: b["counts"].update(cases=1.0),
    lambda b: b["counts"].update(cases=float("nan")), lambda b: b["counts"].update(cases=float("inf")),
    lambda b: b["counts"].update(cases=True), lambda b: b["counts"].update(cases=2**53),
    lambda b: b["counts"].update(questions=[]), lambda b: b["counts"]["questions"].update(alder={}),
    lambda b: b["counts"]["questions"]["kjonn"].update(ticks=7),
    lambda b: b["counts"]["questions"]["kjonn"]["answers"].update(man="0"),
    lambda b: b["counts"]["planned"]["vuln.drugs"].update(count=4),
    lambda b: b["since_start"].update({"from_date": "2018-13-01"}),
    lambda b: b["since_start"].update({"from_date": "20181001"}), lambda b: b["since_start"].pop("from_date"),
])  # fmt: skip
def test_a_bent_return_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(BadLetter):
        decode(bent(lambda data: change(data["body"]), LETTERS[2]))


@pytest.mark.parametrize("data", [
    b"", b"{", b"\xff", b"null", b"[]", b'"x"', b"NaN", b"[" * 200_000, b"9" * 5000,
    b'{"type":"opened","type":"opened"}', sealed(HANDOVER) + b"x", sealed(HANDOVER)[:-1],
])  # fmt: skip
def test_what_is_not_a_letter_is_refused(data: bytes) -> None:
    with pytest.raises(BadLetter):
        decode(data)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail_in_another_way(data: bytes) -> None:
    with pytest.raises(BadLetter):
        decode(data)


@pytest.mark.parametrize("letter", [
    replace(HANDOVER, taken_at=datetime(2026, 1, 1)), replace(HANDOVER, what="\ud800"),  # noqa: DTZ001
    replace(HANDOVER, what=None), replace(HANDOVER, acute=1), replace(HANDOVER, reporter_kind="anonym"),
    "brev", COUNTS,
])  # fmt: skip
def test_a_letter_that_breaks_its_own_rules_is_not_sealed(letter: Any) -> None:
    with pytest.raises(BadLetter):
        sealed(letter)


def test_a_letter_from_before_a_field_is_read_and_says_nothing_in_it() -> None:
    assert "about_staff" not in json.loads(sealed(HANDOVER))["body"]
    found = decode(sealed(HANDOVER)).letter
    assert isinstance(found, ConcernHandover)
    assert found.about_staff == ""


def test_a_later_field_travels_when_it_says_something() -> None:
    letter = replace(HANDOVER, about_staff="coordinator")
    assert json.loads(sealed(letter))["body"]["about_staff"] == "coordinator"
    assert decode(sealed(letter)).letter == letter


@pytest.mark.parametrize("value", ["", "mayor", None, 1, ["staff"]])
def test_a_later_field_that_says_nothing_or_nonsense_is_refused(value: Any) -> None:
    with pytest.raises(BadLetter):
        decode(bent(lambda data: data["body"].update(about_staff=value)))


def test_an_error_names_the_field_and_not_its_content() -> None:
    with pytest.raises(BadLetter, match=r"^body\.what: ") as found:
        decode(bent(lambda data: data["body"].update(what="hemmelig\x00")))
    assert "hemmelig" not in str(found.value)


def test_two_ids_do_not_mix() -> None:
    other = uuid4()
    assert decode(encode(HANDOVER, id=other, sender=SENDER, recipient=RECIPIENT)).id == other
