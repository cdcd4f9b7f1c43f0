"""Carrying out what ends or moves something: a kommune leaves, everybody ends it, the host changes.

Refused unless the list of what follows was shown: nobody ends what they have not seen.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from regional.cooperation import steps_parts as parts
from regional.cooperation.agreement_access import manages
from regional.cooperation.agreement_actions import TURN
from regional.cooperation.agreement_models import AgreementStep
from regional.cooperation.consequences import Consequence
from regional.cooperation.terms import with_host, without_party
from shared.registry.standing_actions import say
from shared.registry.standing_queries import parties
from varde import turn
from varde.access import Reader
from varde.ui.dates import date_and_time, day_of

_TICK = timedelta(microseconds=1)


@transaction.atomic
def finish(*, step: AgreementStep, by: Reader, seen: str) -> datetime:
    """Carry out a leaving, an ending or a change of host; from when it counts. `seen`: the print of what was shown.

    Raises Refused, and Overtaken when something has changed since the page was shown.
    """
    manages(by)
    turn.wait_for(TURN)
    parts.allowed(step, "finish")
    at = parts.when(step)
    shown = parts.shown(step, at, by, seen)
    {"leave": _leave, "end": _end, "host": _new_host}[step.kind](step, at, shown, by)
    parts.mark(step, "done", by)
    return at


def _leave(step: AgreementStep, at: datetime, shown: list[Consequence], by: Reader) -> None:
    kommune = parts.kommune(step)
    stands = parts.newest_of(step.agreement)
    for party in (each for each in parties(by.office.id, at) if each.kommune == kommune.id):
        parts.say_out(party, at, by)
    parts.mark(step, "region_out", by, text=f"Gjelder fra {date_and_time(at)}.", shown=shown)
    terms = without_party(stands.terms, kommune.id)
    if stands.terms.party(kommune.id):
        version = parts.amend(step, terms, at, f"{kommune.name} er ikke lenger med.", by)
        parts.mark(step, "version", by, text=f"Utgave {version.number}")
        parts.tell(step, parts.others(terms, kommune), version, terms, "change", by)
    parts.tell(step, [kommune], None, terms, "out", by)


def _end(step: AgreementStep, at: datetime, shown: list[Consequence], by: Reader) -> None:
    stands = parts.newest_of(step.agreement)
    for party in parties(by.office.id, at):
        parts.say_out(party, at, by)
    parts.mark(step, "region_out", by, text=f"Gjelder fra {date_and_time(at)}.", shown=shown)
    terms = replace(stands.terms, ends_on=day_of(at - _TICK))
    version = parts.amend(step, terms, at, "Avtalen er avsluttet.", by)
    parts.mark(step, "version", by, text=f"Utgave {version.number}")
    parts.tell(step, parts.offices(party.id for party in terms.parties), version, terms, "end", by)


def _new_host(step: AgreementStep, at: datetime, shown: list[Consequence], by: Reader) -> None:
    kommune = parts.kommune(step)
    stands = parts.newest_of(step.agreement)
    here = parties(by.office.id, at)
    # The old one first: a region has one host at a time.
    turned = sorted((each for each in here if each.host or each.kommune == kommune.id), key=lambda each: not each.host)
    for party in turned:
        say(
            agreement=party.agreement, region=by.office.id, kommune=party.kommune, word="in", at=at, by=by,
            host=party.kommune == kommune.id,
        )  # fmt: skip
    terms = with_host(stands.terms, kommune.id)
    version = parts.amend(step, terms, at, f"{kommune.name} er vertskommune.", by)
    parts.mark(step, "version", by, text=f"Utgave {version.number}", shown=shown)
    parts.tell(step, parts.offices(party.id for party in terms.parties), version, terms, "host", by)
