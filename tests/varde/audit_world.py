"""What the tests of the log share: which matter a row belongs to, a hand on the tables, and a world to walk through."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from tenants.cases.models import Case
from tenants.closing.actions import Report, close
from tenants.inbox.actions import message_reporter
from tenants.triage.models import NextStep
from tests.cast import as_person
from tests.tenants import way
from varde.tenancy import fleet

SCHEMA = "kommune_3407"
BORN = "SELECT pg_get_functiondef('audit_matter(text, text)'::regprocedure)"
# As the rooms of a kommune say it; used where they have not said it themselves yet.
MATTER = """
CREATE OR REPLACE FUNCTION audit_matter(what text, object_id text) RETURNS uuid STABLE LANGUAGE sql
SET search_path FROM CURRENT AS $$
  SELECT CASE
    WHEN what = 'inbox.message' THEN (SELECT concern_id FROM inbox_reportermessage WHERE id = object_id::uuid)
    WHEN what LIKE 'inbox.%' THEN (SELECT id FROM inbox_concern WHERE id = object_id::uuid)
    WHEN what = 'triage.assessment' THEN (SELECT concern_id FROM triage_assessment WHERE id = object_id::uuid)
    WHEN what = 'triage.step' THEN (SELECT concern_id FROM triage_nextstep WHERE id = object_id::uuid)
    WHEN what = 'cases.note' THEN (SELECT c.concern_id FROM cases_note n JOIN cases_case c ON c.id = n.case_id
                                    WHERE n.id = object_id::uuid)
    WHEN what LIKE 'cases.%' THEN (SELECT concern_id FROM cases_case WHERE id = object_id::uuid)
    WHEN what LIKE 'measures.%' THEN (SELECT c.concern_id FROM measures_measure m JOIN cases_case c ON c.id = m.case_id
                                       WHERE m.id = object_id::uuid)
    WHEN what = 'closing.report' THEN (SELECT c.concern_id FROM closing_report r JOIN cases_case c ON c.id = r.case_id
                                        WHERE r.id = object_id::uuid)
    WHEN what = 'audit.extract' THEN (SELECT id FROM inbox_concern WHERE id = object_id::uuid)
    WHEN what IN ('audit.finding', 'audit.review') THEN (SELECT matter_id FROM audit_finding WHERE id = object_id::uuid)
  END
$$
"""


@contextmanager
def matters_known() -> Iterator[None]:
    """Gjøvik's rows know their matter, also before the rooms have said how."""
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = kommune_3407")
        (before,) = owner.execute(BORN).fetchone() or ("",)
        if "NULL::uuid" in before:
            owner.execute(MATTER)
    yield
    with fleet.connect() as owner:
        owner.execute(before)


@contextmanager
def as_owner() -> Iterator[fleet.Connection]:
    """The hand of somebody who owns the tables; the triggers are out of the way meanwhile."""
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = kommune_3407")
        owner.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        yield owner
        owner.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")


# A forger with all rights: every row anew, numbered and chained from the first, and the head after the last.
REWRITE = """
DO $$
DECLARE
  row audit_entry;
  last text := '';
  n bigint := 0;
BEGIN
  FOR row IN SELECT * FROM audit_entry ORDER BY number LOOP
    n := n + 1;
    row.number := n;
    row.previous := last;
    row.digest := encode(sha256(convert_to(audit_text(row), 'UTF8')), 'hex');
    UPDATE audit_entry SET number = n, previous = last, digest = row.digest WHERE id = row.id;
    last := row.digest;
  END LOOP;
  UPDATE audit_head SET number = n, digest = last;
END $$
"""


def forge(sql: str) -> None:
    """Change the log and make the chain fit again."""
    with as_owner() as owner:
        owner.execute(sql.encode())
        owner.execute(REWRITE.encode())


@dataclass(frozen=True)
class World:
    """What lies in Gjøvik when somebody walks through: ids by what an address calls them, and each thing's matter."""

    ids: dict[str, list[UUID]]
    matter: dict[str, UUID]


def closed_case() -> Case:
    """A case with its closing report."""
    case = way.case()
    close(case=case, report=Report(done="Hun har fått egen lås"), outcomes=["closer_follow_up"], by=as_person("kari"))
    return Case.objects.select_related("concern").get(pk=case.pk)


def world() -> World:
    """Two concerns that nobody has opened, one opened, two open cases with measures, a closed case with its report."""
    concerns = [way.received(), way.received(), way.opened()]
    message_reporter(concern=concerns[2], text="Vi har tatt imot", by=as_person("kari"))
    cases = [way.case(), way.case(), closed_case()]
    measures = [way.measure(cases[0]), way.measure(cases[1])]
    matter = {str(c.id): c.id for c in concerns} | {str(c.concern_id): c.concern_id for c in cases}
    matter |= {str(c.id): c.concern_id for c in cases} | {str(m.id): m.case.concern_id for m in measures}
    every = [*concerns, *(case.concern for case in cases)]
    matter |= {str(step): concern for step, concern in NextStep.objects.values_list("id", "concern_id")}
    ids = {
        "concern_id": [c.id for c in every],
        "case_id": [c.id for c in cases],
        "measure_id": [m.id for m in measures],
        "user_id": [way.person("tom").id],
        "matter_id": [cases[0].concern_id],
    }
    return World(ids, matter)
