"""How the packs are made, and who has a passphrase for theirs."""

from django.db import transaction

from tenants.continuity import passphrase, queries
from tenants.continuity.access import able_user
from tenants.continuity.models import Holder, PackRule, Passphrase
from tenants.continuity.states import Rule
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen

NONE_WAITS = "Ingen ny passordfrase venter på å bli bekreftet. Lag en først."
NOT_THE_SAME = (
    "Det er ikke den samme. Les arket én gang til: store bokstaver og tall, seks grupper på fem. "
    "Er arket borte, lag en ny. Den forrige gjelder til du har bekreftet."
)


@transaction.atomic
def set_rule(*, rule: Rule, seen: str | None, by: Reader) -> bool:
    """Whether, when and for how long; False when nothing was changed. Raises Overtaken when somebody else was first."""
    require(by, Permission.SETTINGS)
    turn.wait_for("continuity.rule")
    newest = queries.newest_rule()
    check_seen(seen, str(newest.pk) if newest else "")
    if rule == queries.rule():
        return False
    row = PackRule(active=rule.active, hour=rule.hour, keep_days=rule.keep_days, at=now(), by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.CHANGE, what="continuity.rule", ids=[row.id])
    return True


@transaction.atomic
def new_passphrase(*, by: Reader) -> str:
    """A new one, for this one answer. The one before stays in use until this one has been typed back."""
    user = able_user(by)
    turn.wait_for(f"continuity.passphrase.{user.id}")
    Passphrase.objects.filter(user=user, confirmed_at=None, ended_at=None).update(ended_at=now())
    row = Passphrase(user=user, secret=passphrase.make(), made_at=now())
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="continuity.passphrase", ids=[row.id])
    return row.secret


@transaction.atomic
def confirm(*, typed: str, by: Reader) -> None:
    """The person has it on paper and has typed it back: from now on it is the one. Raises Refused."""
    user = able_user(by)
    turn.wait_for(f"continuity.passphrase.{user.id}")
    row = queries.waiting(user)
    if row is None:
        raise Refused(NONE_WAITS)
    if not passphrase.opens(typed, row.secret):
        raise Refused(NOT_THE_SAME)
    at = now()
    Passphrase.objects.filter(user=user, confirmed_at__isnull=False, ended_at=None).update(ended_at=at)
    row.confirmed_at = at
    row.save(update_fields=["confirmed_at"])
    held = Holder.objects.filter(user=user).first()
    if held is None:
        Holder(user=user, since=at).save(force_insert=True)
    elif held.ended_at is not None:
        held.since, held.made_at, held.ended_at, held.ended_by_name = at, None, None, ""
        held.save(update_fields=["since", "made_at", "ended_at", "ended_by_name"])
    record(by=by, action=Action.CHANGE, what="continuity.passphrase", ids=[row.id], reason="bekreftet")


@transaction.atomic
def end_holder(*, holder: Holder, by: Reader) -> None:
    """No more packs for this person, who may have lost the paper, or leaves. Raises Refused when it is done already."""
    if holder.user_id != by.user_id:
        require(by, Permission.SETTINGS)
    fresh = Holder.objects.select_for_update().get(pk=holder.pk)
    if fresh.ended_at is not None:
        raise Refused("Noen andre har alt stanset pakken.")
    fresh.ended_at, fresh.ended_by_name = now(), by.name[:200]
    fresh.save(update_fields=["ended_at", "ended_by_name"])
    if holder.user_id == by.user_id:
        Passphrase.objects.filter(user=holder.user_id, ended_at=None).update(ended_at=now())
    record(by=by, action=Action.CHANGE, what="continuity.holder", ids=[holder.id], reason="stanset")
