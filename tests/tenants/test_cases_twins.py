"""Two cases that share a name by chance, when two kommuner have become one."""

from uuid import UUID

from shared.orders import leaving
from tenants.cases.access import called
from tenants.cases.models import Case
from tenants.cases.twins import name_twins
from tenants.inbox.search_named import looks_named
from tests.cast import TEST, ref
from tests.tenants import way
from varde.clock import now
from varde.tenancy.work import work
from varde.ui.dates import day_of


def laid(number: int, hour: int) -> Case:
    concern = way.opened()
    return Case.objects.create(
        id=UUID(f"abcdef{number:026x}"), concern=concern, category="ma", counted_from=day_of(now()),
        opened_at=way.in_hours(hour), opened_by_name="Kari",
    )  # fmt: skip


def test_the_later_one_is_shown_with_a_two_and_both_are_found_by_the_name_they_had(house):
    with work(ref("gjovik"), TEST):
        first, second = laid(1, -2), laid(2, -1)
        assert first.name == second.name
    for _ in range(2):  # said twice it is the same
        with leaving.as_owner_of(ref("gjovik")):
            name_twins()
    with work(ref("gjovik"), TEST):
        first.refresh_from_db()
        second.refresh_from_db()
        assert second.name == f"{first.name}-2"
        number = first.name.removeprefix("Sak ")
        assert called(number) == {first.concern_id, second.concern_id}
        assert called(f"{number}-2") == {second.concern_id}
        assert looks_named(second.name)
