"""The cast walks a concern some of the way: received, opened, decided, a case, measures, closed."""

from datetime import datetime, timedelta

from tenants.cases.models import Case
from tenants.inbox.actions import open_concern, receive
from tenants.inbox.models import Concern
from tenants.inbox.told import Told
from tenants.measures.actions import Plan, plan_measure
from tenants.measures.models import Measure
from tenants.team.models import TeamMember
from tenants.triage.actions import Decision, NewStep, decide
from tests.cast import PEOPLE, as_person, ref
from varde.access import Reader, Role
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.clock import OSLO, now
from varde.identity.actions import invite
from varde.identity.models import User

TELLER = "Naboen roper om hjelp om natten"


def person(name: str, *roles: Role) -> User:
    """The user row of a person of the cast."""
    slug, role, full = PEOPLE[name]
    return invite(
        email=f"{name}@{slug}.example", name=full, roles=roles or (role,), by=Reader.for_purpose("setup", ref(slug)),
        user_id=as_person(name).user_id, since=in_hours(-100),
    )  # fmt: skip


def in_hours(hours: float) -> datetime:
    """A time from now, on the clock in Oslo: near midnight its day is another than in UTC."""
    return now().astimezone(OSLO) + timedelta(hours=hours)


def deputy(name: str) -> User:
    """A person of the cast who stands in for the coordinator."""
    user = person(name)
    TeamMember(user=user, deputy=True, since=in_hours(-100).date()).save(force_insert=True)
    return user


def received(hours_ago: float = 0.5, about_staff: str = "", who: str = "Ola Utsatt") -> Concern:
    """A concern that nobody has opened."""
    told = Told(reporter_kind="privat", what=TELLER, who=who, about_staff=about_staff)
    by = Reader.for_purpose("intake", ref("gjovik"))
    got = receive(told=told, channel="web", by=by, received_at=in_hours(-hours_ago))
    return Concern.objects.get(id=got.concern_id)


def opened(by: str = "kari", **kwargs: float) -> Concern:
    """A concern that a person has opened."""
    person(by)
    return open_concern(concern=received(**kwargs), by=as_person(by))


def step(owner: str = "kari", hours: float = 48) -> NewStep:
    """Ring the person."""
    return NewStep("Ring den utsatte på trygt tidspunkt", person(owner), in_hours(hours))


def decided(outcome: str = "case", by: str = "kari", owner: str | None = None, **kwargs: object) -> Decision:
    """A decision by somebody; the owner of the step is the same person if no other is named."""
    concern = kwargs.pop("concern", None) or opened(by)
    given = {"category": "ma", "reason": "Fare for gjentakelse", "step": step(owner or by)} | kwargs
    return decide(concern=concern, outcome=outcome, by=as_person(by), **given)


def case(by: str = "kari", owner: str | None = None, **kwargs: object) -> Case:
    """An open case; `by` is on it, and the step's owner."""
    decision = decided("case", by, owner, **kwargs)
    return Case.objects.select_related("concern").get(concern=decision.assessment.concern)


def measure(of: Case, owner: str = "kari", days: int = 3) -> Measure:
    """Somebody visits."""
    plan = Plan("concrete", "Hjemmetjenesten ser innom", person(owner), in_hours(24 * days).date(), "Hjemmetjenesten")
    return plan_measure(case=of, plan=plan, by=as_person("kari"))


def logged(what: str, action: str, object_id: object = None) -> bool:
    """Is it in the log? What waits to be written is written first."""
    current().flush()
    rows = Entry.objects.filter(what=what, action=action)
    return (rows.filter(object_id=str(object_id)) if object_id else rows).exists()
