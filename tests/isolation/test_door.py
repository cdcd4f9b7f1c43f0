"""M1: the login is the office."""

import pytest
from django.db import connection

from shared.post.models import SealedLetter
from shared.registry.models import Office
from tests.cast import ref
from varde.identity.models import User
from varde.tenancy.door import CannotSwitch, office


def ask(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def test_the_session_is_the_offices_own_login(gjovik):
    assert ask("SELECT session_user, current_schema()") == (gjovik.login, gjovik.schema)


def test_an_office_reads_the_registry_and_its_own_people(gjovik):
    assert Office.objects.count() == 7
    assert User.objects.count() == 0


def test_the_public_host_reads_the_registry_only(house):
    assert Office.objects.count() == 7
    with pytest.raises(Exception, match="permission denied"):
        SealedLetter.objects.count()


def test_the_office_cannot_change_inside_a_transaction(gjovik):
    with pytest.raises(CannotSwitch), office(ref("ostre-toten")):
        pass
