"""A coordinator deletes a drøfting that shows who it is about: at once, for good, and it stands that there was one."""

import uuid

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tenants.inbox.models import Concern
from tenants.inbox.told import Told
from tenants.triage import talk_actions, talk_queries
from tenants.triage.talk_models import Talk, TalkEnded
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from tests.tenants.people import text_of
from tests.tenants.test_triage_talk import ADVICE, WHAT, talk
from varde.clock import now
from varde.privacy.errors import Destroyed
from varde.refusal import Refused

SURE = {"why": "name", "sure": "on"}


def ends(key: uuid.UUID) -> object:
    """What the database answers to whoever asks for the end of a key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_destroy(%s)", [key])
        return cursor.fetchone()[0]


def test_it_is_gone_for_good_and_the_rest_stands(gjovik):
    kari, found, other = client_for("kari"), talk(), talk()
    place = f"/droftinger/{found.id}/slett"
    assert place in text_of(kari, f"/droftinger/{found.id}")
    for sent, sentence in (({"sure": "on"}, "Velg hvorfor"), ({"why": "name"}, "Kryss av"), ({"why": "x"}, "why")):
        answer = kari.post(place, sent)
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert kari.post(place, SURE).status_code == 303
    forget_keys()
    with pytest.raises(Destroyed):
        _ = Talk.objects.get(pk=found.pk).what
    for name in ("kari", "tom"):
        page = text_of(client_for(name), f"/droftinger/{found.id}")
        assert "av Kari Koordinator: et navn sto i teksten" in page
        assert "Gjør den til en bekymring" not in page
        assert not any(said in page for said in (WHAT, ADVICE))
        assert WHAT in text_of(client_for(name), f"/droftinger/{other.id}")
        assert text_of(client_for(name), "/droftinger").count("Innholdet er slettet") == 1
    assert talk_queries.figures()[0].talks == 2
    assert way.logged("privacy.key", "change", found.id)
    assert way.logged("triage.talk", "change", found.id)
    assert kari.get(place).status_code == 303


def test_the_second_is_told_and_nothing_becomes_of_it(gjovik):
    kari, found = client_for("kari"), talk()
    talk_actions.end(talk=found, why="known", by=as_person("kari"))
    answer = kari.post(f"/droftinger/{found.id}/slett", SURE)
    assert (answer.status_code, "har alt slettet drøftingen" in answer.content.decode()) == (422, True)
    told = Told(reporter_kind="ansatt", what="Nå vet vi hvem")
    with pytest.raises(Refused, match="Drøftingen er slettet"):
        talk_actions.become_concern(talk=found, told=told, channel="phone", client_key=uuid.uuid4().hex,
                                    by=as_person("kari"))  # fmt: skip
    assert not Concern.objects.exists()
    assert TalkEnded.objects.count() == 1


def test_only_a_coordinator_does_it_and_only_to_a_drofting(gjovik):
    found, case = talk(), way.case()
    tom = client_for("tom")
    assert tom.post(f"/droftinger/{found.id}/slett", SURE).status_code == 403
    assert f"/droftinger/{found.id}/slett" not in text_of(tom, f"/droftinger/{found.id}")
    assert client_for("kari").get(f"/droftinger/{uuid.uuid4()}/slett").status_code == 404
    with seen_as("tom"):
        for who in ("tom", "kari"):
            with pytest.raises(DatabaseError), transaction.atomic():
                TalkEnded(talk=found, why="name", at=now(), by_user=as_person(who).user_id, by_name="x").save()
        assert ends(found.id) is False
    with seen_as("kari"):
        assert ends(found.id) is False  # nobody has said so yet
        assert ends(case.concern_id) is False
        TalkEnded(talk=found, why="name", at=now(), by_user=as_person("kari").user_id, by_name="Kari").save()
        assert ends(case.concern_id) is False
    with seen_as("tom"):
        assert ends(found.id) is False
    with seen_as("kari"):
        assert ends(found.id) is True
