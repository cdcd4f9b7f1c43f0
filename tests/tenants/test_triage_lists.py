"""The checklist as a file: looked at, taken into use for new decisions; an old answer is read by its own questions."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shared.codes.checklists import acute, as_data, load, parse
from shared.codes.strict import BadList
from tenants.triage import checklist_queries, lists_queries
from tenants.triage.checklist_models import Checked
from tenants.triage.lists_models import ChecklistVersion
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import text_of
from tests.tenants.test_triage_pages import typed

HOME = "/team/sjekkliste"


def file(**changes: object) -> str:
    """A file with other criteria."""
    criteria = [{"code": "knife", "label": "Det er kniv i huset"}]
    return json.dumps(as_data(acute()) | {"version": "2027-01", "criteria": criteria} | changes)


def test_a_list_is_taken_into_use_and_old_answers_keep_their_own_questions(gjovik):
    kari, before, after = client_for("kari"), way.opened(), way.opened()
    decide = f"/innboks/{before.id}/avklar"
    assert kari.post(decide, typed(category="akutt") | {"liste-criteria": "recent"}).status_code == 303
    preview = kari.post(HOME, {"file": SimpleUploadedFile("liste.json", file().encode())})
    assert "Det er kniv i huset" in preview.content.decode()
    assert not ChecklistVersion.objects.exists()
    assert kari.post(HOME, {"text": file()}).status_code == 303
    assert lists_queries.in_force().version == "2027-01"
    page = text_of(kari, f"/innboks/{after.id}/avklar")
    assert "Det er kniv i huset" in page
    assert acute().criteria[0].label not in page
    sent = typed(category="akutt") | {"liste-criteria": "knife"}
    assert kari.post(f"/innboks/{after.id}/avklar", sent).status_code == 303
    assert checklist_queries.checked(after)[0].ticked == ["Det er kniv i huset"]
    old = Checked.objects.get(concern=before)
    assert (old.version, old.ticked) == (acute().version, [acute().criteria[0].label])
    for again in (file(), json.dumps(as_data(acute()))):
        answer = kari.post(HOME, {"text": again})
        assert answer.status_code == 422
        assert "finnes fra før" in answer.content.decode()
    assert client_for("tom").get(HOME).status_code == 403


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "ikke gyldig JSON"),
        ("[]", "JSON-objekt"),
        (file(criteria=[]), "minst én rad"),
        (file(proposes="bor"), "må være «akutt»"),
        (file(criteria=[{"code": "Kniv!", "label": "x"}]), "en kode er små bokstaver"),
        (file(criteria=[{"code": "knife", "label": "x" * 301}]), "for lang"),
        (file(criteria=[{"code": "knife"}]), "«label» mangler"),
        (file(questions=[{"code": "a", "group": "nowhere", "label": "x"}]), "ukjent gruppe"),
    ],
)
def test_a_broken_list_gets_a_sentence(text, sentence):
    with pytest.raises(BadList, match=sentence):
        load(text)


def test_a_list_is_the_same_after_it_was_a_file():
    assert parse(as_data(acute())) == acute()
