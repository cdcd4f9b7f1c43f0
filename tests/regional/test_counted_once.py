"""A matter counts once: through real letters, two kommuner's returns, and the region's pool."""

from datetime import timedelta

from regional.hotline import figures, figures_queries
from regional.statistics.queries import pool
from shared.codes.periods import quarter_of
from shared.post.actions import open_mail
from tenants.closing.transfer_actions import transfer
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern
from tenants.returns.actions import send_return
from tenants.triage.actions import decide
from tests.cast import TEST, as_person, ref
from tests.regional.test_delivery_returned import FIRST, REGION, SECOND, back_from, on_to, open_in
from tests.regional.test_delivery_returned import call as call
from tests.tenants import way
from tests.tenants.transfers import SUMMARY
from varde.access import Reader
from varde.clock import now, telling
from varde.tenancy.work import work
from varde.ui.dates import day_of


def becomes_a_case(slug: str, name: str, concern: Concern) -> None:
    by = as_person(name)
    with work(ref(slug), TEST):
        decide(concern=concern, category="bor", outcome="case", reason="Trenger hjelp", step=way.step(name), by=by)


def pooled() -> dict[str, int]:
    """Every kommune sends the quarter when it is over; what the region has of each."""
    quarter = quarter_of(day_of(now()))
    with telling(now() + timedelta(days=100)):
        for slug in (FIRST, SECOND):
            with work(ref(slug), "returns") as by:
                send_return(period=str(quarter), by=by)
        open_mail(ref(REGION))
    with work(ref(REGION), TEST):
        found = pool([quarter], Reader.for_purpose(TEST, ref(REGION)))
    return {name: counts.cases for name, counts in found.contributions.items()}


def by_phone() -> dict[str, int]:
    """Calls by the number of the kommune that they count for."""
    counted: dict[str, int] = {}
    with work(ref(REGION), TEST):
        for fact in figures_queries.facts(now() - timedelta(days=1)):
            place = figures.counted_for(fact)
            if place:
                counted[place] = counted.get(place, 0) + 1
    return counted


def test_a_concern_that_came_to_the_wrong_kommune_first_is_counted_once_where_it_ended(call):
    assert by_phone() == {"3407": 1}
    back_from(FIRST, "kari")
    assert by_phone() == {}
    on_to(SECOND)
    becomes_a_case(SECOND, "nina", open_in(SECOND, "nina"))
    assert by_phone() == {"3442": 1}
    assert pooled() == {"Gjøvik": 0, "Østre Toten": 1}


def test_a_case_that_another_team_took_over_is_counted_once_where_it_ended(call):
    concern = open_in(FIRST, "kari")
    becomes_a_case(FIRST, "kari", concern)
    with work(ref(FIRST), TEST):
        transfer(
            concern=Concern.objects.get(), to=ref(SECOND).id, reason="moved", summary=SUMMARY, by=as_person("kari")
        )
    open_mail(ref(SECOND))
    with work(ref(SECOND), TEST):
        arrived = Concern.objects.get()
        open_concern(concern=arrived, by=as_person("nina"))
    becomes_a_case(SECOND, "nina", arrived)
    assert pooled() == {"Gjøvik": 0, "Østre Toten": 1}
