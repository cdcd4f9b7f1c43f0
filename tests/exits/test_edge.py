"""The configuration of the server in front: what it may never say, read as text."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from varde.access.doors import gather
from varde.documents import bounds

EDGE = Path(__file__).resolve().parents[2] / "infra/edge"
CONF = re.sub(r"(?m)#.*$", "", (EDGE / "nginx.conf").read_text("utf-8"))


def said(directive: str) -> list[str]:
    """Every value that a directive is given, anywhere."""
    return [" ".join(value.split()) for value in re.findall(rf"(?m)^\s*{directive}\s+([^;{{]+);", CONF)]


@pytest.mark.parametrize(("directive", "values"), [
    ("access_log", ["off"]),
    ("error_log", ["stderr emerg"]),
    ("client_body_in_file_only", ["off"]),
    ("proxy_max_temp_file_size", ["0"]),
    ("proxy_request_buffering", ["on"]),
    ("proxy_next_upstream", ["off"]),
    ("proxy_intercept_errors", ["off"]),
    ("proxy_cache", ["off"]),
    ("ssl_protocols", ["TLSv1.2 TLSv1.3"]),
    ("server_tokens", ["off"]),
    ("client_max_body_size", ["10m", "260m"]),
    ("log_format", []),
])  # fmt: skip
def test_it_says_this_once_and_nothing_else(directive, values):
    assert said(directive) == values


def test_only_the_forms_that_take_files_take_much():
    (large,) = re.findall(r"location ([^{]+)\{\s*client_max_body_size 260m;", CONF)
    taken = re.compile(large.split()[1])
    everywhere = {path: getattr(view, "takes_files", False) for path, view, _ in gather("varde.urls_kommune")}
    assert {path for path, takes in everywhere.items() if takes} == {
        "/meld/privat", "/meld/ansatt", "/innboks/ny", "/innboks/<uuid:concern_id>/vedlegg",
    }  # fmt: skip
    assert everywhere == {path: bool(taken.search(path)) for path in everywhere}
    assert 10 * bounds.FILE_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE < 260 * 1024**2


def test_every_temporary_folder_lies_in_memory():
    folders = said(r"\w+_temp_path")
    assert len(folders) == 5
    assert all(folder.startswith("/run/") for folder in folders)


def test_the_callers_own_word_for_its_address_is_not_believed():
    headers = dict(header.split(" ", 1) for header in said("proxy_set_header"))
    assert headers["X-Forwarded-For"] == "$remote_addr"
    assert headers["X-Forwarded-Proto"] == "https"
    assert "$proxy_add_x_forwarded_for" not in CONF


def test_every_status_of_a_product_that_is_away_says_not_received():
    assert said("error_page") == ["413 =413 $varde_down", "500 502 503 504 =503 $varde_down"]


def test_both_answers_say_not_received_and_whom_to_call():
    page = (EDGE / "ikke-mottatt.html").read_text("utf-8")
    assert "IKKE mottatt" in page
    assert all(number in page for number in ("112", "113", "116 117", "varde_phone"))
    assert not re.search(r"<script|<style|style=|src=|http", page)
    without = re.sub(r"<!--#.*?-->", "", (EDGE / "ikke-mottatt.json").read_text("utf-8"))
    assert "IKKE mottatt" in json.loads(without)["detail"]
