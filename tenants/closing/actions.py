"""Closing a case: report, outcome, case, step and concern together or not at all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from shared.codes.forms import CURRENT
from tenants.cases.actions import answer, close_case
from tenants.cases.models import Case
from tenants.cases.queries import locked
from tenants.cases.states import check_move
from tenants.closing import checklist
from tenants.closing.after_actions import keep_copy, plan_followup
from tenants.closing.checklist import Missing
from tenants.closing.loose import CLOSED, Ends
from tenants.closing.loose_actions import settle
from tenants.closing.models import ClosingReport
from tenants.inbox.actions import move
from tenants.inbox.models import Concern
from tenants.inbox.queries import held_by_right
from tenants.measures.queries import open_in
from tenants.persons.queries import helped_in
from tenants.persons.spoken_actions import write_voice
from tenants.persons.voice import Said
from tenants.triage.actions import end_steps
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused


@dataclass(frozen=True, slots=True)
class Report:
    """What was done and not solved, the person's own words, what was learned, who carries on measures; whether it
    helped and how it ended (codes of `voice.HELPED` and `endings`), and when somebody asks again."""

    done: str
    unsolved: str = ""
    own_words: str = ""
    learned: str = ""
    carried_on: str = ""
    helped: str = ""
    ending: str = "ordinary"
    followup_on: date | None = None


class NotReady(Refused):
    """Something stops the closing; `missing` says what, field by field."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(" ".join(each.sentence for each in missing))
        self.missing = missing


@transaction.atomic
def close(
    *,
    case: Case,
    report: Report,
    outcomes: Collection[str],
    by: Reader,
    at: datetime | None = None,
    ends: Ends = Ends(),  # noqa: B008  # frozen
) -> ClosingReport:
    """Close an open case and its concern, end its step and what waits, answer «utfall» and keep the report.

    An import may close without an outcome, because the old figures lack some. Raises NotReady, WrongMove when the
    case is closed already, ValueError for an outcome that the form does not have; as `settle` for what waits.
    """
    Concern.objects.select_for_update().get(pk=case.concern_id)  # whoever asks or plans something holds it too
    check_move(locked(case).state, "closed")
    if not held_by_right(case.concern_id):
        raise Refused("Du er sluppet inn ved nødåpning og kan ikke lukke saken.")
    _check_ready(case, report, outcomes, by)
    moment = at or now()
    if by.purpose != "import":  # where nothing waits
        settle(concern=case.concern, ends=ends, why=CLOSED, by=by)
    answer(case=case, form=CURRENT, answers={checklist.OUTCOME: outcomes}, by=by)
    kept = _keep(case, report, moment, by)
    _into_the_voice(case, report, by)
    end_steps(concern=case.concern, by=by, at=moment)
    close_case(case=case, by=by, at=moment)
    move(concern=case.concern, to="closed", by=by)
    if report.followup_on is not None:
        plan_followup(case=case, due_on=report.followup_on, by=by, at=moment)
    # Imported cases are many and hold no more than their answers.
    if by.purpose != "import":
        keep_copy(report=kept, followup_on=report.followup_on, by=by)
    return kept


def _check_ready(case: Case, report: Report, outcomes: Collection[str], by: Reader) -> None:
    stops = checklist.missing(
        done=report.done, outcomes=outcomes, open_measures=len(open_in(case)), carried_on=report.carried_on
    )
    if by.purpose == "import":
        stops = [each for each in stops if each.field != "outcomes"]
    if stops:
        raise NotReady(stops)


def _keep(case: Case, report: Report, moment: datetime, by: Reader) -> ClosingReport:
    kept = ClosingReport(
        case=case,
        done=report.done,
        unsolved=report.unsolved,
        own_words=report.own_words,
        learned=report.learned,
        carried_on=report.carried_on,
        helped=report.helped,
        ending=report.ending,
        closed_at=moment,
        closed_by=by.user_id,
        closed_by_name=by.name,
    )
    kept.save()
    record(by=by, action=Action.CREATE, what="closing.report", ids=[kept.id])
    return kept


def _into_the_voice(case: Case, report: Report, by: Reader) -> None:
    """What the person answered when it was closed is part of the voice, unless it stands there already."""
    if not (report.helped and report.own_words) or by.purpose == "import":
        return
    before = helped_in(case.concern)
    if before is None or (before.helped, before.helped_words) != (report.helped, report.own_words):
        said = Said(words="own", helped=report.helped, helped_words=report.own_words)
        write_voice(concern=case.concern, person=None, stage="end", said=said, by=by)
