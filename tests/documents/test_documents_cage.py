"""Inside the cage there is no network, no file and no other process; each lock holds without the other."""

import ast
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from varde.documents import reader

ROOT = Path(__file__).resolve().parents[2]
TRIES = {
    "connect": "socket.socket().connect(('127.0.0.1', {port}))",
    "socket of the machine": "socket.socket(socket.AF_UNIX)",
    "datagram": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {port}))",
    "read a file": "open('/etc/passwd').read()",
    "write a file": "open('/tmp/varde-outside', 'w')",
    "list a folder": "os.listdir('/')",
    "start a program": "os.execv('/bin/true', ['true'])",
    "fork": "os.fork()",
    "look into the parent": "os.open(f'/proc/{{os.getppid()}}/environ', os.O_RDONLY)",
    "kill": "os.kill(os.getppid(), 0)",
}
IMPORTS = "import os, socket, ctypes; from varde.documents.inside import cage"


def tried(code: str, enter: str = "cage.enter()") -> str:
    """ "inside" when the code went through after `enter`, else the error's name."""
    text = f"{IMPORTS}\n{enter}\ntry:\n    {code}\n    print('inside')\n"
    text += "except OSError as e:\n    print(type(e).__name__, e.errno)"
    done = subprocess.run(
        (*reader.COMMAND[:4], "-c", text), capture_output=True, text=True, env={}, cwd="/", timeout=20
    )
    return done.stdout.strip() or done.stderr[-300:]


@pytest.fixture
def port():
    """Somebody listens on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.mark.parametrize("what", TRIES)
def test_a_child_reaches_nothing(what, port):
    code = TRIES[what].format(port=port)
    assert tried(code).startswith("PermissionError")
    if what not in ("start a program", "fork"):
        assert tried(code, enter="") == "inside", "the try itself is no try"
    Path("/tmp/varde-outside").unlink(missing_ok=True)


def test_either_lock_alone_stops_a_connection(port):
    code = TRIES["connect"].format(port=port)
    assert tried(code, "cage.only_computing(ctypes.CDLL(None, use_errno=True))").startswith("PermissionError")
    alone = tried(code, "cage.own_network(ctypes.CDLL(None, use_errno=True)) or exit('no network of its own here')")
    assert alone.startswith(("OSError 101", "no network of its own here"))


def test_the_real_child_is_locked_in_before_it_gets_a_byte():
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    process = subprocess.Popen(reader.COMMAND, **pipes, env={}, cwd="/")
    try:
        status, until = "", time.monotonic() + 10
        while "Seccomp:\t2" not in status and time.monotonic() < until:
            status = Path(f"/proc/{process.pid}/status").read_text()
            time.sleep(0.05)
        assert "Seccomp:\t2" in status
        assert "NoNewPrivs:\t1" in status
        if os.geteuid() == 0:  # its own handle on its network can only be read by root
            assert os.readlink(f"/proc/{process.pid}/ns/net") != os.readlink("/proc/self/ns/net")
            limits = Path(f"/proc/{process.pid}/limits").read_text()
            assert f"Max address space         {1024**3}" in limits
            assert "Max core file size        0" in limits
            held = [os.readlink(path) for path in Path(f"/proc/{process.pid}/fd").iterdir()]
            assert [name for name in held if not name.startswith(("pipe:", "/dev/"))] == []
    finally:
        process.kill()
        process.communicate()


def test_an_ordinary_login_is_locked_in_too():
    """Containers and servers do not run as root; the cage must not need it."""
    if os.geteuid() != 0:
        assert tried("open('/etc/passwd')").startswith("PermissionError")
        return
    done = subprocess.run(
        (*reader.COMMAND[:4], "-c", f"{IMPORTS}\nos.setgid(65534); os.setuid(65534)\nprint(cage.enter())"),
        capture_output=True, text=True, env={}, cwd="/", timeout=20,
    )  # fmt: skip
    assert "seccomp" in done.stdout, done.stderr


def test_only_the_child_knows_the_parsers():
    """A parser that is imported by the web or a worker would die with it."""
    wrong = []
    for path in ROOT.glob("platform/varde/**/*.py"):
        inside = path.parent.name == "inside" or path.name == "child.py"
        names = {name for node in ast.walk(ast.parse(path.read_text("utf-8"))) for name in imported(node)}
        if not inside and any(
            name.startswith(("PIL", "pypdfium2", "pi_heif", "varde.documents.inside")) for name in names
        ):
            wrong.append(path)
    assert wrong == []


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_the_child_knows_neither_django_nor_the_environment():
    code = "import sys, varde.documents.child, os; print('django' in sys.modules, dict(os.environ))"
    done = subprocess.run((*reader.COMMAND[:4], "-c", code), capture_output=True, text=True, env={}, cwd="/")
    assert done.stdout.split()[0] == "False", done.stderr
    assert "VARDE" not in done.stdout
    assert sys.executable == reader.COMMAND[0]
