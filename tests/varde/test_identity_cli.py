"""`varde user`."""

import pytest

from tests.cast import ref
from tests.client import anonymous
from varde.access import Role
from varde.cli_errors import Complaint
from varde.identity.cli import main, role_named
from varde.identity.models import User
from varde.tenancy.door import office

KARI = ["--email", "kari@example.no", "--name", "Kari Nordmann"]


def test_an_account_with_roles_and_a_link_that_opens(house, capsys):
    assert main(["--office", "gjovik", *KARI, "--role", "koordinator", "--role", "Leder"]) == 0
    link = capsys.readouterr().out.split()[-1]
    with office(ref("gjovik")):
        assert User.objects.get().grants.count() == 2
    assert anonymous("gjovik").get(link.split(":8000")[1]).status_code == 200


def test_the_same_person_twice_gets_more_roles(house):
    main(["--office", "gjovik", *KARI, "--role", "leder"])
    main(["--office", "gjovik", *KARI, "--role", "koordinator"])
    with office(ref("gjovik")):
        assert User.objects.get().grants.count() == 2


@pytest.mark.parametrize("name", ["operator", "operatør", "Operatør"])
def test_operator_is_understood_with_and_without_oe(house, name):
    assert role_named(name, ref("gjovikregionen")) is Role.OPERATOR


@pytest.mark.parametrize(("args", "says"), [
    (["--office", "ingen", *KARI, "--role", "leder"], "«ingen» finnes ikke"),
    (["--office", "gjovik", *KARI, "--role", "operator"], "Velg blant: koordinator, teammedlem"),
    (["--office", "gjovik", "--email", "kari", "--name", "Kari"], "ikke en e-postadresse"),
    (["--office", "gjovik", "--email", "kari@example.no", "--name", "\x00"], "styretegn"),
    (["--office", "gjovik", "--email", "kari@example.no", "--name", " "], "Navnet mangler"),
])  # fmt: skip
def test_what_cannot_be_used_is_one_sentence(house, args, says):
    with pytest.raises(Complaint, match=says):
        main(args)
    with office(ref("gjovik")):
        assert User.objects.count() == 0
