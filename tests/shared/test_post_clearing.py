"""Letters leave the post when a person has opened them, nobody misses them and no backup needs them; never before."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from regional.hotline import actions
from shared.post import keys, ledger_actions
from shared.post.actions import open_mail
from shared.post.ledger_models import Finding
from shared.post.models import SealedLetter
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern
from tests.cast import TEST, as_person, ref
from tests.owner import as_owner
from varde.clock import now, telling
from varde.tenancy.work import work

REGION, KOMMUNE = "gjovikregionen", "gjovik"


@pytest.fixture
def old_letter(house):
    """A concern that the kommune has stored, laid five hundred days ago."""
    with work(ref(REGION), TEST):
        olga = as_person("olga")
        told = {"reporter_kind": "privat", "what": "Får ikke mat"}
        sent = actions.forward(call_id=actions.start_call(by=olga).id, told=told, to=ref(KOMMUNE).id, by=olga)
    open_mail(ref(KOMMUNE)), open_mail(ref(REGION))
    with as_owner(ref(REGION)), connection.cursor() as cursor:
        cursor.execute("UPDATE public.post_letter SET sent_at = sent_at - interval '500 days'")
    return sent.letter_id


def opened() -> None:
    with work(ref(KOMMUNE), TEST):
        open_concern(concern=Concern.objects.get(), by=as_person("kari"))
    ledger_actions.make_round(ref(KOMMUNE))


def lies(letter_id) -> bool:
    with work(ref(REGION), "ledger"):
        return SealedLetter.objects.filter(id=letter_id).exists()


def test_what_nobody_has_opened_stays_however_old(old_letter):
    ledger_actions.make_round(ref(KOMMUNE))
    ledger_actions.clear(ref(KOMMUNE), 400)
    assert lies(old_letter)


def test_what_a_person_has_opened_goes_when_no_backup_needs_it(old_letter):
    opened()
    ledger_actions.clear(ref(KOMMUNE), 600)
    assert lies(old_letter)
    ledger_actions.clear(ref(KOMMUNE), 400)
    assert not lies(old_letter)


def test_what_somebody_misses_stays(old_letter):
    opened()
    with work(ref(REGION), "ledger") as by:
        Finding(
            office=by.office.id, other=ref(KOMMUNE).id, letter_id=old_letter, code="lost", first_at=now(), last_at=now()
        ).save()
    ledger_actions.clear(ref(KOMMUNE), 400)
    assert lies(old_letter)


def test_the_owner_of_the_table_cannot_take_out_what_nobody_has_opened(old_letter):
    with pytest.raises(ProgrammingError, match="stays in the post"), as_owner(ref(REGION)):
        connection.cursor().execute("DELETE FROM public.post_letter")
    assert lies(old_letter)


def test_a_clock_that_runs_ahead_takes_out_nothing(old_letter):
    opened()
    with pytest.raises(ProgrammingError, match="this young"):
        ledger_actions.clear(ref(KOMMUNE), -1)
    with pytest.raises(ProgrammingError, match="runs ahead"), telling(now() + timedelta(days=200)):
        ledger_actions.clear(ref(KOMMUNE), 600)
    assert lies(old_letter)


def test_an_office_cannot_clear_anothers_post(old_letter):
    opened()
    ledger_actions.clear(ref(REGION), 400)
    assert lies(old_letter)
    with work(ref(REGION), "ledger"), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO post_clearing (id, office, before, at) VALUES (gen_random_uuid(), %s, %s, now())",
            [ref(KOMMUNE).id, now() - timedelta(days=400)],
        )


def test_the_key_of_a_month_ends_when_nothing_sealed_to_it_is_left(house):
    folder = Path(settings.KEYS_DIR) / "post" / str(ref(KOMMUNE).id)
    before = {path.stem for path in folder.glob("*.key")}
    (folder / "2019-01.key").write_bytes(b"x" * 32)
    with work(ref(KOMMUNE), "keys"):
        assert keys.end_old(90) == ["2019-01"]
    assert {path.stem for path in folder.glob("*.key")} == before


def test_the_key_of_a_month_stays_while_a_letter_is_sealed_to_it(old_letter):
    with as_owner(ref(REGION)), connection.cursor() as cursor:
        cursor.execute("UPDATE public.post_letter SET month = '2019-01'")
    folder = Path(settings.KEYS_DIR) / "post" / str(ref(KOMMUNE).id)
    (folder / "2019-01.key").write_bytes(b"x" * 32)
    with work(ref(KOMMUNE), "keys"):
        assert keys.end_old(90) == []
    (folder / "2019-01.key").unlink()
