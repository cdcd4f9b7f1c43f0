"""The region, the platform's staff and a neighbour kommune see the same whether Gjøvik hides something or not."""

import copy
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client

from shared.post.actions import open_mail
from tenants.inbox import limits
from tests.access.role_table import TABLE
from tests.cast import TEST, inside, ref
from tests.client import BACKEND, confirm
from tests.twins import matters
from tests.twins.asking import Ask, names_of, usual, words_for
from tests.twins.fixed import Fate, fixed
from tests.twins.people import SLUG, employ
from tests.twins.worlds import answer, browser
from varde.access import Reader, Role
from varde.identity.actions import invite
from varde.privacy.box import PURPOSES
from varde.privacy.keyring import ready
from varde.tenancy.work import work

LONG = os.environ.get("VARDE_TWINS") == "1"
# What the region may count (decision 1) does not move before a return is sent, and here none is.
WATCHERS = {
    "gjovikregionen": (Role.HOST_ADMINISTRATOR, Role.LEADER_TEAM, Role.STATISTICS_OFFICER, Role.OPERATOR),
    "drift": (Role.PLATFORM_OPERATOR, Role.CONTROLLER),
    "ostre-toten": (Role.TEAM_MEMBER, Role.LEADER, Role.ADMINISTRATOR),
}


# A request has a second of its own. After five minutes people are asked to confirm who they are, with the address that
# they asked for; before that every request is told apart by its answer alone.
SITTING = 250


def script(kind: str, role: Role) -> Iterator[Ask]:
    """Every address is read by everybody, and sent to by the first of them; in the long form by everybody."""
    sends = LONG or role not in WATCHERS["ostre-toten"][1:]
    for path in sorted(TABLE[kind]):
        for method in ("GET", "POST") if sends else ("GET",):
            yield Ask(method, path, usual(path, "hidden"), words=words_for(path))


@contextmanager
def watching(slug: str, role: Role, fate: Fate) -> Iterator[Client]:
    """Somebody with the role, logged in; everything is taken back."""
    with inside(slug) as office:
        fate.step(0, role)
        setup = Reader.for_purpose("setup", office)
        client = browser(slug)
        client.person = invite(email="ser@huset.example", name="Ser Utenfra", roles=[role], by=setup)
        client.force_login(client.person, backend=BACKEND)
        confirm(client)
        yield client
        connection.run_on_commit = []


def seen(slug: str, ids: dict[str, str], fate: Fate, *, by_id: bool = False) -> dict[tuple[str, str, str], tuple]:
    """Every answer of every address of the office, or of those with an id in them, to each watcher."""
    found = {}
    for role in WATCHERS[slug]:
        with watching(slug, role, fate) as client:
            kept = copy.deepcopy(client.cookies)
            for number, ask in enumerate(script(ref(slug).kind, role), start=1):
                if by_id and "<uuid:" not in ask.path:
                    continue
                fate.step(number % SITTING, ask.path)
                limits.forget()
                with transaction.atomic():
                    found[role, ask.method, ask.path] = answer(client, ask, ids)
                    transaction.set_rollback(True)
                client.cookies = copy.deepcopy(kept)
    return found


@pytest.mark.parametrize("slug", WATCHERS)
def test_another_office_sees_no_difference(house, slug):
    with fixed() as fate:
        with work(ref(SLUG), TEST):
            fate.seed("office")
            employ()
            visible = matters.lay_what_all_may_see()
        with work(ref("ostre-toten"), "keys"):  # as at birth; wiped between tests
            ready(PURPOSES)
        with work(ref("ostre-toten"), TEST):  # there too somebody coordinates; else the whole team may open it
            setup = Reader.for_purpose("setup", ref("ostre-toten"))
            invite(email="leder-av-teamet@ostre-toten.example", name="Nina", roles=[Role.COORDINATOR], by=setup)
        nothing = names_of({}, visible)
        without = seen(slug, nothing, fate)
        with work(ref(SLUG), TEST):
            fate.seed("hidden")
            hidden = [matters.make(name) for name in matters.HIDINGS]
        delivered = open_mail(ref("ostre-toten"))
        ids = names_of(hidden[0], visible)
        again = seen(slug, nothing, fate)
        with_ids = seen(slug, ids, fate, by_id=True)
    differing = [each for each in without if without[each] != again[each]]
    print(f"\n{slug}: {len(without) * 2} requests compared, {len(differing)} differing; {delivered} letters delivered")
    assert delivered == 2  # the matter that was sent away, and its file
    assert not differing, [(each, without[each][0], again[each][0]) for each in differing][:5]
    by_id = [each for each in with_ids if again[each] != with_ids[each]]
    assert not by_id, by_id[:5]
