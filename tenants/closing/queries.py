"""Asking about the end of a case."""

from shared.codes.forms import CURRENT, form
from tenants.cases import answers
from tenants.cases.models import Case
from tenants.cases.queries import answers as given_in
from tenants.closing import checklist
from tenants.closing.checklist import Item
from tenants.closing.models import ClosingReport
from tenants.measures.queries import open_in
from tenants.risk import queries as risk
from tenants.triage.queries import open_step


def report_of(case: Case) -> ClosingReport | None:
    """The closing report; a case that was closed again has several, the newest counts."""
    return ClosingReport.objects.filter(case=case).order_by("-closed_at").first()


def outcomes_of(case: Case) -> list[str]:
    """The outcomes of the case in words."""
    question = form(CURRENT).question(checklist.OUTCOME)
    given = given_in(case).get(checklist.OUTCOME, ())
    return [answer.label for answer in question.answers if answer.code in given]


def checklist_of(case: Case) -> list[Item]:
    """What is ready and what is not."""
    gaps = [question.label for question in answers.gaps(form(CURRENT), given_in(case)) if question.key != "utfall"]
    found = checklist.items(
        open_measures=len(open_in(case)), gaps=gaps, open_step=open_step(case.concern) is not None
    )  # fmt: skip
    if risk.draft_of(case) is not None:
        found.append(Item("Et utkast til risikovurdering er ikke signert. Det kan ikke signeres etterpå.", ready=False))
    return found
