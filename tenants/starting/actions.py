"""Saying that a step is done, laying its document, asking for a test, and opening the phone."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from shared.codes.starting import Step, by_code
from shared.contracts import TestAsked
from shared.post.actions import send
from shared.registry.facts_actions import own_facts, say_facts
from shared.registry.queries import region_of
from tenants.starting import queries
from tenants.starting.files import Taken
from tenants.starting.models import Asked, Document, Said
from tenants.starting.steps import in_the_way
from tenants.starting.telling import HEALTH
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.days import check_been
from varde.refusal import Refused, check_seen, overtaken
from varde.ui.dates import day_of

# How long a test concern may be on its way before one may ask for another.
PATIENCE = timedelta(minutes=2)
LOOKS = ("theme", "ordinary_name", "ordinary_phone", "ordinary_url", "accessibility_url")
PHONE = ("phone", "phone_hours")


@transaction.atomic
def say(*, step: Step, state: str, text: str, by: Reader, day: date | None = None, seen: str | None = None) -> Said:
    """Somebody says how a step stands: "done", "not_relevant" with a reason, or "open" to take back what was said.

    Raises Refused where the list does not allow it, for a word without a text, and for a day that has not come;
    Overtaken when somebody else said something first.
    """
    require(by, Permission.STARTING)
    turn.wait_for("starting.step")
    newest = next(iter(queries.history(step.code)), None)
    check_seen(seen, str(newest.id) if newest else "", overtaken(newest.by_name, newest.at) if newest else overtaken())
    _check_word(step, state, text)
    if day is not None:
        check_been(day, day_of(now()))
    row = Said(step=step.code, state=state, day=day, text=text, at=now(), by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.CHANGE, what="starting.step", ids=[row.id], reason=step.code)
    _tell(by)
    return row


def _check_word(step: Step, state: str, text: str) -> None:
    if state == "not_relevant" and not step.skip:
        raise Refused("Dette steget gjelder alle kommuner.")
    if state == "done" and step.how == "known":
        raise Refused("Dette steget blir gjort av seg selv når det er på plass.")
    if state != "open" and not text.strip():
        raise Refused("Skriv hvorfor." if state == "not_relevant" else "Skriv hvem og hva.")


@transaction.atomic
def add_document(*, step: Step, taken: Taken, by: Reader) -> Document:
    """Lay a document by a step. The newest is the one that counts; the others stay. Refused for other steps."""
    require(by, Permission.STARTING)
    if step.how != "document":
        raise Refused("Dette steget har ikke noe dokument.")
    row = Document(
        step=step.code, name=taken.name, kind=taken.kind, size=len(taken.content), content=taken.content,
        sha256=sha256(taken.content).hexdigest(), at=now(), by_name=by.name[:200],
    )  # fmt: skip
    row.save()
    record(by=by, action=Action.CREATE, what="starting.document", ids=[row.id])
    _tell(by)
    return row


@transaction.atomic
def set_looks(*, facts: dict[str, Any], text: str, by: Reader, seen: str | None = None) -> None:
    """What the public page looks like and whom people may turn to; whoever saves it has looked at the page."""
    say_facts(by=by, seen=seen, **{name: facts[name] for name in LOOKS})
    say(step=by_code()["looks"], state="done", text=text or "Siden er sett over.", by=by)


@transaction.atomic
def set_phone(*, phone: str, hours: str, by: Reader, seen: str | None = None) -> None:
    """The number and the hours that the public pages show; what the region has published goes before."""
    say_facts(by=by, seen=seen, phone=phone, phone_hours=hours)
    _tell(by)


@transaction.atomic
def ask_for_test(*, by: Reader) -> Asked:
    """The region answers with a test concern. Refused without a region, and while one is on its way or unopened."""
    require(by, Permission.STARTING)
    turn.wait_for("starting.trial")
    region = region_of(by.office)
    if region is None:
        raise Refused("Kommunen er ikke med i en region ennå. Svar på avtalen først.")
    if any(trial.opened_at is None for trial in queries.trials()):
        raise Refused("En prøvemelding venter på teamet. De åpner den fra forsiden sin først.")
    moment = now()
    newest = next(iter(queries.asked()), None)
    if newest and moment - newest.at < PATIENCE:
        raise Refused("Dere har nettopp bedt om en. Den kommer i løpet av et minutt eller to.")
    letter_id = send(TestAsked(asked_at=moment), to=region, by=by)
    row = Asked(id=letter_id, at=moment, by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.SEND, what="starting.trial", ids=[row.id])
    return row


@transaction.atomic
def open_phone(*, by: Reader) -> date:
    """From now on the pages say that TryggEst is here, and concerns can come; the day it started. A kommune that is
    open stays so. Refused while a step is in the way."""
    require(by, Permission.STARTING)
    turn.wait_for("starting.open")
    facts, today = own_facts(by), day_of(now())
    if facts.has_team and facts.started_on:
        return facts.started_on
    left = in_the_way(queries.standing(by))
    if left:
        raise Refused(f"Dette må være gjort først: {', '.join(one.step.title.lower() for one in left)}.")
    say_facts(by=by, has_team=True, started_on=facts.started_on or today)
    record(by=by, action=Action.CHANGE, what="starting.open", ids=[by.office.id])
    _tell(by)
    return facts.started_on or today


def _tell(by: Reader) -> None:
    transaction.on_commit(lambda: HEALTH.ring(by.office), robust=True)
