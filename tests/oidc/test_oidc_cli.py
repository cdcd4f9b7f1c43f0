"""`varde login-provider`."""

import json

import pytest

from tests.cast import ref
from tests.oidc.evil import evil_provider
from varde.cli_errors import Complaint
from varde.identity.models import Provider
from varde.identity.oidc.cli import main
from varde.identity.oidc.keys import path_of
from varde.tenancy.door import office


@pytest.fixture
def issuer():
    with evil_provider() as provider:
        yield provider.issuer


def basics(issuer: str, slug: str = "gjovik") -> list[str]:
    return ["--office", slug, "--issuer", issuer, "--client-id", "varde"]


def printed_jwk(capsys) -> dict[str, str]:
    line = next(line for line in capsys.readouterr().out.splitlines() if "offentlig nøkkel" in line)
    return json.loads(line.split(":", 1)[1])["keys"][0]


@pytest.mark.parametrize("slug", ["gjovik", "gjovikregionen", "drift"])
def test_a_provider_with_a_key_outside_the_database(house, issuer, capsys, slug):
    assert main([*basics(issuer, slug), "--kind", "entra", "--match", "a-tenant"]) == 0
    jwk = printed_jwk(capsys)
    with office(ref(slug)):
        row = Provider.objects.get()
    assert (row.kid, row.match_claim, row.acr_claim, row.acr_values) == (jwk["kid"], "tid", "acrs", [])
    assert {"kty", "n", "e"} <= jwk.keys()
    assert "d" not in jwk
    key = path_of(ref(slug).id, row.id)
    assert (key.stat().st_mode & 0o777, key.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_second_run_changes_the_row_and_keeps_the_key(house, issuer, capsys):
    start = [*basics(issuer), "--kind", "ansattporten", "--match", "0192:940155223"]
    main(start)
    first = printed_jwk(capsys)
    main([*start, "--label", "Jobbinnlogging", "--off"])
    assert printed_jwk(capsys) == first
    with office(ref("gjovik")):
        row = Provider.objects.get()
    assert (row.label, row.active, row.acr_values) == ("Jobbinnlogging", False, ["high"])


@pytest.mark.parametrize(("args", "says"), [
    (["--kind", "entra"], "Si hvilken virksomhet"),
    (["--match", "gjovik.kommune.no"], "--match-claim"),
    (["--issuer", "http://login.example"], "https"),
    (["--issuer", "http://localhost:1", "--match", "a", "--match-claim", "hd"], "svarte ikke"),
    (["--office", "ingen"], "finnes ikke"),
])  # fmt: skip
def test_what_cannot_be_used_is_one_sentence(house, issuer, args, says):
    with pytest.raises(Complaint, match=says):
        main([*basics(issuer), *args])
    with office(ref("gjovik")):
        assert not Provider.objects.exists()
