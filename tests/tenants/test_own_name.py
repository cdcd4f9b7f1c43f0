"""Somebody who looks at a matter with their own name in it is asked about it, found by keyed tokens alone."""

import pytest

from tenants.inbox.access import concern_for
from tests.cast import TEST, ref, seen_as
from tests.tenants import way
from varde.audit import tasks
from varde.audit.models import Finding, Rule
from varde.tenancy.work import work


@pytest.mark.parametrize(("who", "found"), [("Kari Koordinator", 1), ("koordinator, KARI", 1), ("Kari Kjensmo", 0)])
def test_a_look_at_a_matter_with_ones_own_name_is_found(house, who, found):
    """Received as by the form, looked at through the getter, found by the sweep as the purpose that verifies."""
    with work(ref("gjovik"), TEST):
        way.person("kari")
        concern = way.received(who=who)
    with work(ref("gjovik"), TEST), seen_as("kari") as kari:
        concern_for(kari, concern.id)
    tasks.look_for_odd.run(ref("gjovik"))
    with work(ref("gjovik"), TEST):
        assert Finding.objects.filter(rule=Rule.OWN_NAME).count() == found
