"""Carrying out what ends or moves something: a kommune leaves, everybody ends it, the host changes.

Refused unless the list of what follows was shown: nobody ends what they have not seen.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from regional.cooperation import steps_parts as parts
from regional.cooperation import steps_queries
from regional.cooperation import steps_words as words
from regional.cooperation.agreement_access import manages
from regional.cooperation.agreement_actions import TURN
from regional.cooperation.agreement_models import AgreementStep
from regional.cooperation.consequences import Consequence
from regional.cooperation.terms import with_host, without_party
from shared.registry.standing_queries import parties
from varde import turn
from varde.access import Reader
from varde.clock import now
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
    words.say_out(at, by, kommune=kommune.id)
    parts.mark(step, "region_out", by, text=f"Gjelder fra {date_and_time(at)}.", shown=shown)
    change, why = partial(without_party, key=kommune.id), f"{kommune.name} er ikke lenger med."
    version = parts.amend(step, change, day_of(at), why, by)
    if version:
        parts.tell(step, parts.others(version.terms, kommune), version, version.terms, "change", by)
    parts.tell(step, [kommune], None, parts.newest_of(step.agreement).terms, "out", by)


def _end(step: AgreementStep, at: datetime, shown: list[Consequence], by: Reader) -> None:
    for other in steps_queries.under_way(step.agreement):
        if other.step.kind in ("join", "host"):
            words.call_off(other.step, "Avtalen er avsluttet.", by)
    words.say_out(at, by)
    parts.mark(step, "region_out", by, text=f"Gjelder fra {date_and_time(at)}.", shown=shown)
    last = day_of(at - _TICK)
    version = parts.amend(step, partial(replace, ends_on=last), day_of(now()), "Avtalen er avsluttet.", by, until=last)
    if version:
        keys = (party.id for party in version.terms.parties)
        parts.tell(step, parts.offices(keys), version, version.terms, "end", by)


def _new_host(step: AgreementStep, at: datetime, shown: list[Consequence], by: Reader) -> None:
    kommune = parts.kommune(step)
    here = parties(by.office.id, at)
    # The old one first: a region has one host at a time.
    turned = sorted((each for each in here if each.host or each.kommune == kommune.id), key=lambda each: not each.host)
    for party in turned:
        words.say_host(party, at, by, host=party.kommune == kommune.id)
    parts.mark(step, "region_yes", by, text=f"Gjelder fra {date_and_time(at)}.", shown=shown)
    change, why = partial(with_host, key=kommune.id), f"{kommune.name} er vertskommune."
    version = parts.amend(step, change, day_of(at), why, by)
    if version:
        keys = (party.id for party in version.terms.parties)
        parts.tell(step, parts.offices(keys), version, version.terms, "host", by)
