"""What the region has registered of a year: the agreement's shares and money, the plan, meetings, and training."""

from datetime import date

from regional.bufdir.grant import Activity, Registered, Share, Trained
from regional.cooperation import agreement_queries, money
from regional.meetings.models import Meeting
from regional.meetings.states import TOOK_PLACE
from regional.onboarding import queries as onboarding
from regional.plan import queries as plans
from varde.access import Reader
from varde.clock import now
from varde.ui.dates import day_of


def registered(by: Reader, year: int) -> Registered:
    """Of the year, as it stands now."""
    row = agreement_queries.agreement(by)
    held = agreement_queries.holding(row, _in(year)) if row else None
    figures = agreement_queries.figures(row, year) if row else {}
    parties = agreement_queries.in_order(held.terms.parties) if held else []
    shares = {party.id: held.terms.share(party) for party in parties} if held else {}
    lines, grant = money.lines(parties, figures), figures.get((None, "grant"))
    whole = money.total(lines)
    title, activities = _plan(year)
    return Registered(
        agreement=held.terms.title if held else "",
        host=held.terms.host.name if held and held.terms.host else "",
        grant=grant,
        shares=tuple(_share(one, shares[one.id]) for one in lines if one.id is not None),
        total=_share(whole, "") if lines else None,
        doubts=tuple(money.warnings(lines, grant)),
        plan=title,
        activities=tuple(activities),
        meetings=Meeting.objects.filter(starts_at__year=year, state__in=TOOK_PLACE).count(),
        trained=tuple(
            Trained(one.name, one.team, one.certified, one.trained, one.as_of) for one in onboarding.health(by)
        ),
    )


def _in(year: int) -> date:
    """Today when it is this year, else its last day."""
    today = day_of(now())
    return today if today.year == year else date(year, 12, 31)


def _share(line: money.Line, share: str) -> Share:
    return Share(line.name, share, line.planned, line.received, line.used)


def _plan(year: int) -> tuple[str, list[Activity]]:
    """The adopted plan of the year that was adopted last, with its measures."""
    found = [one for one in plans.plans() if plans.adoption_of(one) and one.first_year <= year <= one.last_year]
    if not found:
        return "", []
    plan = max(found, key=lambda one: one.adoption.at)
    made = [
        Activity(
            line.number, line.what, line.kommuner, line.now.owner_name, line.now.due_on, line.now.label,
            line.measure.cost,
        )
        for line in plans.lines(plan, day_of(now()))
    ]  # fmt: skip
    return f"Handlingsplan {plan.period}, versjon {plan.version}.", made
