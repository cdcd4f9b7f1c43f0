"""Two worlds from one seed: an office at work, and the same office with matters that the outsider must not know of.

Both are played in one transaction of one office and taken back: first the world that hides something, which says under
which ids it lies, then the one without. What the outsider gets of each is written down byte by byte and held together.
"""

import copy
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import Error, connection, transaction
from django.test import Client

from tenants.cases.models import GlassRequest
from tenants.inbox import limits
from tests.cast import TEST, inside, ref
from tests.client import BACKEND, confirm
from tests.twins import matters
from tests.twins.asking import FORGE, LOOK, SWEEP, Ask, api_body, names_of
from tests.twins.fixed import Fate, fixed
from tests.twins.named import MAY_HOLD, may_differ
from tests.twins.people import COLLEAGUES, NOBODY, SLUG, email_of, employ, id_of, reader, user
from varde import celery
from varde.access import Reader
from varde.access.ticket import presented
from varde.audit.trail import current
from varde.celery import _stamp, app
from varde.privacy.box import PURPOSES
from varde.privacy.keyring import ready

# Not run: one asks a time stamping authority, one starts a child process for each file; neither knows a reader.
NOT_RUN = {"audit.anchor", "inbox.waiting_attachments"}
OWN_TABLES = (
    "SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c"
    " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'v')"
    " AND has_table_privilege(c.oid, 'SELECT') GROUP BY c.relname ORDER BY c.relname"
)
# Of the log: the chain's numbers, which no reader is shown; and the row's own id, which is chance. A sweep that tells
# of more matters draws more of it, so here, where chance is given, a later row would get another.
UNSHOWN = {"number", "previous", "digest", "id"}


@dataclass(frozen=True)
class Seen:
    """What came of one request: everything that somebody outside could notice."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    bells: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()
    cached: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes that are compared."""
        return len(repr((self.status, self.headers, self.bells, self.mail, self.cached))) + len(self.body)


@dataclass(frozen=True)
class Difference:
    """A request that tells the worlds apart."""

    outsider: str
    ask: Ask
    with_hidden: Seen
    without: Seen

    def __str__(self) -> str:
        a, b = self.with_hidden, self.without
        parts = [
            name
            for name in ("status", "headers", "body", "bells", "mail", "cached")
            if getattr(a, name) != getattr(b, name)
        ]
        ask = self.ask
        said = f"{self.outsider}: {ask.method} {ask.path} {ask.ids} {ask.query} {ask.body}: {parts}"
        return f"{said} {a.status}/{b.status}\n    with: {_near(a, b)}\n    without: {_near(b, a)}"


def _near(one: Seen, other: Seen) -> str:
    """The first place where the two are not the same."""
    mine, theirs = (f"{x.headers}{x.bells}{x.mail}{x.cached}{x.body.decode(errors='replace')}" for x in (one, other))
    at = next((n for n, (x, y) in enumerate(zip(mine, theirs, strict=False)) if x != y), min(len(mine), len(theirs)))
    return repr(mine[max(0, at - 60) : at + 160])


@dataclass
class Tally:
    """What has been compared."""

    requests: int = 0
    bytes: int = 0
    differing: int = 0
    scripts: int = 0
    addresses: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)


class Twins:
    """An office with its people, in one open transaction; `compare` plays a script in both worlds."""

    def __init__(self, fate: Fate, bells: list[str]) -> None:
        self.fate, self.bells = fate, bells
        self.tally = Tally()
        fate.seed("office")
        ready(PURPOSES)  # as every office has from its birth: another test may have emptied the table
        employ()
        self.visible = matters.lay_what_all_may_see()
        _swept()  # whoever is to be told of what all may see, has been told
        current().flush()
        self.clients = {name: self._logged_in(name) for name in COLLEAGUES} | {NOBODY: browser()}
        connection.run_on_commit = []

    def _logged_in(self, name: str) -> Client:
        client = browser()
        client.person = user(name)  # type: ignore[attr-defined]
        client.force_login(user(name), backend=BACKEND)
        confirm(client)  # type: ignore[arg-type]
        return client

    def compare(
        self, outsider: str, hidings: Sequence[str], script: Sequence[Ask], *, apart: bool = False
    ) -> list[Difference]:
        """Where the two differ. `apart`: each request starts from the beginning instead of after the one before."""
        with self._world(hidings) as ids:
            first = self._play(outsider, script, ids, apart)
        with self._world(()):
            second = self._play(outsider, script, ids, apart)
        return self._held_together(outsider, script, first, second)

    def _held_together(
        self, outsider: str, script: Sequence[Ask], first: list[Seen], second: list[Seen]
    ) -> list[Difference]:
        found = []
        self.tally.scripts += 1
        for ask, a, b in zip([*script, LOOK, FORGE], first, second, strict=True):
            self.tally.requests += 1
            self.tally.bytes += a.size
            self.tally.addresses |= {ask.path}
            self.tally.statuses[a.status] += 1
            who = ask.who or outsider
            if may_differ(who, ask.path):
                self.tally.named[f"{who} {ask.path}"] += a != b
            elif a != b:
                self.tally.differing += _differing(a, b)
                found.append(Difference(who, ask, a, b))
        return found

    @contextmanager
    def _world(self, hidings: Sequence[str]) -> Iterator[dict[str, str]]:
        """Laid, and taken back at the end."""
        self.fate.at = self.fate.born
        with transaction.atomic():
            hidden: matters.Ids = {}
            for name in hidings:
                self.fate.seed("hidden", name)
                for kind, ids in matters.make(name).items():
                    hidden.setdefault(kind, []).extend(ids)
            current().flush()
            limits.forget()
            celery._rung.clear()
            cache.clear()
            yield names_of(hidden, self.visible)
            transaction.set_rollback(True)

    def _play(self, outsider: str, script: Sequence[Ask], ids: dict[str, str], apart: bool) -> list[Seen]:
        browsers: dict[str, Client] = {}
        seen = []
        for number, ask in enumerate(script, start=1):
            who = ask.who or outsider
            if apart:
                limits.forget()
            if apart or who not in browsers:
                browsers[who] = self._fresh(who)
            with transaction.atomic():
                seen.append(self._observed(who, number, ask, partial(self._answer, browsers[who], ask, ids)))
                transaction.set_rollback(apart)
        after = len(script) + 1
        seen.append(self._observed(outsider, after, LOOK, partial(self._look, outsider)))
        seen.append(self._observed(outsider, after + 1, FORGE, self._forge))
        return seen

    def _fresh(self, outsider: str) -> Client:
        client, kept = browser(), self.clients[outsider]
        client.cookies = copy.deepcopy(kept.cookies)
        return client

    def _observed(self, outsider: str, number: int, ask: Ask, act: Callable[[], tuple[int, Any, bytes]]) -> Seen:
        self.fate.step(number, ask.method, ask.path)
        connection.run_on_commit, mail.outbox[:], self.bells[:] = [], [], []
        status, headers, body = act()
        _commit()
        return Seen(status, headers, body, tuple(self.bells), _mail_to(outsider), tuple(sorted(cache._cache)))

    def _answer(self, client: Client, ask: Ask, ids: dict[str, str]) -> tuple[int, Any, bytes]:
        if ask == SWEEP:
            return _swept()
        return answer(client, ask, ids | _asked(ask))

    def _look(self, outsider: str) -> tuple[int, Any, bytes]:
        """All rows of all tables that are there for this reader: not what pages show, but all that they could."""
        with presented(reader(outsider)), connection.cursor() as cursor:
            cursor.execute(OWN_TABLES)
            said = [
                _rows_of(cursor, table, columns) for table, columns in cursor.fetchall() if self._held(outsider, table)
            ]
        return 200, (), "\n".join(said).encode()

    def _held(self, outsider: str, table: str) -> bool:
        return table not in MAY_HOLD or (table.startswith("audit_") and outsider != "uno")

    def _forge(self) -> tuple[int, Any, bytes]:
        """Somebody smuggles in a statement that says to be Kari."""
        with presented(reader(NOBODY)), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('varde.reader', %s, true)", [f"user:{id_of('kari')}|{'0' * 64}"])
            cursor.execute("SELECT count(*) FROM inbox_concern")
            return 200, (), str(cursor.fetchone()).encode()


def browser(slug: str = SLUG) -> Client:
    """Somebody's, at an office; an error in our code is a page like others."""
    return Client(HTTP_HOST=f"{slug}.localhost", raise_request_exception=False)


def answer(client: Client, ask: Ask, ids: dict[str, str]) -> tuple[int, Any, bytes]:
    """Status, headers and body, whole."""
    address = ask.address(ids)
    if ask.query:
        address += "?" + urlencode([(name, ids.get(value, value)) for name, value in ask.query])
    given: dict[str, Any] = {}
    if ask.method not in ("GET", "HEAD", "OPTIONS"):
        fields = ask.fields(ids)
        given = {"data": fields} if ask.method == "POST" else {"data": repr(fields), "content_type": "text/plain"}
        if ask.path.startswith("/api/"):
            given = {"data": api_body(fields), "content_type": "application/json"}
    response = getattr(client, ask.method.lower())(address, **given, **dict(ask.headers))
    cookies = sorted(morsel.OutputString() for morsel in response.cookies.values())
    headers = tuple(sorted((*response.items(), *(("Set-Cookie", cookie) for cookie in cookies))))
    return response.status_code, headers, b"".join(response) if response.streaming else response.content


def _asked(ask: Ask) -> dict[str, str]:
    """The break-glass that was asked for in this script."""
    if "asked.glass" not in ask.ids:
        return {}
    return {"asked.glass": str(GlassRequest.objects.latest("asked_at").id)}


def _commit() -> None:
    """What waits for the commit happens now: the outer transaction never ends well."""
    waiting, connection.run_on_commit = connection.run_on_commit, []
    for _, function, _robust in waiting:
        function()


def _mail_to(outsider: str) -> tuple[str, ...]:
    if outsider == NOBODY:
        return ()
    mine = [one for one in mail.outbox if email_of(outsider) in one.recipients()]
    return tuple(f"{one.from_email} {one.recipients()} {one.subject} {one.body}" for one in mine)


def _swept() -> tuple[int, Any, bytes]:
    """Every task of the clock that a kommune has, once."""
    office = ref(SLUG)
    failed = []
    for name, task in sorted(app.conf.beat_schedule.items()):
        if name in NOT_RUN or "kommune" not in task["args"][2:]:
            continue
        try:
            with transaction.atomic(), presented(Reader.for_purpose(TEST, office)):
                app.tasks[name](str(office.id), _stamp(name, str(office.id), ()))
        except (Error, RuntimeError, OSError) as error:
            failed.append(f"{name} {error!r}")
    return 200, (), "\n".join(failed).encode()


def _rows_of(cursor: Any, table: str, columns: list[str]) -> str:
    shown = ", ".join(f'"{column}"' for column in columns if table != "audit_entry" or column not in UNSHOWN)
    cursor.execute(
        f'SELECT count(*), string_agg(t::text, chr(10) ORDER BY t::text) FROM (SELECT {shown} FROM "{table}") t'
    )
    count, rows = cursor.fetchone()
    return f"{table} {count} {hashlib.sha256((rows or '').encode()).hexdigest()}"


def _differing(a: Seen, b: Seen) -> int:
    """How many bytes are not the same; those that one has more count too."""
    pairs = [
        (a.body, b.body),
        (
            repr((a.status, a.headers, a.bells, a.mail, a.cached)).encode(),
            repr((b.status, b.headers, b.bells, b.mail, b.cached)).encode(),
        ),
    ]
    return sum(sum(x != y for x, y in zip(p, q, strict=False)) + abs(len(p) - len(q)) for p, q in pairs)


@contextmanager
def twins() -> Iterator[Twins]:
    """An office to compare in; everything is taken back."""
    bells: list[str] = []
    with ExitStack() as stack:
        stack.enter_context(inside(SLUG))
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(app, "send_task", lambda name, args, **kwargs: bells.append(f"{name} {args[2:]}"))
        fate = stack.enter_context(fixed())
        if not hasattr(mail, "outbox"):
            mail.outbox = []
        yield Twins(fate, bells)
