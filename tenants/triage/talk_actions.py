"""Writing up a drøfting, and turning it into a concern."""

from django.db import transaction

from tenants.inbox.actions import Received, register
from tenants.inbox.told import Told
from tenants.triage import talk_queries
from tenants.triage.talk import ENDINGS
from tenants.triage.talk_access import require_ending
from tenants.triage.talk_models import Talk, TalkBecame, TalkEnded
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.actions import destroy
from varde.privacy.errors import CannotOpen
from varde.privacy.keyring import new_matter_id
from varde.refusal import Refused
from varde.ui.dates import date_and_time


@transaction.atomic
def write(*, what: str, advice: str, partners: str, by: Reader) -> Talk:
    """Keep what was discussed and which advice was given. Raises Refused when either is empty."""
    require(by, Permission.TRIAGE)
    if not (what.strip() and advice.strip()):
        raise Refused("Skriv både hva som ble drøftet, og hvilket råd som ble gitt.")
    talk = Talk(
        id=new_matter_id(), at=now(), by_user=by.user_id, by_name=by.name[:200], what=what, advice=advice,
        partners=partners,
    )  # fmt: skip
    talk.save()
    record(by=by, action=Action.CREATE, what="triage.talk", ids=[talk.id])
    return talk


@transaction.atomic
def become_concern(*, talk: Talk, told: Told, channel: str, client_key: str, by: Reader) -> Received:
    """The drøfting becomes a concern, and is linked to it for those who see the concern.

    One at a time. Raises Refused when it has already become one that the reader sees.
    """
    require(by, Permission.TRIAGE)
    _one_at_a_time(talk)
    if talk_queries.became(talk) is not None:
        raise Refused("Drøftingen er alt blitt en bekymring.")
    if talk_queries.ended(talk) is not None:
        raise Refused("Drøftingen er slettet. Registrer bekymringen for seg.")
    chosen = new_matter_id()
    got = register(told=told, channel=channel, by=by, client_key=client_key, concern_id=chosen)
    if got.concern_id == chosen:  # else this is the same form once more, and the link was laid the first time
        TalkBecame(talk=talk, concern_id=chosen, at=now()).save()
        # By the matter: a row of its own would tell those who watch over the log of a concern that they cannot see.
        record(by=by, action=Action.CREATE, what="triage.talk", ids=[chosen], reason="ble en bekymring")
    return got


@transaction.atomic
def end(*, talk: Talk, why: str, by: Reader) -> None:
    """A coordinator deletes what stands in a drøfting for good, here and in every backup; that there was one stands.

    Raises Refused when it is gone already and for a reason that is not on the list.
    """
    require_ending(by)
    _one_at_a_time(talk)
    gone = talk_queries.ended(talk)
    if gone is not None:
        raise Refused(f"{gone.by_name} har alt slettet drøftingen, {date_and_time(gone.at)}.")
    if by.user_id is None or why not in dict(ENDINGS):
        raise Refused("Velg hvorfor drøftingen slettes.")
    TalkEnded(talk=talk, why=why, at=now(), by_user=by.user_id, by_name=by.name[:200]).save()
    record(by=by, action=Action.CHANGE, what="triage.talk", ids=[talk.id], reason=f"slettet: {dict(ENDINGS)[why]}")
    try:
        destroy(matter_id=talk.key_id, by=by, reason="drøfting slettet av koordinator")
    except CannotOpen as error:
        raise Refused("Innholdet er slettet fra før.") from error


def _one_at_a_time(talk: Talk) -> None:
    # Not select_for_update: no login may update a drøfting, so none may lock its row.
    turn.wait_for(f"talk {talk.pk}")
