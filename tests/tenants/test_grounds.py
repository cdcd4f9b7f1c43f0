"""The log says on which ground somebody saw a matter."""

from tenants.cases.access import case_for
from tenants.cases.actions import add_member
from tenants.cases.models import CaseMember
from tenants.inbox.access import concern_for
from tests.cast import TEST, ref, seen_as
from tests.tenants import way
from varde.audit.models import Entry
from varde.tenancy.work import work

KARI, TOM = "Kari Koordinator", "Tom Teammedlem"


def test_the_log_says_why_somebody_saw_a_matter(house):
    with work(ref("gjovik"), TEST):
        covered, concern, case = way.received(about_staff="staff"), way.received(), way.case()
        CaseMember.objects.filter(case=case, user=way.person("kari")).delete()
        tom_himself = way.person("tom")
        with seen_as("kari") as kari:
            add_member(case=case, user=tom_himself, by=kari)
            concern_for(kari, covered.id)
            concern_for(kari, concern.id)
            case_for(kari, case.id)
        with seen_as("tom") as tom:
            case_for(tom, case.id)
    with work(ref("gjovik"), TEST):
        seen = Entry.objects.filter(action="view", ground__gt="").order_by("number").values_list("name", "ground")
        assert list(seen) == [
            (KARI, "skjermet sak"), (KARI, "teamets innboks"), (KARI, "koordinator"), (TOM, "satt på saken"),
        ]  # fmt: skip
