"""A coordinator of the first practice kommune, logged in: the cookie of the session, as JSON."""

import json

from shared.registry.queries import office_by_slug
from tests.client import BACKEND, OfficeClient, confirm
from varde.access.roles import Role
from varde.identity.actions import invite
from varde.tenancy.work import work


def main() -> None:
    """Print it."""
    ref = office_by_slug("benk-0")
    assert ref is not None
    client = OfficeClient(HTTP_HOST="benk-0.localhost")
    with work(ref, "setup") as by:
        client.person = invite(email="benk@benk-0.example", name="Benk", roles=[Role.COORDINATOR], by=by)
        client.force_login(client.person, backend=BACKEND)
        confirm(client)
    print(json.dumps("; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())))
