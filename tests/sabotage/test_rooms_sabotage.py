"""Each of these takes away what seals the rooms and shows that what their tests refuse is then possible."""

from contextlib import contextmanager

import pytest

from regional.hotline import actions, rows
from regional.hotline.models import Call
from tenants.cases import views_list as cases_views
from tenants.measures import views as measures_views
from tests.cast import TEST, as_person, inside, ref
from tests.client import client_for
from tests.regional.test_hotline_calls import TOLD, other_operator
from tests.tenants import way
from tests.tenants.keys import forget_keys, unwraps
from varde.access.ticket import presented
from varde.privacy.errors import CannotOpen
from varde.privacy.models import DataKey
from varde.tenancy import fleet
from varde.tenancy.work import work

REGION = "gjovikregionen"


@pytest.fixture
def call(house):
    """A call that goes on, committed."""
    with work(ref(REGION), TEST):
        olga = as_person("olga")
        return actions.save_draft(call_id=actions.start_call(by=olga).id, told=TOLD, by=olga)


def seen_by_another(call):
    """How many calls another operator sees, and what she reads of this one when she has got hold of the bytes."""
    with inside(REGION):
        row = Call.objects.get(id=call.id)
        with presented(other_operator()):
            return Call.objects.count(), row.told


@contextmanager
def undone(without, again):
    """While a statement of the owner's is in force."""
    with fleet.connect(autocommit=True) as owner:
        owner.execute(f"SET search_path = {ref(REGION).schema}")
        (before,) = owner.execute("SELECT pg_get_functiondef('privacy_may_open'::regproc)").fetchone()
        owner.execute(without)
        try:
            yield
        finally:
            owner.execute(again or before)


ANYBODY = (
    "CREATE OR REPLACE FUNCTION privacy_may_open(key uuid, reader uuid, purpose text) RETURNS boolean"
    " STABLE LANGUAGE sql AS $$ SELECT true $$"
)


def test_without_rights_on_its_key_another_operator_reads_the_call(call):
    with pytest.raises(CannotOpen):
        seen_by_another(call)
    with undone(ANYBODY, ""):
        assert seen_by_another(call) == (0, TOLD)


def test_without_row_rights_another_operator_sees_that_there_is_a_call(call):
    rights = "ALTER TABLE hotline_call {} ROW LEVEL SECURITY"
    with undone(rights.format("DISABLE"), rights.format("ENABLE")), inside(REGION), presented(other_operator()):
        assert Call.objects.count() == 1


def test_a_call_that_is_only_emptied_keeps_its_key(gjovikregionen, monkeypatch):
    monkeypatch.setattr(rows, "destroy", lambda **_: None)
    olga = as_person("olga")
    call = actions.save_draft(call_id=actions.start_call(by=olga).id, told=TOLD, by=olga)
    actions.end(call_id=call.id, kind="advice", by=olga)
    assert DataKey.objects.filter(id=call.id, destroyed_at__isnull=True).exists()


@pytest.mark.parametrize(("path", "module"), [("/saker", cases_views), ("/tiltak", measures_views)])
def test_a_list_that_opens_no_keys_together_asks_once_per_matter(gjovik, monkeypatch, path, module):
    monkeypatch.setattr(module, "open_together", lambda _rows: None)
    kari = client_for("kari")
    for _ in range(3):
        way.measure(way.case())
    forget_keys()
    with unwraps() as calls:
        kari.get(path)
    assert calls == [1, 1, 1, 1]  # the session's own, and each matter by itself
