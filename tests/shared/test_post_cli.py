"""`varde post`: what is under way, whether anything is missing, and sending it again."""

import pytest
from django.db import connection

from regional.hotline import actions
from shared.post import cli
from shared.post.actions import open_mail
from shared.post.ledger_actions import make_round
from tenants.inbox.models import Concern
from tests.cast import TEST, as_person, ref
from tests.owner import as_owner
from varde.cli_errors import Complaint
from varde.tenancy.work import work

REGION, KOMMUNE = "gjovikregionen", "gjovik"


@pytest.fixture
def lost(house):
    """A concern that was stored, counted, and then lost."""
    with work(ref(REGION), TEST):
        olga = as_person("olga")
        told = {"reporter_kind": "privat", "what": "Får ikke mat", "who": "Berit Bakken"}
        actions.forward(call_id=actions.start_call(by=olga).id, told=told, to=ref(KOMMUNE).id, by=olga)
    open_mail(ref(KOMMUNE)), open_mail(ref(REGION))
    make_round(ref(KOMMUNE))
    with as_owner(ref(KOMMUNE)), connection.cursor() as cursor:
        for table in ("inbox_searchterm", "inbox_placeterm", "inbox_concern"):
            cursor.execute(f"DELETE FROM {table}")


def test_all_fits_and_the_status_says_so(house, capsys):
    assert cli.main(["round"]) == 0
    assert capsys.readouterr().out == "0 ting stemmer ikke\n"


def test_what_is_missing_is_listed_without_a_word_of_it_and_comes_back(lost, capsys):
    assert cli.main(["round"]) == 1
    said = capsys.readouterr().out
    assert "2 ting stemmer ikke" in said
    assert "Gjøvik: Har vært der, men er borte" in said
    assert "Berit" not in said
    assert cli.main(["again"]) == 0
    assert capsys.readouterr().out == "1 brev levert på nytt\n"
    assert cli.main(["round"]) == 0
    with work(ref(KOMMUNE), TEST):
        assert Concern.objects.count() == 1


def test_an_unknown_office_is_a_sentence(house):
    with pytest.raises(Complaint, match="ikke noe kontor"):
        cli.main(["round", "--office", "ukjent"])
