"""Answers that do not fit together: a table of rules, each with the sentence that is shown. Pure.

A rule points something out; nobody is stopped by it, because a case can be what it looks like.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shared.codes.forms import CURRENT, form

type Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is looked at in a case. `measures` and `carried_out` are None where measures are not known to the asker."""

    answers: Answers
    category: str
    state: Literal["open", "closed"] | str
    counted_from: date
    opened_on: date
    closed_on: date | None = None
    measures: int | None = None
    carried_out: int | None = None

    def has(self, question: str, *codes: str) -> bool:
        """Is one of the codes ticked?"""
        return not set(codes).isdisjoint(self.answers.get(question, ()))

    def only_others(self, question: str, *codes: str) -> bool:
        """Is the question answered, and with none of the codes?"""
        return bool(self.answers.get(question)) and not self.has(question, *codes)


@dataclass(frozen=True, slots=True)
class Rule:
    """`breaks` is true of a case that does not fit; `sentence` says why."""

    code: str
    sentence: str
    breaks: Callable[[Facts], bool]


_STAFF = ("housing_staff", "other_staff")
_HEAVY = ("person_moved", "offender_moved", "criminal_case", "staff_dismissed", "staff_removed")

RULES = (
    Rule(
        "police_first",
        "Første varsel gikk til politiet, men det er meldt til noen andre (spørsmål 7 og 10).",
        lambda case: case.has("politi", "police_first") and case.only_others("meldt_til", "police"),
    ),
    Rule(
        "police_told",
        "Det ble meldt til politiet, men saken er ført som ikke anmeldt (spørsmål 7 og 10).",
        lambda case: case.has("meldt_til", "police") and case.has("politi", "not_reported"),
    ),
    Rule(
        "criminal_case",
        "Utfallet er straffesak, men forholdet er ikke anmeldt (spørsmål 10 og 13).",
        lambda case: case.has("utfall", "criminal_case") and case.has("politi", "not_reported", "advised_declined"),
    ),
    Rule(
        "police_handled",
        "Politiet håndterte saken, men den er ført som ikke anmeldt (spørsmål 10 og 11).",
        lambda case: case.has("handtert_av", "police") and case.has("politi", "not_reported"),
    ),
    Rule(
        "category",
        "Kategorien i skjemaet er en annen enn den som ble bestemt i avklaringen (spørsmål 12).",
        lambda case: bool(case.category) and case.only_others("kategori", case.category, "other"),
    ),
    Rule(
        "nobody",
        "Ingen håndterte saken, og noen håndterte den (spørsmål 11).",
        lambda case: case.has("handtert_av", "nobody") and len(case.answers["handtert_av"]) > 1,
    ),
    Rule(
        "no_consequence",
        "Det fikk ingen følger, og det fikk en følge (spørsmål 13).",
        lambda case: case.has("utfall", "no_consequence") and len(case.answers["utfall"]) > 1,
    ),
    Rule(
        "nobody_but_outcome",
        "Ingen håndterte saken, men utfallet er noe som noen må ha gjort (spørsmål 11 og 13).",
        lambda case: case.has("handtert_av", "nobody") and case.only_others("utfall", "no_consequence", "other"),
    ),
    Rule(
        "staff_outcome",
        "En ansatt er fjernet eller oppsagt, men gjerningspersonen er ikke ført som ansatt (spørsmål 5 og 13).",
        lambda case: (
            case.has("utfall", "staff_dismissed", "staff_removed") and case.only_others("relasjon", *_STAFF, "other")
        ),
    ),
    Rule(
        "self_told",
        "Brukeren meldte selv, men grunnlaget er ikke at den utsatte fortalte (spørsmål 6 og 8).",
        lambda case: case.has("melder", "self") and case.only_others("grunnlag", "told_by_person"),
    ),
    Rule(
        "guardian_twice",
        "Vergen meldte, og vergen er ført som gjerningsperson (spørsmål 5 og 6).",
        lambda case: case.has("melder", "guardian") and case.has("relasjon", "guardian"),
    ),
    Rule(
        "young_dementia",
        "Den utsatte er under 40 år, og sårbarheten er demens eller høy alder (spørsmål 3 og 4).",
        lambda case: case.has("alder", "under_40") and case.has("sarbarhet", "dementia_old_age"),
    ),
    Rule(
        "drugs_twice",
        "Rus og psykiske vansker er krysset av både samlet og hver for seg (spørsmål 4).",
        lambda case: (
            case.has("sarbarhet", "drugs_and_mental_health") and case.has("sarbarhet", "drugs", "mental_health")
        ),
    ),
    Rule(
        "thin_but_heavy",
        "Saken er ført som mangelfull, men utfallet er alvorlig (spørsmål 12 og 13).",
        lambda case: case.has("kategori", "mangelfull") and case.has("utfall", *_HEAVY),
    ),
    Rule(
        "too_many",
        "Det er flere kryss enn skjemaet ber om.",
        lambda case: any(
            len(case.answers.get(question.key, ())) > question.max_ticks for question in form(CURRENT).choices
        ),
    ),
    Rule(
        "closed_without",
        "Saken er lukket uten utfall (spørsmål 13).",
        lambda case: case.state == "closed" and not case.answers.get("utfall"),
    ),
    Rule(
        "open_with",
        "Saken har et utfall, men er ikke lukket (spørsmål 13).",
        lambda case: case.state == "open" and bool(case.answers.get("utfall")),
    ),
    Rule(
        "dates",
        "Saken er lukket før den ble mottatt eller opprettet.",
        lambda case: case.closed_on is not None and case.closed_on < max(case.counted_from, case.opened_on),
    ),
    Rule(
        "opened_before",
        "Saken ble opprettet før bekymringen ble mottatt.",
        lambda case: case.opened_on < case.counted_from,
    ),
    Rule(
        "nothing_came",
        "Det fikk ingen følger, men et tiltak er gjennomført (spørsmål 13).",
        lambda case: bool(case.carried_out) and case.has("utfall", "no_consequence"),
    ),
    Rule(
        "without_measure",
        "Utfallet er tettere oppfølging eller å hindre kontakt, men saken har ingen tiltak (spørsmål 13).",
        lambda case: case.measures == 0 and case.has("utfall", "closer_follow_up", "contact_prevented"),
    ),
    Rule(
        "acute_without_measure",
        "Akutt sak som er lukket uten noe tiltak.",
        lambda case: case.measures == 0 and case.state == "closed" and case.category == "akutt",
    ),
)


def broken(case: Facts) -> Iterator[Rule]:
    """The rules that a case does not fit."""
    return (rule for rule in RULES if rule.breaks(case))
