"""Carrying out what ends or moves something: a kommune leaves, everybody ends it, the host changes.

Refused unless the list of what follows was shown: nobody ends what they have not seen.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from regional.cooperation import agreement_queries as queries
from regional.cooperation import lends_words, steps_queries
from regional.cooperation import steps_parts as parts
from regional.cooperation import steps_words as words
from regional.cooperation.agreement_access import manages
from regional.cooperation.agreement_actions import TURN
from regional.cooperation.agreement_models import AgreementStep
from regional.cooperation.agreement_queries import Version
from regional.cooperation.consequences import Consequence
from regional.cooperation.terms import with_host, without_party
from regional.cooperation.terms_change import with_back
from shared.registry.standing import yes_of
from shared.registry.standing_queries import parties, words_of
from varde import turn
from varde.access import Reader
from varde.clock import now
from varde.refusal import Refused
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


@transaction.atomic
def take_back(*, step: AgreementStep, why: str, by: Reader) -> None:
    """The leaving or ending that is to come does not happen: the region's no is taken back before it begins, and the
    text says again what it said before.

    Raises Refused when it has begun, and while the kommune's own word is that it goes out.
    """
    manages(by)
    turn.wait_for(TURN)
    parts.allowed(step, "take_back")
    if not why.strip():
        raise Refused("Skriv kort hvorfor det trekkes tilbake.")
    _refuse_their_own(step)
    kept = words.take_back_out(step.starts_at, by, kommune=step.kommune)
    parts.mark(step, "taken_back", by, text=why)
    day = day_of(step.starts_at)
    version = _as_before(step, day, why, by)
    lends_words.follow(step.agreement, by)
    terms = version.terms if version else parts.newest_of(step.agreement).terms
    keys = [party.id for party in terms.parties] if step.kommune is None else kept
    parts.tell(step, parts.offices(keys), version, terms, "stays", by, message=why)
    if step.kommune and version:
        parts.tell(step, parts.others(terms, parts.kommune(step)), version, terms, "change", by)


def _refuse_their_own(step: AgreementStep) -> None:
    """Both must be of one mind: who has said itself that it goes out, takes that back first."""
    if step.kommune is None:
        return
    kommune = parts.kommune(step)
    if not _stays(step, kommune.id):
        raise Refused(f"{kommune.name} har selv sagt at den går ut. Den må trekke det hos seg først.")


def _stays(step: AgreementStep, kommune: UUID) -> bool:
    """Is the kommune's own word still a yes when the step is to count, whatever the region says?"""
    own = [word for word in words_of(step.agreement_id) if word.said_by == word.kommune == kommune]
    return not own or yes_of(own, kommune, step.starts_at) is not None


def _as_before(step: AgreementStep, day: date, why: str, by: Reader) -> Version | None:
    """The text with the kommune, or without an end, in what is to hold then and later."""
    before = queries.holding(step.agreement, day - timedelta(days=1)) or parts.newest_of(step.agreement)
    if step.kommune is None:
        return parts.amend(step, partial(replace, ends_on=None), day_of(now()), why, by)
    change = partial(with_back, before=before.terms, key=step.kommune)
    return parts.amend(step, change, day, why, by)


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
