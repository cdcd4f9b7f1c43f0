"""Which template a kommune uses: what the region sent, what was loaded here, an earlier one again."""

import json
import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from shared.codes.template_file import BadTemplate
from shared.codes.templates import shipped, shipped_data
from shared.contracts import TemplateOffer as Letter
from shared.post.handlers import Envelope, handler_for
from tenants.risk import actions, offers, queries
from tenants.risk.models import RiskTemplate, TemplateOffer
from tests.cast import as_person, ref, seen_as
from tests.client import client_for
from varde.access import Reader
from varde.clock import now
from varde.refusal import Overtaken, Refused

HERE = "/risiko/maler"


def content_of(version: str = "2.0", **changes: object) -> dict[str, object]:
    """A region's template."""
    return shipped_data() | {"key": "regionen", "title": "Regionens mal", "version": version} | changes


def offered(version: str = "2.0", sender: str = "gjovikregionen", days: int = 0, **changes: object) -> None:
    """Into the office that is entered, as the post does it."""
    at = now() - timedelta(days=days)
    letter = Letter(text=json.dumps(content_of(version, **changes)), sent_at=at)
    envelope = Envelope(uuid.uuid4(), ref(sender), datetime.now(UTC))
    handler_for("kommune", letter)(letter, envelope, Reader.for_purpose("post", ref("gjovik")))


def chosen(client, path_to: str):
    """Press the button with this name."""
    html = client.get(HERE).content.decode()
    form = re.search(
        r'name="template" value="([^"]+)"><input type="hidden" name="seen" value="([^"]+)">'
        rf'<button[^>]*aria-label="{re.escape(path_to)}"',
        html,
    )
    assert form, path_to
    return client.post(HERE, {"template": form[1], "seen": form[2]})


def test_what_the_region_sent_is_taken_into_use_and_an_earlier_one_again(gjovik):
    kari, arne = client_for("kari"), client_for("arne")
    offered()
    offered("2.1")
    offered("2.1")  # sent twice is kept once
    assert TemplateOffer.objects.count() == 2
    assert queries.in_force()[0] == shipped()
    assert "versjon 2.1" in kari.get("/start").content.decode()
    assert "versjon 2.1" in arne.get("/start").content.decode()
    assert "versjon 2.1" not in client_for("tom").get("/start").content.decode()
    assert chosen(arne, "Ta i bruk Regionens mal, 2.0").status_code == 303
    assert queries.in_force()[0].name == "Regionens mal, 2.0"
    assert chosen(kari, "Ta i bruk Regionens mal, 2.1").status_code == 303
    page = kari.get(HERE).content.decode()
    assert page.count("Mal fra regionen</span>") == 2
    assert "Mal fra regionen: " not in page
    assert "Mal fra regionen" not in kari.get("/start").content.decode()
    assert chosen(kari, "Ta i bruk igjen Regionens mal, 2.0").status_code == 303
    assert queries.in_force()[0].name == "Regionens mal, 2.0"
    assert chosen(kari, f"Ta i bruk igjen {shipped().name}").status_code == 303
    assert queries.in_force()[0] == shipped()
    shown = kari.get(HERE).content.decode()
    assert shown.count("I bruk nå</span>") == 1
    assert shown.count(f"<strong>{shipped().name}</strong>") == 1
    assert [row.loaded_by_name for row in queries.loaded()][-1] == "Arne Administrator"


def test_the_second_of_two_is_told_and_what_is_in_use_is_not_taken_again(gjovik):
    kari = client_for("kari")
    offered()
    offered("2.1")
    first, second = queries.offers()
    seen = queries.stands()
    assert kari.post(HERE, {"template": str(first.id), "seen": seen}).status_code == 303
    late = kari.post(HERE, {"template": str(second.id), "seen": seen})
    assert (late.status_code, "Noen andre har valgt mal" in late.content.decode()) == (422, True)
    with pytest.raises(Overtaken):
        actions.use_template(content=second.content, seen=seen, by=as_person("kari"))
    with pytest.raises(Refused, match="alt i bruk"):
        actions.use_template(content=first.content, seen=None, by=as_person("kari"))
    for odd in (uuid.uuid4(), "varde1", ""):
        assert kari.post(HERE, {"template": str(odd)}).status_code == 404
    assert client_for("tom").post(HERE, {"template": str(second.id)}).status_code == 403
    assert RiskTemplate.objects.count() == 1


def test_another_template_of_that_name_is_never_replaced(gjovik):
    kari = client_for("kari")
    actions.load_template(text=json.dumps(content_of(title="Vår egen")), by=as_person("kari"))
    offered()
    assert offers.OTHER in kari.get(HERE).content.decode()
    answer = kari.post(HERE, {"template": str(queries.offers()[0].id)})
    assert (answer.status_code, offers.OTHER in answer.content.decode()) == (422, True)
    assert queries.in_force()[0].title == "Vår egen"


def test_only_the_own_region_sends_and_a_broken_scale_is_refused_with_its_place(gjovik):
    for sender in ("naboregionen", "ostre-toten"):
        with pytest.raises(ValueError, match="region"):
            offered(sender=sender)
    with pytest.raises(BadTemplate, match="Skala 1, verdiene"):
        offered(scales=[{"id": "grad", "values": [{"value": 1, "label": "Ja"}]}])
    assert not TemplateOffer.objects.exists()


def test_nobody_here_lays_down_an_offer_and_an_old_one_is_not_nagged_about(gjovik):
    offered(days=31)
    assert "Mal fra regionen" not in client_for("kari").get("/start").content.decode()
    assert "Mal fra regionen: " in client_for("kari").get(HERE).content.decode()
    with seen_as("kari"), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        TemplateOffer(
            key="a", version="1", title="a", content={}, region="R", sent_at=now(), letter_id=uuid.uuid4()
        ).save()
