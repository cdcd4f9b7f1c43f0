"""The demo region's phone: operators who have signed and learnt most of it, and a rota that covers every hour.

Somebody answers whatever the clock shows when the demo starts. In five days one evening has nobody, as it is on a real
rota, so the host has something to see to.
"""

from datetime import date, time, timedelta

from regional.phone import handover_actions
from regional.phone.declaration_actions import sign
from regional.phone.declaration_queries import in_force
from regional.phone.models import WeeklyShift
from regional.phone.plan import PLAN, operators
from regional.phone.training_actions import add_course
from varde import clock
from varde.access import Reader, Role
from varde.audit.actions import Action, record
from varde.demo_cast import acting, acting_as, then
from varde.identity.actions import invite
from varde.identity.models import User
from varde.identity.queries import reader_of
from varde.rotas.actions import add_absence, add_weekly
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import day_of

_COLLEAGUES = (("kveldsvakt", "Marte Kveldsvakt"), ("nattevakt", "Sindre Nattevakt"))
_COURSES = ("tryggest-grunn", "linjen", "taushet", "akutt", "vold", "hjertelunge")
_EVERY = range(7)
_AHEAD = timedelta(days=5)
_NOTE = (
    "Rolig natt. Linjen fra legevakten falt ut et par ganger, driften er varslet og ringer når den er oppe.\n"
    "Tolketjenesten svarer fra klokken åtte i dag, ikke sju. Husk å se over listen over dem som skal ringes."
)


def seed(region: OfficeRef) -> bool:
    """False when there is a rota already, or nobody to plan for."""
    with work(region, "setup") as by:
        if not operators():
            return False
        first = next((one for one in operators() if one.email.startswith(Role.OPERATOR.value)), operators()[0])
        people = [first, *(_colleague(email, name, first, region, by) for email, name in _COLLEAGUES)]
        if WeeklyShift.objects.exists():
            return False
        _plan(people, day_of(clock.now()), by)
        readers = [reader_of(one, region) for one in people]
    with acting(region, Role.HOST_ADMINISTRATOR) as host:
        _learnt(people, day_of(clock.now()), host)
    for reader in readers:
        with acting_as(reader):
            sign(read=in_force().sha256, by=reader)
    with then(hours=4), acting_as(readers[-1]):
        handover_actions.write(text=_NOTE, by=readers[-1])
    return True


def _colleague(name: str, full: str, first: User, region: OfficeRef, by: Reader) -> User:
    """Logs in with the demo's password too, so that a call can be given to a colleague."""
    email = f"{name}@{region.slug}.example"
    user = User.objects.filter(email=email).first()
    user = user or invite(email=email, name=full, roles=[Role.OPERATOR], by=by)
    if user.password != first.password:
        User.objects.filter(id=user.id).update(password=first.password)
        record(by=by, action=Action.CHANGE, what="identity.password", ids=[user.id])
    return user


def _plan(people: list[User], today: date, by: Reader) -> None:
    day, evening, night = people
    lacks = (today + _AHEAD).weekday()
    shifts = (
        (day, 1, _EVERY, time(8), time(16)),
        (evening, 1, _EVERY, time(16), time(22)),
        (night, 1, _EVERY, time(22), time(8)),
        (evening, 1, range(5), time(8), time(12)),
        (day, 2, [one for one in _EVERY if one != lacks], time(16), time(22)),
        (day, 2, _EVERY, time(22), time(8)),
    )
    with then(days=7):
        for user, place, weekdays, starts, ends in shifts:
            add_weekly(
                PLAN, user=user, place=place, weekdays=weekdays, starts=starts, ends=ends,
                valid_from=today - timedelta(days=7), by=by,
            )  # fmt: skip
    add_absence(PLAN, user=evening, first_day=today + _AHEAD, last_day=today + _AHEAD, by=by)


def _learnt(people: list[User], today: date, by: Reader) -> None:
    """The one who has the nights lacks a course, and one of hers is about to run out."""
    for number, user in enumerate(people):
        for code in _COURSES[: len(_COURSES) - number]:
            ends = today + timedelta(days=20) if number == 2 and code == "akutt" else None
            add_course(user=user, code=code, done_on=today - timedelta(days=100 + 30 * number), until=ends, by=by)
