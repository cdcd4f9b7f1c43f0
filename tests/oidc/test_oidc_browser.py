"""The whole way in Chromium: no form leads out of the office, and the last step needs no hand where scripts run."""

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.cast import ref
from tests.oidc.conftest import EVIL, _row
from tests.oidc.evil import evil_provider
from tests.varde.test_identity_passkey import arrive, kari, port  # noqa: F401 - fixtures
from varde.identity.models import User
from varde.identity.oidc import actions
from varde.tenancy.work import work

pytestmark = pytest.mark.browser


def test_in_through_the_provider_and_out_again(kari: Page, port: int, monkeypatch) -> None:  # noqa: F811
    monkeypatch.setattr(settings, "PUBLIC_PORT", str(port))
    with evil_provider() as provider:
        row = _row(EVIL, provider.issuer, "Kommunens konto")
        with work(ref("gjovik"), "setup") as by:
            person = User.objects.get(email="kari@gjovik.example")
            actions.bind(user=person, provider=row, subject="kari-at-work", by=by)
        kari.goto("/inn?next=/konto")
        kari.get_by_role("link", name="Logg inn med Kommunens konto").click()
        arrive(kari, "/konto")
        kari.get_by_role("main").get_by_role("button", name="Logg ut").click()
        arrive(kari, "/ut/ferdig")
        kari.get_by_role("link", name="Logg ut hos Kommunens konto").click()
        kari.wait_for_url(f"{provider.issuer}/out?*")
