"""Writing up a drøfting, and turning it into a concern."""

from django.db import transaction

from tenants.inbox.actions import Received, register
from tenants.inbox.told import Told
from tenants.triage import talk_queries
from tenants.triage.talk_models import Talk, TalkBecame
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.keyring import new_matter_id
from varde.refusal import Refused


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
    chosen = new_matter_id()
    got = register(told=told, channel=channel, by=by, client_key=client_key, concern_id=chosen)
    if got.concern_id == chosen:  # else this is the same form once more, and the link was laid the first time
        TalkBecame(talk=talk, concern_id=chosen, at=now()).save()
        # By the matter: a row of its own would tell those who watch over the log of a concern that they cannot see.
        record(by=by, action=Action.CREATE, what="triage.talk", ids=[chosen], reason="ble en bekymring")
    return got


def _one_at_a_time(talk: Talk) -> None:
    # Not select_for_update: no login may update a drøfting, so none may lock its row.
    turn.wait_for(f"talk {talk.pk}")
