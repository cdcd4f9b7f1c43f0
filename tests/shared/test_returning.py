"""A kommune that has left comes back: the number and the address are free, and nothing of what was is reached."""

import pytest
from django.db import connection

from shared.orders import work as order_work
from shared.orders.models import Certificate, Order
from shared.registry.models import Office
from shared.registry.queries import office_by_slug
from tests.client import anonymous
from tests.shared.orders import acting, approved, ask, newborns, region, somebody, state, work_off
from tests.shared.test_leaving import agreed, asked, ny
from varde.access.roles import Role
from varde.refusal import Refused
from varde.tenancy.fleet import connect

assert newborns
assert ny


def test_a_number_and_an_address_are_free_when_all_of_the_end_is_done_and_not_before(ny, tmp_path):
    order = asked()
    with pytest.raises(Refused, match="allerede brukt av Nykommune"):
        ask(region())
    agreed(order, tmp_path / "ut")
    with pytest.raises(Refused, match="allerede brukt av Nykommune"):
        ask(region())
    work_off()
    assert state(order.id) == "done"
    assert anonymous("nykommune").get("/attest").status_code == 200
    order_id = approved()
    work_off()
    assert state(order_id) == "done"
    born = office_by_slug("nykommune")
    assert born is not None
    assert (born.id != ny.id, born.number, born.schema) == (True, ny.number, f"{ny.schema}_2")


def test_nothing_of_what_was_is_reached_by_the_one_that_came_back(ny, tmp_path):
    order = asked()
    agreed(order, tmp_path / "ut")
    work_off()
    approved()
    work_off()
    with connect() as owner:
        roles = "SELECT 1 FROM pg_roles WHERE rolname = %s"
        assert owner.execute(roles, [ny.login]).fetchone() is None  # nobody logs in to the database by the old name
    with acting(somebody("nykommune", Role.ADMINISTRATOR)), connection.cursor() as cursor:
        assert Order.objects.filter(id=order.id).count() == 0
        for table in ("inbox_concern", "audit_former", "post_letter", "inbox_attachment"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert (table, cursor.fetchone()) == (table, (0,))
    with order_work.as_owner():
        was = Office.objects.get(id=ny.id)
        assert (was.active, was.number, was.replaced_at is not None) == (False, "9977", True)
        assert Certificate.objects.filter(office=ny.id).exists()
    assert anonymous(was.slug).get("/attest").status_code == 200
