"""Files that come with the two forms: the report is received whatever they are, and what was left out is named."""

import io
import re
import time
import uuid

import pytest

from tenants.inbox import views_public
from tenants.inbox.attached import Attachment
from tenants.inbox.models import Concern
from tests.cast import TEST, ref
from tests.client import anonymous, client_for
from tests.documents import bad_files, photos
from tests.documents.canaries import Canaries
from varde.access.roles import Role
from varde.documents import bounds
from varde.identity.idle import BORN, SEEN
from varde.identity.models import Draft
from varde.tenancy.door import office
from varde.tenancy.work import work

WORDS = {"what": "Jeg hører skrik om natten."}
STAFF = {"channel": "phone", "reporter_kind": "privat", **WORDS}
PHOTO = photos.jpeg(Canaries())


def named(data: bytes, name: str = "bilde.jpg") -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


def send(*files: io.BytesIO, key: str = "", path: str = "/meld/privat", **words: str):
    return anonymous("gjovik").post(
        path, WORDS | {"idempotency_key": key or uuid.uuid4().hex, "attachments": list(files)} | words
    )


def text_of(response) -> str:
    return response.content.decode()


def stored() -> tuple[int, list[str]]:
    """How many concerns, and the kinds of their files."""
    with work(ref("gjovik"), TEST):
        return Concern.objects.count(), list(Attachment.objects.order_by("at", "number").values_list("kind", flat=True))


@pytest.fixture(autouse=True)
def _house(house):
    """Everything is committed, and wiped afterwards."""


@pytest.mark.parametrize("path", ["/meld/privat", "/meld/ansatt"])
def test_files_come_with_the_public_form(path):
    answer = send(named(PHOTO), named(b"Hei", "brev.txt"), path=path)
    assert answer.status_code == 201
    assert "ikke alle vedleggene" not in text_of(answer)
    assert stored() == (1, ["jpeg", "txt"])


@pytest.mark.parametrize(("data", "name", "says"), [
    (bad_files.SVG, "tegning.svg", "Filtypen er ikke en av dem vi tar imot."),
    (b"x" * (bounds.FILE_BYTES + 1), "film.txt", "Filen er større enn 25 MB."),
    (b"", "tom.txt", "Filen er tom."),
])  # fmt: skip
def test_a_file_is_refused_and_the_report_is_received(data, name, says):
    answer = send(named(PHOTO), named(data, name))
    assert answer.status_code == 201
    assert f"<li>{name}: {says}</li>" in text_of(answer)
    assert "data-receipt" in text_of(answer)
    assert stored() == (1, ["jpeg"])


def test_the_browser_drops_files_of_a_form_that_comes_back_and_the_page_says_so():
    answer = send(named(PHOTO), what="", who="Naboen i 3B")
    assert answer.status_code == 422
    assert "Velg filene på nytt" in text_of(answer)
    assert "Naboen i 3B" in text_of(answer)
    assert "Velg filene på nytt" not in text_of(send(what=""))
    assert stored() == (0, [])


def test_the_same_form_sent_again_with_or_without_its_files_is_the_same_report():
    key = uuid.uuid4().hex
    codes = {
        re.search(r"data-receipt>([0-9 ]{19})<", text_of(send(*files, key=key)))[1]
        for files in ([named(PHOTO)], [named(PHOTO)], [])
    }
    assert len(codes) == 1
    assert stored() == (1, ["jpeg"])


@pytest.mark.parametrize("first", [[], [(PHOTO, "bilde.jpg")], [(b"Hei", "brev.txt")]])
def test_the_same_words_sent_again_with_other_files_are_never_taken_for_the_same(first):
    key = uuid.uuid4().hex
    assert send(*(named(*file) for file in first), key=key).status_code == 201
    answer = send(named(PHOTO), named(b"Hallo", "brev.txt"), key=key)
    assert answer.status_code == 409
    assert "Det du har endret etterpå, er ikke sendt" in text_of(answer)
    assert "Velg filene på nytt" in text_of(answer)


def test_an_error_after_the_files_leaves_nothing(monkeypatch):
    monkeypatch.setattr(views_public, "attach", lambda **_: 1 / 0)
    client = anonymous("gjovik")
    client.raise_request_exception = False
    assert client.post("/meld/privat", WORDS | {"attachments": named(PHOTO)}).status_code == 500
    assert stored() == (0, [])


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CONTACT])
def test_files_come_with_what_staff_register(role):
    client = client_for("kari", role)
    answer = client.post("/innboks/ny", STAFF | {"attachments": [named(PHOTO), named(bad_files.HTML, "side.pdf")]})
    assert answer.status_code == 201, text_of(answer)
    assert "<li>side.pdf: Filtypen er ikke en av dem vi tar imot.</li>" in text_of(answer)
    assert stored() == (1, ["jpeg"])


def test_staff_are_told_to_choose_their_files_again():
    answer = client_for("kari").post("/innboks/ny", STAFF | {"what": "", "attachments": named(PHOTO)})
    assert answer.status_code == 422
    assert "Velg filene på nytt" in text_of(answer)


def test_when_the_session_is_over_the_words_are_kept_and_large_files_do_not_stop_it(monkeypatch):
    client = client_for("kari")
    with office(ref("gjovik")):
        session = client.session
        session[BORN] = session[SEEN] = time.time() - 3600
        session.save()
    answer = client.post("/innboks/ny", STAFF | {"attachments": named(b"\xff\xd8\xff\xe0" + bytes(5_000_000))})
    assert answer.status_code in (302, 303)
    assert "/konto/fortsett/" in answer["Location"].replace("%2F", "/")
    with work(ref("gjovik"), TEST):
        assert Draft.objects.count() == 1


@pytest.mark.parametrize("path", ["/meld/privat", "/meld/ansatt"])
def test_the_form_takes_files_without_scripts(path):
    html = text_of(anonymous("gjovik").get(path))
    assert f'action="{path}" enctype="multipart/form-data"' in html
    assert '<input class="ds-input" type="file" id="id_attachments" name="attachments" multiple' in html
