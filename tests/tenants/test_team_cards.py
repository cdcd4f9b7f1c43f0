"""Action cards: read by the whole team, loaded from a file, every version kept; a broken file gets a sentence."""

import json

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shared.codes.action_cards import load_cards, shipped_cards
from shared.codes.strict import BadList
from tenants.team.cards_models import CardVersion
from tests.client import client_for
from tests.tenants.people import text_of
from varde.access import Role

HOME = "/team/handlingskort"


def file(**changes: object) -> str:
    """A file with one card."""
    card = shipped_cards()[0].content() | {"version": "2.0", "steps": ["Ring 112", "Bli der"]} | changes
    return json.dumps({"version": "1", "source": "Regionen", "cards": [card]})


def test_the_shipped_cards_cover_the_five_and_are_read_by_a_contact_person(gjovik):
    contact = client_for("tom", Role.CONTACT)
    page = text_of(contact, HOME)
    for card in shipped_cards():
        assert card.title in page
        assert card.steps[0] in text_of(contact, f"{HOME}/{card.code}")
    assert {card.code for card in shipped_cards()} == {
        "akutt-fare", "naere-relasjoner", "okonomisk-overgrep", "nettovergrep", "ansatt-mistenkes",
    }  # fmt: skip
    assert contact.get(f"{HOME}/finnes-ikke").status_code == 404
    assert contact.get(f"{HOME}/fil").status_code == 403
    made = b"".join(contact.get(f"{HOME}/akutt-fare/pdf").streaming_content)
    said = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made))
    assert "Ring 112 hvis noen kan bli skadet" in said
    assert b"pdfuaid:part>1<" in made


def test_a_file_is_looked_at_taken_into_use_and_the_older_version_stays(gjovik):
    kari = client_for("kari")
    sent = SimpleUploadedFile("kort.json", file().encode())
    preview = kari.post(f"{HOME}/fil", {"file": sent})
    assert preview.status_code == 200
    assert "Bli der" in preview.content.decode()
    assert not CardVersion.objects.exists()
    assert kari.post(f"{HOME}/fil", {"text": file()}).status_code == 303
    now, before = text_of(kari, f"{HOME}/akutt-fare"), text_of(kari, f"{HOME}/akutt-fare?utgave=1.0")
    assert "Bli der" in now
    assert "Hold linjen åpen" in before
    assert "eldre utgave" in before
    assert "Alle kortene" in kari.post(f"{HOME}/fil", {"text": file()}).content.decode()
    answer = kari.post(f"{HOME}/fil", {"text": file(steps=["Noe annet"])})
    assert answer.status_code == 422
    assert "finnes fra før med et annet innhold" in answer.content.decode()
    assert CardVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "Linje 1, tegn 2: filen er ikke gyldig JSON"),
        ("[]", "må være et JSON-objekt"),
        ("{}", "«version» mangler"),
        (json.dumps({"version": "1", "source": "x", "cards": []}), "minst én rad"),
        (file(steps=[]), "minst ett steg"),
        (file(steps="Ring"), "skal være en liste"),
        (file(code="Akutt fare"), "små bokstaver"),
        (file(version="ny"), "et nummer som 1.0"),
        (file(review_on="i morgen"), "en dato som 2027-11-01"),
        (file(title=" "), "mangler eller er tom"),
        (file(hemmelig="x"), "ukjent felt «hemmelig»"),
        (file(title="x" * 2001), "er for lang"),
    ],
)
def test_a_broken_file_gets_a_sentence(text, sentence):
    with pytest.raises(BadList, match=sentence):
        load_cards(text)


def test_a_broken_file_is_told_on_the_page_and_nothing_is_kept(gjovik):
    kari = client_for("kari")
    for content in (b"{", b"\xff\xfe", b""):
        answer = kari.post(f"{HOME}/fil", {"file": SimpleUploadedFile("kort.json", content)})
        assert answer.status_code == 422
    assert kari.post(f"{HOME}/fil", {"text": "{"}).status_code == 422
    assert not CardVersion.objects.exists()
