"""Laying a major matter, who and what is in it, and telling leaders without naming anybody in it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tenants.inbox.models import Concern
from tenants.inbox.queries import held_by_right
from tenants.joined import major_queries as queries
from tenants.joined import notices
from tenants.joined.models import MajorAlert, MajorKommune, MajorLink, MajorMatter, MajorMember
from varde.access import Permission, Reader, Role, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.privacy.keyring import new_matter_id
from varde.refusal import Overtaken, Refused, check_seen, print_of
from varde.ui.gone import words

_WHAT = "joined.major"


@dataclass(frozen=True, slots=True)
class About:
    """What it is called, why it is one, and the one who speaks with journalists."""

    name: str
    why: str
    media_name: str
    media_phone: str


@dataclass(frozen=True, slots=True)
class Alert:
    """What a leader is told: a code of `SIZES`, and whether other kommuner and journalists are in it."""

    size: str
    kommuner: bool = False
    media: bool = False


@transaction.atomic
def begin(*, about: About, concern: Concern, by: Reader) -> MajorMatter:
    """A major matter with its first matter; whoever lays it is on it. Raises Refused for anybody but a coordinator who
    sees the matter by right."""
    require(by, Permission.TRIAGE)
    if not by.has(Role.COORDINATOR) or by.user_id is None or not held_by_right(concern.pk):
        raise Refused("Bare en koordinator som ser saken, kan gjøre den til del av en stor sak.")
    major = MajorMatter(id=new_matter_id(), made_at=now(), made_by=by.user_id, made_by_name=by.name[:200], **_of(about))
    major.save(force_insert=True)
    MajorMember(major=major, user_id=by.user_id, since=major.made_at).save(force_insert=True)
    MajorLink(major=major, concern=concern, at=major.made_at).save(force_insert=True)
    record(by=by, action=Action.CREATE, what=_WHAT, ids=[major.pk])
    return major


def _of(about: About) -> dict[str, str]:
    return {each.name: getattr(about, each.name) for each in fields(About)}


def as_seen(major: MajorMatter) -> str:
    """Name, reason and media contact, for the page to send back."""
    return print_of(major, [each.name for each in fields(About)])


def _held(major: MajorMatter, by: Reader) -> MajorMatter:
    """As it is now, held; PermissionDenied when it is not there for the reader, Refused when it is closed."""
    require(by, Permission.TRIAGE)
    fresh = MajorMatter.objects.select_for_update().filter(pk=major.pk).first()
    if fresh is None:
        raise PermissionDenied
    if fresh.closed_at is not None:
        raise Overtaken(f"{fresh.closed_by_name} har avsluttet den store saken.")
    return fresh


def _changed(major: MajorMatter, by: Reader, reason: str) -> None:
    record(by=by, action=Action.CHANGE, what=_WHAT, ids=[major.pk], reason=reason)


@transaction.atomic
def add_matter(*, major: MajorMatter, concern: Concern, by: Reader) -> None:
    """One more matter. Raises Refused when somebody who is on it does not see that matter."""
    held = _held(major, by)
    Concern.objects.select_for_update().get(pk=concern.pk)
    if not held_by_right(concern.pk):
        raise Refused("Du er sluppet inn ved nødåpning og kan ikke legge saken til.")
    blind = queries.blind_to(held, concern)
    if blind:
        names = ", ".join(user.name for user in blind)
        raise Refused(f"{names} ser ikke den saken. Sett dem på saken først, eller ta dem av den store saken.")
    if not MajorLink.objects.filter(major=held, concern=concern).exists():
        MajorLink(major=held, concern=concern, at=now()).save(force_insert=True)
        _changed(held, by, "lagt til en sak")


@transaction.atomic
def take_out(*, major: MajorMatter, concern: Concern, by: Reader) -> None:
    """The matter is no part of it after all. Raises Refused for the last one."""
    held = _held(major, by)
    if MajorLink.objects.filter(major=held).exclude(concern=concern).count() == 0:
        raise Refused("Dette er den eneste saken her. Avslutt den store saken i stedet.")
    MajorLink.objects.filter(major=held, concern=concern).delete()
    _changed(held, by, "tatt ut en sak")


@transaction.atomic
def put_on(*, major: MajorMatter, user: User, by: Reader) -> None:
    """Somebody who needs to know. Raises Refused for a person who does not see every matter."""
    held = _held(major, by)
    if user in queries.members_of(held):
        return
    if user not in queries.could_join(held):
        raise Refused(f"{user.name} ser ikke alle sakene og kan ikke være med.")
    MajorMember(major=held, user=user, since=now()).save(force_insert=True)
    _changed(held, by, "satt på")


@transaction.atomic
def take_off(*, major: MajorMatter, user: User, by: Reader) -> None:
    """Raises Refused for the last one."""
    held = _held(major, by)
    if not MajorMember.objects.filter(major=held).exclude(user=user).exists():
        raise Refused("Noen må være igjen. Sett på en annen først.")
    MajorMember.objects.filter(major=held, user=user).delete()
    _changed(held, by, "tatt av")


@transaction.atomic
def add_kommune(*, major: MajorMatter, kommune: str, contact: str, phone: str, by: Reader) -> MajorKommune:
    """One more kommune that it concerns, with whom to call there. Raises Refused for one that stands on the list."""
    held = _held(major, by)
    if kommune.casefold() in {words(row, "kommune").casefold() for row in queries.kommuner_of(held)}:
        raise Refused(f"{kommune} står alt på listen. Ta den bort først hvis kontakten er en annen.")
    row = MajorKommune(major=held, kommune=kommune, contact=contact, phone=phone, at=now(), by_name=by.name[:200])
    row.save(force_insert=True)
    _changed(held, by, "lagt til en kommune")
    return row


@transaction.atomic
def drop_kommune(*, major: MajorMatter, row: MajorKommune, by: Reader) -> None:
    """It does not concern that kommune after all, or the contact is another one."""
    held = _held(major, by)
    MajorKommune.objects.filter(major=held, pk=row.pk).delete()
    _changed(held, by, "tatt bort en kommune")


@transaction.atomic
def change(*, major: MajorMatter, about: About, by: Reader, seen: str | None = None) -> None:
    """Another name, reason or media contact; there is only one contact.

    `seen` is what the page showed (`as_seen`). Raises Overtaken when somebody else was first.
    """
    held = _held(major, by)
    check_seen(seen, as_seen(held))
    for name, value in _of(about).items():
        setattr(held, name, value)
    held.save(update_fields=list(_of(about)))
    _changed(held, by, "endret")


@transaction.atomic
def alert(*, major: MajorMatter, alert: Alert, leaders: Sequence[User], by: Reader) -> list[MajorAlert]:
    """Tell these leaders; each gets a mail without content. Raises Refused for a leader who cannot be told, and for
    nobody."""
    held = _held(major, by)
    able = queries.leaders(held)
    if not leaders or any(one not in able for one in leaders):
        raise Refused("Velg minst én leder som kan varsles.")
    rows = [
        MajorAlert(
            major=held, to=one, size=alert.size, kommuner=alert.kommuner, media=alert.media,
            media_name=held.media_name, media_phone=held.media_phone, at=now(), by_name=by.name[:200],
        )
        for one in leaders
    ]  # fmt: skip
    for row in rows:
        row.save(force_insert=True)
    record(by=by, action=Action.SEND, what="joined.alert", ids=[held.pk])
    transaction.on_commit(lambda: notices.tell_leaders.ring(by.office), robust=True)
    return rows


@transaction.atomic
def mark_told(*, alerts: Sequence[MajorAlert], by: Reader) -> None:
    """The mail to these leaders has gone."""
    MajorAlert.objects.filter(pk__in=[row.pk for row in alerts]).update(told_at=now())
    if alerts:
        record(by=by, action=Action.SEND, what="joined.alert", ids=[row.pk for row in alerts])


@transaction.atomic
def close(*, major: MajorMatter, by: Reader) -> None:
    """It is over; the matters in it go on as they are."""
    held = _held(major, by)
    held.closed_at, held.closed_by_name = now(), by.name[:200]
    held.save(update_fields=["closed_at", "closed_by_name"])
    _changed(held, by, "avsluttet")
