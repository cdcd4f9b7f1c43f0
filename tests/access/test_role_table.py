"""Every address against `role_table`: none undeclared, none forgotten, and each really fetched as each role."""

from functools import cache

import pytest
from django.conf import settings

from tests.access.role_table import ANYONE, EVERYBODY, TABLE, Who
from tests.cast import inside
from tests.client import OfficeClient, anonymous, log_in
from varde.access import ROLES, Permission, Role, gather
from varde.access.doors import Door
from varde.access.roles import roles_of

HOSTS = {"public": "", "kommune": "gjovik", "region": "gjovikregionen", "drift": "drift"}
LOGGED_IN = ["kommune", "region", "drift"]
OPENED = {
    200,
    204,
    302,
    405,
    400,
    415,
    422,
}  # 204: nothing there; 405: only POST; others: it lacked something
TOKENS = {"/api/v1/calls", "/api/v1/lines", "/api/v1/releases", "/api/v1/releases/<int:number>"}
# Open to machines with a token: a person has none, whatever the role.
NOTHING_THERE = {"/konto/totrinn/app/fjern"}  # open, but this person has no app to remove


@cache
def doors(kind: str) -> dict[str, Door | None]:
    """Every address of an office type with what it declares."""
    return {path: door for path, _, door in gather(settings.TENANT_TYPES[kind]["URLCONF"])}


def declared(kind: str, door: Door) -> Who:
    """What the code says, in the words of the table."""
    if door.anyone:
        return ANYONE
    if Permission.BE_HERE in door.permissions:
        return EVERYBODY
    return [role for role in roles_of(kind) if any(p in ROLES[role].permissions for p in door.permissions)]


def line(kind: str, path: str) -> str:
    """The line to paste."""
    door = doors(kind)[path]
    who = declared(kind, door) if door else "???"
    said = f"[{', '.join(f'Role.{role.name}' for role in who)}]" if isinstance(who, list) else who.upper()
    return f'    "{path}": {said},'


@pytest.mark.parametrize("kind", TABLE)
def test_every_view_declares_its_door(kind):
    missing = [path for path, door in doors(kind).items() if door is None]
    assert not missing, f"Without @allow or @anyone: {missing}"


@pytest.mark.parametrize("kind", TABLE)
def test_every_address_has_a_line(kind):
    missing = [line(kind, path) for path in doors(kind) if path not in TABLE[kind]]
    assert not missing, f"Add to {kind.upper()} in tests/access/role_table.py:\n" + "\n".join(missing)


@pytest.mark.parametrize("kind", TABLE)
def test_every_line_has_an_address(kind):
    assert not [path for path in TABLE[kind] if path not in doors(kind)], f"Lines of {kind} without an address"


@pytest.mark.parametrize("kind", TABLE)
def test_the_table_says_what_the_code_says(kind):
    wrong = []
    for path, who in TABLE[kind].items():
        door = doors(kind).get(path)
        if door and _comparable(declared(kind, door)) != _comparable(who):
            wrong.append(line(kind, path))
    assert not wrong, f"The code says otherwise for {kind}:\n" + "\n".join(wrong)


def _comparable(who: Who) -> object:
    return sorted(who) if isinstance(who, list) else who


def plain_paths(kind: str) -> list[str]:
    """Addresses that can be fetched as they stand; one without a line has its own test."""
    return [path for path, door in doors(kind).items() if "<" not in path and door and path in TABLE[kind]]


@pytest.fixture
def database(django_db_setup, django_db_blocker):
    """Open, with no office entered; each test enters one and rolls back, which is faster than wiping."""
    with django_db_blocker.unblock():
        yield


def ask(client: OfficeClient, path: str):
    """GET, or an empty POST where only that is answered (the door stands behind the method there)."""
    response = client.get(path)
    return client.post(path) if response.status_code == 405 else response


@pytest.mark.parametrize("kind", LOGGED_IN)
def test_nobody_in_particular_is_led_to_the_log_in(database, kind):
    with inside(HOSTS[kind]):
        client = anonymous(HOSTS[kind])
        answers = {path: ask(client, path) for path in plain_paths(kind)}
    for path, response in answers.items():
        if path in TOKENS:
            assert response.status_code == 401, path
        elif TABLE[kind][path] == ANYONE:
            assert response.status_code in OPENED, path
        else:
            assert (response.status_code, response.get("Location", "")[:4]) == (302, "/inn"), path


def fault_of(client: OfficeClient, path: str, who: Who, role: Role | None) -> str:
    """What is wrong with how this address answers this role; "" when nothing is."""
    may = who in (ANYONE, EVERYBODY) or role in who
    if path in TOKENS:
        return "" if ask(client, path).status_code == 401 else f"{path}: opened without a token"
    status = client.get(path).status_code if may else ask(client, path).status_code
    fine = (OPENED | {404} if path in NOTHING_THERE else OPENED) if may else {403}
    return "" if status in fine else f"{path}: {status}, the table says {'open' if may else '403'}"


@pytest.mark.parametrize(("kind", "role"), [(kind, role) for kind in LOGGED_IN for role in [None, *roles_of(kind)]])
def test_each_role_opens_its_rooms_and_no_others(database, kind, role: Role | None):
    slug = HOSTS[kind]
    with inside(slug):
        client = log_in(slug, f"rolle@{slug}.example", "Rolle Innehaver", *([role] if role else []))
        wrong = [fault for path in plain_paths(kind) if (fault := fault_of(client, path, TABLE[kind][path], role))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("kind", LOGGED_IN)
def test_a_post_without_the_role_changes_nothing(database, kind):
    slug = HOSTS[kind]
    with inside(slug):
        client = log_in(slug, f"ingen@{slug}.example", "Uten Rolle")
        rooms = [path for path in plain_paths(kind) if isinstance(TABLE[kind][path], list)]
        assert {client.post(path).status_code for path in rooms} <= {403, 405}
        assert client.person.grants.count() == 0
