"""On the page of a concern and of its case: duties, calls, police, stop, and who carries the matter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.codes.duties import duties
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel
from tenants.triage import (
    carry_queries,
    checklist_queries,
    duties_queries,
    hold_queries,
    hooks,
    notes_queries,
    police_queries,
    queries,
    talk_queries,
    tell_queries,
)
from tenants.triage.duties import left, standing
from tenants.triage.said import newest_of
from tenants.triage.states import DECIDABLE
from tenants.triage.step_text_models import StepWas
from varde.access import Permission, Reader
from varde.clock import now
from varde.ui.dates import short_date
from varde.ui.gone import words

_LABELS = {each.code: each.label for each in duties()}


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of the matter's story."""

    when: datetime
    title: str
    who: str = ""
    text: str = ""
    wrong: str = ""
    mark_at: str = ""


def on_concern(concern: Concern, reader: Reader) -> Panel | None:
    """The panel of the inbox's page."""
    if not reader.may(Permission.TRIAGE):
        return None
    return Panel("triage/_duties_panel.html", of_matter(concern))


def of_matter(concern: Concern) -> dict[str, Any]:
    """What `triage/_duties.html` shows of a matter."""
    rows = duties_queries.weighed(concern)
    answers = duties_queries.answers(rows)
    return {
        "going": concern.progress in DECIDABLE,
        "is_case": bool(hooks.homes([concern.id])),
        "duties": _together(_duties(concern, answers)),
        "many": len(duties_queries.codes()),
        "left": len(left(duties_queries.codes(), answers)),
        "checked": newest_of(checklist_queries.checked(concern)),
        "calls": checklist_queries.every_call(concern),
        "police": newest_of(police_queries.said(concern)),
        "prosecution": newest_of(police_queries.prosecutions(concern)),
        "held": hold_queries.open_hold(concern),
        "base": f"/innboks/{concern.id}",
        **_carried(concern),
    }


def _duties(concern: Concern, answers: dict[str, str]) -> list[dict[str, Any]]:
    deadline, moment, going = duties_queries.assess_by(concern), now(), concern.progress in DECIDABLE
    tellings = tell_queries.newest_per_duty(tell_queries.of_matter(concern))
    return [
        {
            "label": each.label,
            "code": each.code,
            "answer": answers.get(each.code, ""),
            "standing": standing(answers.get(each.code), deadline, moment, going=going),
            "telling": tellings.get(each.code),
        }
        for each in duties()
    ]


def _together(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Duties that stand alike share a line, unless somebody is to tell of it or should be."""
    lines: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        alone = (row["code"],) if row["answer"] == "yes" or row["telling"] else ()
        # What is over stands alike whatever was answered: nobody has settled it.
        answer = "" if row["standing"] == "over" else row["answer"]
        line = lines.setdefault((row["standing"], answer, *alone), {**row, "labels": []})
        line["labels"].append(row["label"])
    return list(lines.values())


def _carried(concern: Concern) -> dict[str, Any]:
    newest = newest_of(carry_queries.carried(concern))
    receipt = carry_queries.receipt_of(newest) if newest and newest.handed_over else None
    return {"carried": newest, "receipt": receipt}


def story(concern: Concern) -> Iterator[Happened]:
    """Everything of this that has happened in a matter, in no order."""
    for row in duties_queries.weighed(concern):
        yield Happened(row.at, f"{_LABELS.get(row.duty, row.duty)}: {row.said}", row.by_name, words(row, "reason"))
    yield from _rung(concern)
    for checked in checklist_queries.checked(concern):
        yield Happened(checked.at, "Sjekkliste fylt ut", checked.by_name, "\n".join(checked.lines))
    for note in notes_queries.written(concern):
        yield Happened(note.when, note.title, note.who, note.text, note.wrong, note.mark_at)
    yield from _put_right(concern)
    yield from _tellings(concern)
    yield from _told(concern)
    yield from _with_others(concern)
    for hold in hold_queries.holds(concern):
        title = f"Stoppet, ses på igjen {short_date(hold.look_at)}"
        yield Happened(hold.at, title, hold.by_name, words(hold, "reason"))
        if hold.ended_at is not None:
            yield Happened(hold.ended_at, "Satt i gang igjen", hold.ended_by_name, words(hold, "ended_because"))


def _rung(concern: Concern) -> Iterator[Happened]:
    for each in checklist_queries.every_call(concern):
        row, wrong = each.call, each.mark.said if each.mark else ""
        title, who = f"Ringt {row.whom}", words(row, "caller")
        yield Happened(row.called_at, title, who, words(row, "outcome"), wrong, each.mark_at)


def _put_right(concern: Concern) -> Iterator[Happened]:
    for row in StepWas.objects.filter(concern=concern):
        title = "Det som kom ut av et steg, ble rettet" if row.outcome else "Teksten i et steg ble rettet"
        yield Happened(row.at, title, row.by_name, f"Slik sto det før: {words(row, 'was')}")


def _tellings(concern: Concern) -> Iterator[Happened]:
    for row in tell_queries.of_matter(concern):
        asked = f"{row.owner.name} melder til {words(row, 'to_whom')} innen {short_date(row.due_on)}."
        yield Happened(row.made_at, f"Skal meldes: {row.label}", row.made_by_name, asked)
        if row.ended_at is not None:
            text = f"{row.label}. {words(row, 'dropped_because')}".strip()
            yield Happened(row.ended_at, row.said, row.ended_by_name, text)


def _told(concern: Concern) -> Iterator[Happened]:
    for row in queries.escalations(concern):
        yield Happened(row.at, row.words, text=f"Fordi {row.get_about_display()}.")


def _with_others(concern: Concern) -> Iterator[Happened]:
    for said in police_queries.said(concern):
        facts = "\n".join(f"{fact['label']}: {fact['value']}" for fact in said.facts if fact["value"])
        yield Happened(said.at, "Politiet", said.by_name, facts)
    for answer in police_queries.prosecutions(concern):
        title = f"Påtalemyndigheten: {answer.said.lower()}, {short_date(answer.decided_on)}"
        yield Happened(answer.at, title, answer.by_name, words(answer, "note"))
    for row in carry_queries.carried(concern):
        text = "\n".join(filter(None, [words(row, "applied_for"), words(row, "reason")]))
        yield Happened(row.at, f"Hvem har saken: {row.said}", row.by_name, text)
    for receipt in carry_queries.accepted(concern):
        title = f"Tjenesten har tatt imot, {short_date(receipt.accepted_on)}"
        yield Happened(receipt.at, title, receipt.by_name, words(receipt, "accepted_by"))
    for link in talk_queries.links(concern):
        yield Happened(link.at, "Begynte som en drøfting")
