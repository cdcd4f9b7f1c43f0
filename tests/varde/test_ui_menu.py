"""The menu: parted by what one is about to do, folded but where one is, and nothing lost on the way."""

import re
from uuid import uuid4

import pytest
from django.template.loader import render_to_string

from tests.client import client_for
from varde.access import Role
from varde.access.reader import Reader
from varde.access.roles import ROLES, roles_of
from varde.tenancy.door import OfficeRef
from varde.ui import navigation

EVERYBODY = [(kind, {role}) for kind in ("kommune", "region", "drift") for role in roles_of(kind)]
EVERYBODY += [(kind, set(roles_of(kind))) for kind in ("kommune", "region", "drift")]
GROUP = re.compile(
    r'<details class="v-nav__group" name="v-nav"( open)?><summary[^>]*>([^<]+)</summary>(.*?)</details>', re.DOTALL
)


def reader_with(kind: str, roles: set[Role]) -> Reader:
    """Somebody in an office of that type."""
    office = OfficeRef(uuid4(), kind, "x", "x", "x", "X", "0000", None, False)
    return Reader(office=office, user_id=uuid4(), name="X", roles=frozenset(roles))


def due_to(by: Reader) -> list[tuple[str, str]]:
    """What the roles open, read from the entries themselves."""
    allowed = {permission for role in by.roles for permission in ROLES[role].permissions}
    mine = [e for e in navigation._entries if e.kind == by.office.kind and allowed.intersection(e.permissions)]
    return sorted((e.label, e.url) for e in mine)


@pytest.mark.parametrize(("kind", "roles"), EVERYBODY, ids=lambda said: str(said) if isinstance(said, str) else "")
def test_every_role_finds_every_entry_once_wherever_it_stands(kind, roles):
    by = reader_with(kind, roles)
    for path in ["/konto", *(url for _, url in due_to(by))]:
        shown = navigation.links(path, by)
        html = render_to_string("ui/_nav.html", {"nav": shown})
        found = re.findall(r'<a class="v-nav__link" href="([^"]+)"[^>]*>([^<]+)</a>', html)
        assert sorted((label, url) for url, label in found) == due_to(by)
        opened = [(name, inside) for is_open, name, inside in GROUP.findall(html) if is_open]
        assert len(opened) <= 1
        if path != "/konto":
            assert html.count('aria-current="page"') == 1
            assert all('aria-current="page"' in inside for _, inside in opened)
        else:
            assert opened == []


def test_a_long_menu_is_parted_into_few_named_groups_and_a_short_one_is_not():
    groups = navigation.groups(reader_with("kommune", {Role.COORDINATOR}))
    assert 3 <= len(groups) <= 7
    assert all(group.label for group in groups)
    assert max(len(group.entries) for group in groups) <= 10
    assert [group.label for group in navigation.groups(reader_with("region", {Role.LEADER_TEAM}))] == [""]


def test_the_page_that_is_open_opens_its_group_and_no_other(gjovik):
    html = client_for("kari").get("/saker").content.decode()
    groups = {name: (bool(is_open), inside) for is_open, name, inside in GROUP.findall(html)}
    assert [name for name, (is_open, _) in groups.items() if is_open] == ["Saker"]
    assert 'href="/saker" data-keys="g s" aria-current="page"' in groups["Saker"][1]
    assert 'href="/innboks"' in groups["Dagen"][1]
