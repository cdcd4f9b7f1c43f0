"""A browser without a screen: bound to one office's host, logged in as one of the cast, and strict about every page.

    client = client_for("kari")                     # Kari of the cast, in Gjøvik, as coordinator
    client = client_for("kari", Role.LEADER)        # … with other roles instead
    client = anonymous("gjovik")                    # nobody, at Gjøvik's address

Works inside the office fixtures (`gjovik`: all is rolled back) and with `house` (the user and session are committed).
"""

import re
import time
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.test import Client

from tests.cast import PASSWORD, PEOPLE, as_person, ref
from varde.access.roles import Role
from varde.identity.actions import invite, set_password
from varde.identity.models import User
from varde.tenancy.work import work

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class PageParser(HTMLParser):
    """Collects what a page of ours may not have."""

    def __init__(self) -> None:
        super().__init__()
        self.headings = 0
        self.lang = ""
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        self.headings += tag == "h1"
        if tag == "html":
            self.lang = dict(attrs).get("lang") or ""
        if tag == "script" and "src" not in names:
            self.faults.append("inline <script>")
        if tag == "style" or "style" in names:
            self.faults.append(f"style in <{tag}>")
        self.faults += [f"{name}= in <{tag}>" for name in names if name.startswith(("on", "hx-on"))]


def faults_of(html: str) -> list[str]:
    """What is wrong with a page or a part of one."""
    parser = PageParser()
    parser.feed(html)
    faults = parser.faults
    if "<html" in html:
        faults += [] if parser.headings == 1 else [f"{parser.headings} <h1>"]
        faults += [] if parser.lang else ["no lang"]
    return faults + [f"unrendered {sign}" for sign in ("{{", "{%", "{#") if sign in html]


class OfficeClient(Client):
    """Inspects every HTML answer; `person` is the logged-in user, or None."""

    person: User | None = None

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            self.inspect(request.get("PATH_INFO", ""), response)
        return response

    def inspect(self, path: str, response: Any) -> None:
        """Fails the test with what is wrong, named with the address."""
        faults = faults_of(response.content.decode())
        logged_in = self.person is not None and settings.SESSION_COOKIE_NAME in self.cookies
        if logged_in and response.status_code in (200, 422) and "no-store" not in response.get("Cache-Control", ""):
            faults.append("no Cache-Control: no-store")
        assert not faults, f"{path} ({response.status_code}): {', '.join(faults)}"


def anonymous(slug: str) -> OfficeClient:
    """Nobody in particular at the office's address; "" is the public host."""
    return OfficeClient(HTTP_HOST=f"{slug}.localhost" if slug else "localhost")


def client_for(name: str, *roles: Role) -> OfficeClient:
    """Logged in as a person of the cast; the user's id is the one of `as_person(name)`."""
    slug, role, full = PEOPLE[name]
    person = as_person(name)
    return log_in(slug, f"{name}@{slug}.example", full, *(roles or (role,)), user_id=person.user_id)


def confirm(client: OfficeClient, minutes_ago: float = 0) -> None:
    """The person proved who they are, so long ago; pages behind `@fresh` ask again after five minutes."""
    session, at = client.session, time.time() - minutes_ago * 60
    session["account_authentication_methods"] = [{"method": "password", "at": at}]
    session["account_authentication_methods_user"] = str(client.person.pk if client.person else "")
    session.save()


def log_in(slug: str, email: str, name: str, *roles: Role, user_id: Any = None) -> OfficeClient:
    """Somebody outside the cast, with exactly these roles (also none), logged in without the log-in page.

    The password is `tests.cast.PASSWORD`, for tests that use the log-in page.
    """
    client = anonymous(slug)
    with work(ref(slug), "setup") as by:
        client.person = invite(email=email, name=name, roles=roles, by=by, user_id=user_id)
        if not client.person.has_usable_password():
            set_password(user=client.person, password=PASSWORD, by=by)
        client.force_login(client.person, backend=BACKEND)
        confirm(client)
    return client


def text(response: Any) -> str:
    """The page as it is read: one line, entities and tags away."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())
