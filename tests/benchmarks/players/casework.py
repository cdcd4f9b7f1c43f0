"""What a practice kommune is given to show: people, cases with notes and measures, and a log as after some years."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from tenants.cases.actions import write_note
from tenants.cases.models import Case
from tenants.inbox.actions import open_concern, receive
from tenants.inbox.models import Concern
from tenants.inbox.told import Told
from tenants.measures.actions import Plan, plan_measure
from tenants.triage.actions import NewStep, decide
from tests.client import BACKEND, OfficeClient, confirm
from tests.owner import as_owner
from varde.access import Reader
from varde.access.roles import Role
from varde.access.ticket import presented
from varde.audit.trail import trail
from varde.clock import now
from varde.identity.actions import invite
from varde.identity.models import User
from varde.identity.queries import reader_of
from varde.tenancy.door import OfficeRef, office
from varde.tenancy.work import work

NOTES, MEASURES = 10, 5
TELLER = Told(
    reporter_kind="ansatt", what="Hun er redd og har blåmerker, og sønnen svarer for henne.", who="Ola Utsatt",
    where_lives="Storgata 1", suspected="Per Utsatt", reporter_name="Mona Melder", reporter_phone="61 18 95 00",
)  # fmt: skip
# Lines of the log about the office's matters in turn, two per request, the newest now. Without the chain: nobody
# follows it here, and it would take minutes.
LOG = """
INSERT INTO audit_entry (id, at, user_id, name, role, action, what, object_id, reason, ground, request_id, matter_id,
                         number, previous, digest)
SELECT gen_random_uuid(), now() - make_interval(secs => 600 + (%(count)s - n) * 25), %(user)s, 'Benk', 'Teammedlem',
       'view', 'inbox.concern', c.id::text, '', '', lpad((n / 2)::text, 16, '0'), c.id, -n, '', ''
  FROM generate_series(1, %(count)s) n
  JOIN (SELECT id, row_number() OVER () - 1 AS place, count(*) OVER () AS total FROM inbox_concern) c
    ON c.place = n %% c.total
"""


class People:
    """A coordinator, a member and a controller, each with a browser."""

    def __init__(self, ref: OfficeRef) -> None:
        self.ref = ref
        self.browsers: dict[Role, OfficeClient] = {}
        for role in (Role.COORDINATOR, Role.TEAM_MEMBER, Role.PRIVACY_OFFICER):
            client = OfficeClient(HTTP_HOST=f"{ref.slug}.localhost")
            with work(ref, "setup") as by:
                client.person = invite(email=f"{role}@{ref.slug}.example", name=f"Benk {role}", roles=[role], by=by)
                client.force_login(client.person, backend=BACKEND)
                confirm(client)
            self.browsers[role] = client

    def user(self, role: Role) -> User:
        """Their account."""
        person = self.browsers[role].person
        assert person is not None
        return person

    def cookie(self, role: Role) -> str:
        """Of their session, as it is sent."""
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self.browsers[role].cookies.items())

    @contextmanager
    def acting(self, role: Role) -> Iterator[Reader]:
        """In one transaction of theirs, with its log."""
        with office(self.ref), transaction.atomic(), trail() as rows:
            by = reader_of(self.user(role), self.ref)
            with presented(by):
                yield by
            rows.flush()


def cases(people: People, count: int) -> Case:
    """So many cases of the member's; the last one is worked on, and returned."""
    with work(people.ref, "intake") as by:
        told = [receive(told=TELLER, channel="web", by=by).concern_id for _ in range(count)]
    with people.acting(Role.COORDINATOR) as by:
        for concern_id in told:
            found = _opened(concern_id, people.user(Role.TEAM_MEMBER), by)
    with people.acting(Role.TEAM_MEMBER) as by:
        for number in range(NOTES):
            write_note(case=found, text=f"Snakket med henne for {number}. gang, og hun ville ha hjelp. " * 5, by=by)
        for number in range(MEASURES):
            plan = Plan(
                "concrete", f"Tiltak {number}", people.user(Role.TEAM_MEMBER), (now() + timedelta(days=9)).date()
            )
            plan_measure(case=found, plan=plan, by=by)
    return found


def _opened(concern_id: UUID, member: User, by: Reader) -> Case:
    concern = open_concern(concern=Concern.objects.get(id=concern_id), by=by)
    step = NewStep("Ring henne på trygt tidspunkt", member, now() + timedelta(days=2))
    decide(concern=concern, category="bor", outcome="case", reason="Det haster ikke.", step=step, by=by)
    return Case.objects.select_related("concern").get(concern=concern)


def long_log(people: People, count: int) -> None:
    """So many rows about the office's matters."""
    with as_owner(people.ref), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(LOG, {"count": count, "user": people.user(Role.TEAM_MEMBER).id})
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
        cursor.execute("ANALYZE audit_entry")
