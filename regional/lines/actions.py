"""Opening lines, re-pointing numbers, writing words, and switching who answers. A change is a new row with who said it.

A switch touches nothing but what answers the next call: calls, call-backs, numbers and figures are rows of their own.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from regional.lines import publish, queries
from regional.lines import setup as rules
from regional.lines.access import sets_up
from regional.lines.board import board, versions
from regional.lines.greetings import LANGUAGES, LONGEST, NAME
from regional.lines.models import AcuteAgreement, Line, Pointing, Ringing, SetupVersion, Words
from regional.lines.setup import SERVICES, BadSetup, Setup
from varde import turn
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.days import TWO_YEARS
from varde.refusal import Refused, check_seen
from varde.ui.dates import day_of

MOST_APPARATUS = 20


@transaction.atomic
def set_setup(
    *, kommuner: Iterable[UUID], since: datetime | None, setup: Setup, by: Reader, seen: str | None = None
) -> UUID:
    """Who answers for these kommuner from a time on (None: from now); the id of the change.

    Raises Refused for a set-up that cannot be, a kommune that is not the region's and a time that is over; Overtaken
    when somebody else set one first.
    """
    sets_up(by)
    turn.wait_for("lines.setup")
    check_seen(seen, queries.setup_seen())
    try:
        rules.check(setup)
    except BadSetup as error:
        raise Refused(str(error)) from error
    chosen = dict.fromkeys(kommuner)
    ours = {office.id for office in queries.to_set_up(by.office.id)}
    if not chosen or not chosen.keys() <= ours:
        raise Refused("Velg minst én av regionens kommuner.")
    moment = now()
    begins = rules.from_when(since, moment)
    change = uuid4()
    for kommune in chosen:
        SetupVersion(
            kommune=kommune, since=begins, content=rules.to_json(setup), change=change, set_at=moment, set_by=by.name
        ).save()
    record(by=by, action=Action.CREATE, what="lines.setup", ids=[change])
    publish.publish(by=by)
    return change


@transaction.atomic
def cancel_switch(*, kommune: UUID, by: Reader) -> None:
    """The switch that comes next does not: what holds now goes on. Raises Refused when there is none."""
    sets_up(by)
    turn.wait_for("lines.setup")
    moment = now()
    said = versions().get(kommune, [])
    coming = rules.next_switch(said, moment)
    if coming is None:
        raise Refused("Det er ikke noe bytte å avlyse. Kanskje noen andre alt har avlyst det.")
    holds = rules.version_at(said, moment).setup
    row = SetupVersion(
        kommune=kommune, since=coming.since, content=rules.to_json(holds), change=uuid4(), set_at=moment, set_by=by.name
    )
    row.save()
    record(by=by, action=Action.CHANGE, what="lines.setup", ids=[row.change], reason="avlyst")
    publish.publish(by=by)


@transaction.atomic
def open_line(*, name: str, service: str, kommune: UUID | None, shared_with: str, by: Reader) -> Line:
    """A new line. Raises Refused for a kommune's own line without a kommune."""
    sets_up(by)
    if service not in SERVICES:
        raise Refused("Velg hvilken tjeneste linjen er for.")
    if service == "own" and kommune is None:
        raise Refused("Velg hvilken kommune telefonen er for.")
    if kommune is not None and kommune not in {office.id for office in queries.to_set_up(by.office.id)}:
        raise Refused("Velg en av regionens kommuner.")
    line = Line(name=name, service=service, kommune=kommune, shared_with=shared_with, opened_at=now())
    line.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="lines.line", ids=[line.id])
    return line


@transaction.atomic
def change_line(*, line: Line, name: str, shared_with: str, by: Reader, seen: str | None = None) -> None:
    """What a line is called, and whose number it also is."""
    sets_up(by)
    turn.wait_for("lines.number")
    line.refresh_from_db()
    check_seen(seen, queries.line_seen(line))
    line.name, line.shared_with = name, shared_with
    line.save(update_fields=["name", "shared_with"])
    record(by=by, action=Action.CHANGE, what="lines.line", ids=[line.id])


@transaction.atomic
def close_line(*, line: Line, by: Reader) -> None:
    """A line is used no more. Raises Refused while a number leads to it, now or from a time to come."""
    sets_up(by)
    turn.wait_for("lines.number")
    moment = now()
    known = board(moment)
    coming = any(row.since > moment and row.line_id == line.id for row in known.pointings)
    if coming or known.numbers_of(line.id, moment):
        raise Refused("Et nummer leder til linjen. Pek nummeret et annet sted først.")
    line.closed_at = moment
    line.save(update_fields=["closed_at"])
    record(by=by, action=Action.CHANGE, what="lines.line", ids=[line.id], reason="avsluttet")


@transaction.atomic
def point(*, number: str, line: Line | None, since: datetime | None, by: Reader) -> Pointing:
    """From a time on (None: from now) a number leads to a line, or to none. E.164 or a short number."""
    sets_up(by)
    turn.wait_for("lines.number")
    moment = now()
    if line is not None and line.closed_at is not None:
        raise Refused("Linjen er ikke i bruk lenger. Velg en annen.")
    if line is not None and number in queries.rung_numbers():
        raise Refused("Nummeret er en telefon som ringer for en linje. Da ville samtalen gått i ring.")
    row = Pointing(number=number, line=line, since=rules.from_when(since, moment), set_at=moment, set_by=by.name)
    row.save()
    record(by=by, action=Action.CHANGE, what="lines.number", ids=[row.id])
    publish.publish(by=by)
    return row


@transaction.atomic
def ring(*, line: Line, apparatus: Iterable[str], since: datetime | None, by: Reader) -> Ringing:
    """From a time on (None: from now) these ring at once for the line. E.164 or short numbers."""
    sets_up(by)
    turn.wait_for("lines.number")
    numbers, moment = list(dict.fromkeys(apparatus)), now()
    if len(numbers) > MOST_APPARATUS:
        raise Refused(f"Høyst {MOST_APPARATUS} telefoner kan ringe samtidig.")
    if queries.dialled_numbers() & set(numbers):
        raise Refused("Et av numrene leder til en linje. Da ville samtalen gått i ring. Skriv telefonens eget nummer.")
    row = Ringing(line=line, apparatus=numbers, since=rules.from_when(since, moment), set_at=moment, set_by=by.name)
    row.save()
    record(by=by, action=Action.CHANGE, what="lines.apparatus", ids=[row.id])
    return row


@transaction.atomic
def write_words(*, line: Line | None, service: str, language: str, text: str, by: Reader) -> Words:
    """New words in one language; an empty text takes them back, so that ours hold. Raises Refused for too many."""
    sets_up(by)
    if language not in LANGUAGES or service not in SERVICES:
        raise Refused("Velg språk og tjeneste.")
    if len(text) > LONGEST:
        raise Refused(f"Hilsenen kan ha høyst {LONGEST} tegn. Nå er det {len(text)}.")
    if {"{", "}"} & set(text.replace(NAME, "")):
        raise Refused(f"Bare {NAME} kan stå i krøllparentes. Alt annet blir lest opp slik det står.")
    row = Words(line=line, service=service, language=language, text=text.strip(), set_at=now(), set_by=by.name)
    row.save()
    record(by=by, action=Action.CHANGE, what="lines.words", ids=[row.id])
    return row


@transaction.atomic
def set_agreement(*, allowed: bool, from_day: date, until_day: date | None, agreement: str, by: Reader) -> None:
    """What the agreement says of acting in the acute phase. Raises Refused for days that cannot be."""
    sets_up(by)
    if allowed and not agreement.strip():
        raise Refused("Skriv hvilken avtale som gir operatørene lov.")
    if until_day is not None and until_day < from_day:
        raise Refused("Avtalen slutter før den begynner. Se over datoene.")
    if from_day > day_of(now()) + TWO_YEARS:
        raise Refused("Datoen er mer enn to år fram. Velg en nærmere dato.")
    row = AcuteAgreement(
        allowed=allowed, from_day=from_day, until_day=until_day, agreement=agreement, set_at=now(), set_by=by.name
    )
    row.save()
    record(by=by, action=Action.CHANGE, what="lines.agreement", ids=[row.id])
