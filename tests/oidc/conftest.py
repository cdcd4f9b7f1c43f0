"""Two providers of Gjøvik's: a certified one that runs in node, and one that forges what a test asks for."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.cast import ref
from tests.oidc.evil import evil_provider
from tests.oidc.people import Entrance
from tests.oidc.real import RealProvider, free_port, running
from varde.identity.models import Provider
from varde.identity.oidc import actions, discovery, keys
from varde.notify.mail import address
from varde.privacy.keyring import ready
from varde.tenancy.work import work

CLIENT = "varde-gjovik"
REAL = UUID("5d3c3b1e-0000-4000-8000-00000000a001")
EVIL = UUID("5d3c3b1e-0000-4000-8000-00000000a002")


@pytest.fixture(autouse=True)
def _nothing_known() -> None:
    discovery.forget()


@pytest.fixture(scope="session")
def provider_process(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[RealProvider]:
    """Node starts once; each test gets a new browser and the usual person."""
    with django_db_blocker.unblock():
        gjovik = ref("gjovik")
    key = keys.make(gjovik.id, REAL)
    client = {
        "client_id": CLIENT,
        "redirect_uri": address(gjovik, f"/inn/leverandor/{REAL}/tilbake"),
        "after": address(gjovik, "/inn"),
        "back_channel": address(gjovik, f"/inn/leverandor/{REAL}/utlogging"),
        "jwks": {"keys": [key.public_jwk()]},
    }
    with running(client, free_port()) as provider:
        yield provider


def _row(provider_id: UUID, issuer: str, label: str) -> Provider:
    row = Provider(
        id=provider_id, kind="generic", label=label, issuer=issuer, client_id=CLIENT, acr_values=["high"],
        match_claim="tid", match_value="tenant-gjovik",
    )  # fmt: skip
    with work(ref("gjovik"), "setup") as by:
        ready(("session",))  # every office has it from its birth, but a test before this one may have wiped it
        actions.set_up(provider=row, by=by)
    return row


@pytest.fixture
def real(gjovik: object, provider_process: RealProvider) -> Entrance:
    """The certified provider, at Gjøvik's door."""
    provider_process.new_browser()
    claims = {"tid": "tenant-gjovik", "email": "kari@gjovik.example"}
    provider_process.person(sub="kari-at-work", acr="high", claims=claims, refuses=False)
    return Entrance(_row(REAL, provider_process.issuer, "Kommunens konto"), provider_process)


@pytest.fixture
def evil(gjovik: object) -> Iterator[Entrance]:
    """The forger, at Gjøvik's door."""
    with evil_provider() as forger:
        yield Entrance(_row(EVIL, forger.issuer, "Falsk konto"), forger)
