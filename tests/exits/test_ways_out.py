"""Nobody but the named modules can send anything out of the process, or write a line with what somebody told."""

import ast
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from varde.notify.mail import send_link
from varde.tenancy.door import OfficeRef

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("platform/varde", "shared", "tenants", "regional")

# A way out, by the module that opens it; and the only files of ours that may name it, each with its reason.
WAYS = {
    "smtplib": {"platform/varde/notify/mail.py"},  # names one error
    "django.core.mail": {
        "platform/varde/notify/mail.py",  # two texts and an address to log in at
        "platform/varde/audit/anchor_mail.py",  # a number, a digest and an office's short name
    },
    "sentry_sdk": {"platform/varde/exits/errors.py"},
    "csv": {"platform/varde/exits/sheets.py", "tenants/returns/import_file.py"},  # the second one reads
    "openpyxl": set(),
    "socket": {"platform/varde/embedded/", "platform/varde/documents/scanner.py"},  # demo's servers; virus scanner
    "http.client": {
        "platform/varde/embedded/",  # is the demo's web up?
        "platform/varde/privacy/",  # the office's key, kept elsewhere
        "platform/varde/audit/stamp.py",  # names one error
    },
    "urllib.request": {"platform/varde/audit/stamp.py"},  # a digest, to the time-stamping authority
    "urllib3": {"platform/varde/identity/oidc/web.py"},  # codes and keys, to the log-in provider
    "subprocess": {"platform/varde/embedded/", "platform/varde/documents/"},  # the demo's programs; the file reader
    "multiprocessing": set(),
    "requests": set(),
    "httpx": set(),
    "aiohttp": set(),
    "asyncio": set(),
    "ftplib": set(),
    "telnetlib": set(),
    "xmlrpc": set(),
    "imaplib": set(),
    "poplib": set(),
    "syslog": set(),
    "logging.handlers": set(),
    "webbrowser": set(),
}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))


SOURCES = list(sources())


def imported(tree: ast.Module) -> set[str]:
    """Every module a file imports, with the names taken from it: `from django.core import mail` is django.core.mail."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def opens(tree: ast.Module, way: str) -> bool:
    return any(name == way or name.startswith(f"{way}.") for name in imported(tree))


@pytest.mark.parametrize("way", WAYS)
def test_a_way_out_is_named_in_its_own_module_only(way):
    users = {path for path, tree in SOURCES if opens(tree, way)}
    assert {path for path in users if not path.startswith(tuple(WAYS[way]) or "\0")} == set()


@pytest.mark.parametrize("code", [
    "import smtplib", "from django.core import mail", "from django.core.mail import send_mail as x",
    "import urllib.request as y", "def f():\n    import httpx",
])  # fmt: skip
def test_the_search_sees_them(code):
    assert any(opens(ast.parse(code), way) for way in WAYS)


def calls(tree: ast.Module, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node


def test_nobody_mails_through_a_user_or_to_those_who_run_it():
    wrong = [path for path, tree in SOURCES for _ in calls(tree, "email_user", "mail_admins", "mail_managers")]
    assert wrong == []


LEVELS = ("debug", "info", "warning", "error", "exception", "critical")


def test_a_log_line_is_a_fixed_sentence():
    """The formatter shows the sentence of our own loggers, so it must stand in the code."""
    wrong = [
        f"{path}:{call.lineno}"
        for path, tree in SOURCES
        for call in calls(tree, *LEVELS)
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
        and call.func.value.id in ("log", "logger", "logging")
        and not (call.args and isinstance(call.args[0], ast.Constant))
    ]  # fmt: skip
    assert wrong == []


def test_every_logger_of_ours_is_called_varde():
    """Lines of other loggers are told by place alone."""
    names = [
        (path, ast.unparse(call.args[0]))
        for path, tree in SOURCES for call in calls(tree, "getLogger") if call.args
    ]  # fmt: skip
    assert [(path, name) for path, name in names if not name.startswith("'varde")] == []


def test_nobody_prints_but_commands():
    allowed = ("cli.py", "platform/varde/demo.py", "platform/varde/embedded/", "varde/auditor/check_release.py")
    wrong = [
        path
        for path, tree in SOURCES
        if not path.endswith(allowed) and not path.startswith(allowed)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert wrong == []


def test_the_only_way_to_mail_is_tell():
    """Two texts, and an address to log in at; whoever wants to say more has to change this module and this test.

    `send_link` is for the first person of a newborn office alone: an address that only an activation link has.
    """
    tree = dict(SOURCES)["platform/varde/notify/mail.py"]
    public = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"}
    assert public == {"address", "tell", "tell_of", "send_link"}  # `tell_of` tells through `tell`


@pytest.mark.parametrize("path", ["/inn", "/saker/1", "https://andre.example/aktiver/", "/aktiver/" + "0" * 32, ""])
def test_the_mail_with_a_link_carries_an_activation_link_and_nothing_else(path):
    office = OfficeRef(uuid.uuid4(), "kommune", "ny", "kommune_9999", "x_login", "Ny", "9999", None, False)
    with pytest.raises(ValueError, match="activation"):
        send_link(to="forste@ny.example", ref=office, path=path)


def test_a_file_name_is_built_from_fixed_words():
    allowed = ("platform/varde/exits/names.py", "platform/varde/documents/serving.py")  # fixed words, and a number
    wrong = [
        path for path, tree in SOURCES if path not in allowed
        for node in ast.walk(tree) if isinstance(node, ast.Constant) and "filename=" in str(node.value)
    ]  # fmt: skip
    assert wrong == []
