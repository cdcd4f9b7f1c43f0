"""What is sent to us is never laid in a temporary file, and too much is refused with a sentence."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory, override_settings

from tests.exits.scan import Watch

DJANGOS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
LIMIT = 3_000_000


@pytest.fixture
def folder(tmp_path):
    """The temporary folder, and everything that is ever made in it."""
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path), FILE_UPLOAD_MAX_MEMORY_SIZE=LIMIT):
        yield Watch(tmp_path)


def sent(*sizes: int):
    files = {f"f{number}": SimpleUploadedFile(f"{number}.pdf", b"x" * size) for number, size in enumerate(sizes)}
    request = RequestFactory().post("/", files)
    return {name: (held.name, held.size, held.read()) for name, held in request.FILES.items()}


def test_files_are_held_in_memory_whole(folder):
    assert sent(LIMIT - 5, 5, 0) == {
        "f0": ("0.pdf", LIMIT - 5, b"x" * (LIMIT - 5)), "f1": ("1.pdf", 5, b"x" * 5), "f2": ("2.pdf", 0, b""),
    }  # fmt: skip
    assert folder.made == []


def test_more_than_memory_may_hold_is_refused_not_dropped(folder):
    with pytest.raises(RequestDataTooBig):
        sent(LIMIT - 5, 6)
    assert folder.made == []


def test_with_djangos_own_handlers_a_file_is_laid_in_the_temporary_folder(folder):
    with override_settings(FILE_UPLOAD_HANDLERS=DJANGOS, FILE_UPLOAD_MAX_MEMORY_SIZE=1_000):
        sent(LIMIT)
    assert folder.made != []


def test_a_file_too_large_to_a_form_without_attachments_is_said_to_be_not_received(house, folder):
    large = SimpleUploadedFile("bilde.jpg", b"x" * (LIMIT + 1))
    answer = Client(HTTP_HOST="gjovik.localhost").post("/kvittering", {"code": "1", "attachments": large})
    assert answer.status_code == 413
    assert "ikke mottatt" in answer.content.decode()
    assert folder.made == []


def test_a_form_with_attachments_lays_nothing_in_the_temporary_folder(house, folder):
    large = SimpleUploadedFile("bilde.jpg", b"\xff\xd8\xff\xe0" + b"x" * LIMIT)
    answer = Client(HTTP_HOST="gjovik.localhost").post("/meld/privat", {"what": "noe", "attachments": large})
    assert answer.status_code == 201
    assert folder.made == []
