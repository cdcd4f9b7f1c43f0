"""A template of risk assessment on its way: loaded in the region, sent by post, taken into use by the kommune."""

import json
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied

from regional.cooperation import actions, queries
from regional.cooperation.models import SharedTemplate, TemplateSent
from shared.codes.template_file import BadTemplate
from shared.codes.templates import shipped_data
from shared.post import keys
from shared.post.actions import open_mail
from shared.post.models import SealedLetter
from tests.cast import TEST, as_person, ref
from tests.client import client_for
from varde.access import Role
from varde.refusal import Overtaken, Refused
from varde.tenancy.work import work

HERE = "/samarbeid/maler"
BROKEN = [{"id": "grad", "values": [{"value": 2, "label": "Ja"}, {"value": 1, "label": "Nei"}]}]


def file_of(version: str = "2.0", **changes: object) -> str:
    """A region's file."""
    return json.dumps(shipped_data() | {"key": "regionen", "title": "Regionens mal", "version": version} | changes)


def sent(text: str) -> BytesIO:
    """The same as it is uploaded."""
    body = BytesIO(text.encode())
    body.name = "mal.json"
    return body


def members() -> list[str]:
    return sorted(office.name for office in queries.members(as_person("liv")))


def test_a_file_is_looked_at_first_and_then_sent_to_every_kommune_of_the_region_alone(gjovikregionen):
    liv = client_for("liv")
    looked = liv.post(HERE, {"file": sent(file_of())})
    page = looked.content.decode()
    assert looked.status_code == 200
    assert "Regionens mal, 2.0" in page
    assert all(name in page for name in members())
    assert not SharedTemplate.objects.exists()
    assert liv.post(HERE, {"text": file_of()})["Location"] == HERE
    row = SharedTemplate.objects.get()
    assert (row.title, row.version, row.made_by_name) == ("Regionens mal", "2.0", "Liv Lederteam")
    letters = SealedLetter.objects.filter(kind="TemplateOffer")
    offices = {office.id for office in queries.members(as_person("liv"))}
    assert {letter.recipient for letter in letters} == offices
    assert ref("nabo").id not in offices
    shown = liv.get(HERE).content.decode()
    assert shown.count("Sendt, ikke framme ennå") == len(offices)
    assert "Send til dem som ikke har fått den" not in shown


def test_a_broken_scale_is_refused_with_its_place_and_nothing_is_sent(gjovikregionen):
    liv = client_for("liv")
    for posted in ({"file": sent(file_of(scales=BROKEN))}, {"text": file_of(scales=BROKEN)}):
        answer = liv.post(HERE, posted)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Skala 1, verdi 2, value</strong> skal være høyere enn verdien før." in page
        assert "som ikke finnes i malen" in page
    with pytest.raises(BadTemplate):
        actions.share_template(text=file_of(scales=BROKEN), by=as_person("liv"))
    assert liv.post(HERE, {"file": sent("{")}).status_code == 422
    assert "Velg en fil." in liv.post(HERE, {}).content.decode()
    assert not SharedTemplate.objects.exists()
    assert not SealedLetter.objects.filter(kind="TemplateOffer").exists()


def test_a_version_is_sent_once_and_a_new_one_beside_it(gjovikregionen):
    liv = client_for("liv")
    actions.share_template(text=file_of(), by=as_person("liv"))
    again = liv.post(HERE, {"text": file_of()})
    assert (again.status_code, "er sendt før" in again.content.decode()) == (422, True)
    with pytest.raises(Refused, match="sendt før"):
        actions.share_template(text=json.dumps(shipped_data()), by=as_person("liv"))
    assert liv.post(HERE, {"text": file_of("2.1")}).status_code == 303
    assert [row.version for row in queries.templates()] == ["2.1", "2.0"]


def test_who_had_no_key_then_is_told_of_and_is_sent_it_later(gjovikregionen, monkeypatch):
    liv, late, real = client_for("liv"), ref("ostre-toten").id, keys.key_for

    def none_for_one(office_id):
        if office_id == late:
            raise keys.NoKey
        return real(office_id)

    with monkeypatch.context() as patched:
        patched.setattr(keys, "key_for", none_for_one)
        row = actions.share_template(text=file_of(), by=as_person("liv"))
    assert "Ikke sendt" in liv.get(HERE).content.decode()
    assert liv.post(f"{HERE}/{row.id}/send")["Location"] == HERE
    assert "Ikke sendt" not in liv.get(HERE).content.decode()
    assert TemplateSent.objects.filter(kommune=late).count() == 1
    assert actions.send_to_the_rest(template=row, by=as_person("liv")) == 0
    with monkeypatch.context() as patched:
        patched.setattr(queries, "missing", lambda template, kommuner: list(kommuner)[:1])
        with pytest.raises(Overtaken, match="samtidig"):
            actions.send_to_the_rest(template=row, by=as_person("liv"))


def test_the_host_and_the_leader_team_send_and_nobody_else(gjovikregionen):
    assert client_for("olga").get(HERE).status_code == 403
    assert client_for("liv", Role.STATISTICS_OFFICER).get(HERE).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.share_template(text=file_of(), by=as_person("olga"))
    host = client_for("liv", Role.HOST_ADMINISTRATOR)
    assert host.get(HERE).status_code == 200
    assert host.post(f"{HERE}/{ref('gjovik').id}/send").status_code == 404


def test_it_arrives_and_is_in_use_when_the_kommune_says_so(house):
    with work(ref("gjovikregionen"), TEST):
        actions.share_template(text=file_of(), by=as_person("liv"))
    assert (open_mail(ref("gjovik")), open_mail(ref("gjovik"))) == (1, 0)
    with work(ref("gjovikregionen"), TEST):
        rows = queries.templates()
        found = {
            one.kommune: one.said for one in queries.standings(rows, queries.members(as_person("liv")))[rows[0].id]
        }
    assert (found["Gjøvik"], found["Østre Toten"]) == ("Framme", "Sendt, ikke framme ennå")
    kari = client_for("kari")
    assert "Mal fra regionen: «Regionens mal» (versjon 2.0)" in kari.get("/start").content.decode()
    page = kari.get("/risiko/maler").content.decode()
    assert "Mal fra regionen: Regionens mal (versjon 2.0)" in page
    assert "Nye vurderinger følger «Varde" in page
    assert "Regionens mal" not in client_for("nina").get("/risiko/maler").content.decode()
