"""How people of the tests walk: out to a provider and back in."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.cast import ref
from tests.client import OfficeClient, anonymous, client_for
from tests.oidc.evil import Evil
from tests.oidc.real import RealProvider
from varde.identity.links import link_for
from varde.identity.models import Provider, User
from varde.identity.oidc import actions
from varde.tenancy.work import work


@dataclass
class Entrance:
    """A provider row of Gjøvik with the server behind it."""

    row: Provider
    server: Any

    @property
    def path(self) -> str:
        return f"/inn/leverandor/{self.row.id}"

    def ask(self, client: OfficeClient, query: str = "", start: str = "") -> str:
        """Begin; the provider's address with our question."""
        answer = client.get((start or self.path) + query)
        assert answer.status_code == 302, answer.content.decode()[-2000:]
        return str(answer["Location"])

    def answer(self, url: str, **changed: Any) -> str:
        """Where the provider sends the browser back to."""
        if isinstance(self.server, RealProvider):
            return self.server.walk(url)
        assert isinstance(self.server, Evil)
        self.server.good(url, self.row.client_id, **changed)
        return back(url)

    def come_back(self, client: OfficeClient, url: str) -> Any:
        """Open the address we were sent back to, and press the button."""
        shown = client.get(local(url))
        return client.post(f"{self.path}/ferdig") if shown.status_code == 200 else shown

    def walk(self, client: OfficeClient, query: str = "", **changed: Any) -> Any:
        """All of it."""
        return self.come_back(client, self.answer(self.ask(client, query), **changed))

    def bind(self, name: str = "kari", subject: str = "kari-at-work") -> User:
        """A person of the cast, already bound here."""
        person = client_for(name).person
        assert person
        with work(ref("gjovik"), "setup") as by:
            actions.bind(user=person, provider=self.row, subject=subject, by=by)
        return person


def back(url: str, **more: str) -> str:
    """Our own address in the question, with a code and its state."""
    asked = parse_qs(urlsplit(url).query)
    fields = {"code": "a-code", "state": asked["state"][0]} | more
    return asked["redirect_uri"][0] + "?" + "&".join(f"{name}={value}" for name, value in fields.items())


def local(url: str) -> str:
    """Path and query."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def link_path(person: User) -> str:
    return "/aktiver/" + link_for(person, ref("gjovik")).split("/aktiver/")[1]


def newcomer() -> OfficeClient:
    return anonymous("gjovik")


def inside(client: OfficeClient) -> bool:
    """Does the start page open?"""
    return bool(client.get("/start").status_code == 200)
