"""Who must not see a matter, and who alone may: deny rows, cover, and what has to be in other hands first.

A deny row works from the next statement on, also for the one who lays it on themselves. So what that person holds in
the matter is given to somebody else before the row is laid.
"""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from tenants.inbox import queries
from tenants.inbox.models import Concern, Cover, Denial
from varde.access import Permission, Reader, Role, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.identity.queries import accounts_of, people
from varde.refusal import Refused


class Taker(Protocol):
    """A later room gives what these people hold in the matter to somebody who still sees it."""

    def __call__(self, *, concern: Concern, shut: list[User], heir: User, by: Reader) -> None: ...


_takers: list[Taker] = []


def on_shut_out(taker: Taker) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if taker not in _takers:
        _takers.append(taker)


Check = Callable[[Concern], None]
_checks: list[Check] = []


def before_cover(check: Check) -> None:
    """A later room raises Refused for a matter whose cover must not change by itself; once per room at start."""
    if check not in _checks:
        _checks.append(check)


class Kin(Protocol):
    """A later room names the other matters that a deny row on this one shuts as well. Raises Refused where somebody of
    these sees one of them and whoever shuts them out does not."""

    def __call__(self, *, concern: Concern, shut: list[User]) -> list[Concern]: ...


_kin: list[Kin] = []


def shut_together(kin: Kin) -> None:
    """Register; once per room at start."""
    if kin not in _kin:
        _kin.append(kin)


def kin_of(concern: Concern, shut: list[User]) -> list[Concern]:
    """The other matters that these people are shut out of together with this one. Raises Refused for a hidden one."""
    found = {one.pk: one for kin in _kin for one in kin(concern=concern, shut=shut)}
    return [found[key] for key in sorted(found)]


def _check_cover(concern: Concern) -> None:
    for check in _checks:
        check(concern)


@transaction.atomic
def deny(*, concern: Concern, user: User | None, service: str = "", kind: str, by: Reader) -> Denial:
    """Shut a person or a whole service out of the matter, whatever roles they hold.

    Anybody may step back themselves; only a coordinator shuts others out, and not the other coordinators so that nobody
    but oneself is left. A service is also named person by person, so that changing it lets nobody in. Raises Refused,
    PermissionDenied for those who do not handle concerns.
    """
    require(by, Permission.TRIAGE)
    shut = _named(user, service)
    try:
        kin = _held_with(concern, shut)
    except Refused:
        # Else trying one after the other would tell, without a trace, who sees what the one who tries does not.
        record(by=by, action=Action.DENIED, what="inbox.denial", ids=[concern.id])
        raise
    _lock(concern)
    _check_own(concern, user, by)
    _empty_hands(concern, shut, queries.readers_of(concern.id), by)
    for other in kin:
        # Where none of them sees it, nothing is left with fewer people; they may still be asked for something there.
        seeing = queries.readers_of(other.id)
        if set(seeing) & set(shut):
            _empty_hands(other, shut, seeing, by)
        elif seeing:
            _give_away(other, shut, _heir(seeing, by), by)
    rows = [Denial(concern=concern, user=one, kind=kind) for one in ([user] if user else shut)]
    if user is None:
        rows.insert(0, Denial(concern=concern, service=service.strip(), kind=kind))
    for row in rows:
        row.at, row.by_user, row.by_name = now(), _person(by), by.name[:200]
    Denial.objects.bulk_create(rows)  # in one statement: whoever is among them lays no second row after the first
    ids = [concern.id, *(other.id for other in kin)]
    record(by=by, action=Action.CHANGE, what="inbox.denial", ids=ids, reason="stengt ute")
    return rows[0]


def _held_with(concern: Concern, shut: list[User]) -> list[Concern]:
    """The kin, held until the end. What was joined while one waited for them is asked for again."""
    kin: list[Concern] = []
    while True:
        _lock_all([concern, *kin])
        found = kin_of(concern, shut)
        if {one.pk for one in found} == {one.pk for one in kin}:
            return found
        kin = found


def _empty_hands(concern: Concern, shut: list[User], seeing: list[User], by: Reader) -> None:
    """What they hold goes to somebody who still sees the matter. Raises Refused when nobody else would be left."""
    left = [person for person in seeing if person not in shut]
    if not left or ([one.id for one in left] == [by.user_id] and set(shut) & set(people(Role.COORDINATOR))):
        raise Refused(
            "Da ville ingen andre kunne se bekymringen. Sett på en annen først, eller overfør den til en annen kommune."
        )
    _give_away(concern, shut, _heir(left, by), by)


def _heir(left: list[User], by: Reader) -> User:
    return next((person for person in left if person.id == by.user_id), left[0])


@transaction.atomic
def lift(*, denial: Denial, by: Reader) -> None:
    """Take a deny row back; it stays as a row. Only by a coordinator who sees the matter."""
    _require_coordinator(by)
    _require_by_right(denial.concern)
    held = Denial.objects.select_for_update().get(pk=denial.pk)
    if held.lifted_at is None:
        held.lifted_at, held.lifted_by, held.lifted_by_name = now(), by.user_id, by.name[:200]
        held.save(update_fields=["lifted_at", "lifted_by", "lifted_by_name"])
        record(by=by, action=Action.CHANGE, what="inbox.denial", ids=[held.concern_id], reason="opphevet")


@transaction.atomic
def cover(*, concern: Concern, substitute: User, by: Reader) -> Cover:
    """From now on only this coordinator and the chosen substitute see the matter. Raises Refused."""
    _require_coordinator(by)
    _lock(concern)
    _require_by_right(concern)
    if Cover.objects.filter(concern=concern).exists():
        raise Refused("Bekymringen er alt skjermet.")
    _check_cover(concern)
    _check_substitute(concern, substitute, by)
    others = [person for person in queries.readers_of(concern.id) if person.id not in (by.user_id, substitute.id)]
    _give_away(concern, others, User.objects.get(id=_person(by)), by)
    made = Cover(concern=concern, holder_id=by.user_id, substitute=substitute, at=now())
    made.save(force_insert=True)
    record(by=by, action=Action.CHANGE, what="inbox.cover", ids=[concern.id], reason="skjermet")
    return made


@transaction.atomic
def name_substitute(*, concern: Concern, substitute: User, by: Reader) -> None:
    """Choose, or change, who sees a covered matter beside its holder. Only the holder. Raises Refused."""
    found = _in_charge(concern, by)
    _check_cover(concern)
    _check_substitute(concern, substitute, by)
    before = [one for one in (found.substitute,) if one is not None and one.id not in (by.user_id, substitute.id)]
    found.holder_id, found.substitute = by.user_id, substitute
    found.save(update_fields=["holder", "substitute"])
    _give_away(concern, before, User.objects.get(id=_person(by)), by)
    record(by=by, action=Action.CHANGE, what="inbox.cover", ids=[concern.id], reason="ny stedfortreder")


@transaction.atomic
def uncover(*, concern: Concern, by: Reader) -> None:
    """The suspicion is gone: the team sees the matter again. Only the holder. Raises Refused."""
    _in_charge(concern, by)
    _check_cover(concern)
    Cover.objects.filter(concern=concern).delete()
    record(by=by, action=Action.CHANGE, what="inbox.cover", ids=[concern.id], reason="opphevet")


def take_hold(concern: Concern, by: Reader) -> None:
    """Whoever opens a covered concern holds it from then on. Called by `open_concern`.

    Raises Refused for somebody whom break-glass let in: hours would become for good.
    """
    unheld = Cover.objects.filter(concern=concern, holder__isnull=True)
    if by.user_id is None or not unheld.exists():
        return
    if not queries.held_by_right(concern.id):
        raise Refused(
            "Du er sluppet inn ved nødåpning og kan ikke åpne en skjermet bekymring. Den som åpner den, får ansvaret "
            "for den."
        )
    unheld.update(holder_id=by.user_id)


def choosable(concern: Concern, by: Reader) -> list[User]:
    """Who may be a substitute: active in the team, not shut out, not oneself."""
    team = people(Role.COORDINATOR, Role.TEAM_MEMBER)
    return [one for one in team if one.id != by.user_id and not queries.is_denied(concern, one)]


def _person(by: Reader) -> UUID:
    if by.user_id is None:
        raise Refused("Bare et menneske avgjør hvem som ser en bekymring.")
    return by.user_id


def _lock(concern: Concern) -> QuerySet[Cover]:
    Concern.objects.select_for_update().get(pk=concern.pk)
    return Cover.objects.select_for_update().filter(concern=concern)


def _lock_all(concerns: list[Concern]) -> None:
    """Always in the same order, so that two people never wait for each other."""
    list(Concern.objects.select_for_update().filter(pk__in=[one.pk for one in concerns]).order_by("pk"))


def _in_charge(concern: Concern, by: Reader) -> Cover:
    """The cover, for its holder, or for the substitute when the holder does not see the matter any more."""
    found = _lock(concern).first()
    _require_by_right(concern)
    seeing = {one.id for one in queries.readers_of(concern.id)}
    stands_in = found is not None and by.user_id == found.substitute_id and found.holder_id not in seeing
    if found is None or not (by.user_id == found.holder_id or stands_in):
        raise Refused("Bare den som har bekymringen, bestemmer dette.")
    return found


def _check_own(concern: Concern, user: User | None, by: Reader) -> None:
    """A service is also those who will work there, so naming one's own is more than stepping back."""
    _require_by_right(concern)
    if (user is None or user.id != by.user_id) and not by.has(Role.COORDINATOR):
        raise Refused("Bare en koordinator kan stenge ut andre. Du kan selv tre til side.")


def _require_by_right(concern: Concern) -> None:
    """Somebody whom break-glass let in looks and helps; who sees the matter is not theirs to decide."""
    if not queries.held_by_right(concern.id):
        raise Refused("Du er sluppet inn ved nødåpning og kan ikke bestemme hvem som ser bekymringen.")


def _named(user: User | None, service: str) -> list[User]:
    wanted = service.strip().casefold()
    if user is None and not wanted:
        raise Refused("Velg en person, eller skriv hvilken tjeneste.")
    if user is not None:
        return accounts_of(user)
    serving = [one for one in people() if wanted in queries.services_of(one)]
    if not serving:
        raise Refused(f"Ingen her står på tjenesten «{service.strip()}». Skriv den slik den står på brukerne.")
    return serving


def hand_on(*, concern: Concern, shut: list[User], heir: User, by: Reader) -> None:
    """For a later room that shuts people out by a rule of its own: first what they hold goes to the heir."""
    _give_away(concern, shut, heir, by)


def _give_away(concern: Concern, shut: list[User], heir: User, by: Reader) -> None:
    for taker in _takers:
        taker(concern=concern, shut=shut, heir=heir, by=by)


def _check_substitute(concern: Concern, substitute: User, by: Reader) -> None:
    if substitute not in choosable(concern, by):
        raise Refused(f"{substitute.name} kan ikke være stedfortreder her. Velg en annen i teamet.")


def _require_coordinator(by: Reader) -> None:
    require(by, Permission.TRIAGE)
    if not by.has(Role.COORDINATOR):
        raise Refused("Bare en koordinator kan gjøre dette.")
