"""Asking about risk assessments: seen by those who see the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from shared.codes.templates import Template, build, shipped, shipped_data
from tenants.cases.models import Case
from tenants.inbox.mistakes_queries import Mark, is_marked, marks_of, unmarked
from tenants.risk.compare import Comparison, compare
from tenants.risk.models import Assessment, Overtaken, RiskTemplate, TemplateOffer
from tenants.risk.offers import SHIPPED
from tenants.risk.states import Given, certified
from tenants.team.models import TeamMember
from varde.access import Reader
from varde.privacy.errors import Destroyed


@dataclass(frozen=True, slots=True)
class Shown:
    """An assessment opened: its template, what is answered, and its level in words. `gone` when it was deleted."""

    row: Assessment
    template: Template
    given: Given
    gone: bool = False

    @property
    def level(self) -> str:
        """The level in words; "" where none is chosen or the content is gone."""
        return self.template.level.label_of(self.given.level)


def loaded() -> list[RiskTemplate]:
    """The templates that the office has loaded, the newest first."""
    return list(RiskTemplate.objects.order_by("-loaded_at", "-id"))


def newest() -> RiskTemplate | None:
    """What was last taken into use; None where the office uses the one that is shipped."""
    return RiskTemplate.objects.order_by("-loaded_at", "-id").first()


def stands() -> str:
    """Which template is in use, for a page to send back."""
    found = newest()
    return str(found.id) if found else SHIPPED


def in_force() -> tuple[Template, dict[str, object]]:
    """The template for new drafts, and its content: the newest that was loaded, else the one that is shipped."""
    found = newest()
    return (build(found.content), found.content) if found else (shipped(), shipped_data())


def offers() -> list[TemplateOffer]:
    """What the region has sent, the newest first."""
    return list(TemplateOffer.objects.order_by("-sent_at", "-id"))


def shown(row: Assessment) -> Shown:
    """The assessment, opened; one whose content is deleted for good shows its times and names alone."""
    try:
        return Shown(row, build(row.template), Given.of(row.given))
    except Destroyed:
        return Shown(row, shipped(), Given(), gone=True)


def signed(case: Case) -> list[Assessment]:
    """What was signed in the case, the newest first."""
    rows = Assessment.objects.filter(case=case, signed_at__isnull=False).order_by("-signed_at", "-id")
    return _with_case(rows, case)


def draft_of(case: Case) -> Assessment | None:
    """The draft that somebody is writing."""
    rows = unmarked(Assessment.objects.filter(case=case, signed_at__isnull=True)).order_by("made_at", "id")
    return next(iter(_with_case(rows[:1], case)), None)


def discarded(case: Case) -> list[tuple[Assessment, Mark]]:
    """Drafts that somebody has discarded, the newest first, and who did it and why."""
    rows = Assessment.objects.filter(is_marked(Assessment), case=case).order_by("-made_at", "-id")
    found = _with_case(rows, case)
    marks = marks_of(Assessment, [row.pk for row in found])
    return [(row, marks[row.pk]) for row in found]


def _with_case(rows: QuerySet[Assessment], case: Case) -> list[Assessment]:
    found = list(rows)
    for row in found:
        row.case = case
    return found


def before(row: Assessment) -> Assessment | None:
    """The one signed before it; for a draft the newest."""
    rows = Assessment.objects.filter(case=row.case, signed_at__isnull=False).exclude(pk=row.pk)
    if row.signed_at is not None:
        rows = rows.filter(signed_at__lt=row.signed_at)
    return next(iter(_with_case(rows.order_by("-signed_at", "-id")[:1], row.case)), None)


def compared(now: Shown, last: Shown | None) -> Comparison | None:
    """Beside the one before it; None where there is none, or nothing can be read."""
    if last is None or now.gone or last.gone:
        return None
    return compare(now.template, now.given, last.template, last.given)


def overtaken(row: Assessment) -> Sequence[Overtaken]:
    """What others wrote in the draft and could not save, the newest first."""
    found = list(Overtaken.objects.filter(assessment=row).order_by("-at"))
    for each in found:
        each.case = row.case
    return found


def is_certified(by: Reader, today: date) -> bool:
    """Is the person RITE-certified that day?"""
    place = TeamMember.objects.filter(user_id=by.user_id).first() if by.user_id else None
    return certified(place.rite_until if place else None, today)


def to_remind(by: Reader, today: date) -> list[Assessment]:
    """The newest signed assessment of each open case whose next one is due, and of which nobody was told; locked."""
    rows = Assessment.objects.filter(
        signed_at__isnull=False, next_on__lte=today, reminded_at__isnull=True, case__state="open"
    )
    found = list(rows.select_related("case").select_for_update(of=("self",)).order_by("next_on"))
    newer = Assessment.objects.filter(case__in={row.case_id for row in found}, signed_at__isnull=False)
    last: dict[object, object] = {}
    for case_id, key in newer.order_by("signed_at", "id").values_list("case_id", "id"):
        last[case_id] = key
    return [row for row in found if last[row.case_id] == row.id]
