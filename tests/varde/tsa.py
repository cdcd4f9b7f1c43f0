"""A time stamping authority on this machine: openssl's own, behind a small HTTP server."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CONFIG = """
[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = here
[here]
serial = {home}/serial
signer_cert = {home}/signer.pem
signer_key = {home}/signer.key
{certs}signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


@dataclass
class Authority:
    """Where it answers, and the certificate it is trusted by."""

    url: str
    root: Path
    asked: list[bytes]


def _openssl(*args: str) -> bytes:
    return subprocess.run(["openssl", *args], check=True, capture_output=True).stdout


def _make(home: Path, certs: str) -> Path:
    config = home / "tsa.cnf"
    config.write_text(CONFIG.format(home=home, certs=certs))
    (home / "serial").write_text("01\n")
    made = ["-newkey", "rsa:2048", "-nodes", "-config", str(config)]
    _openssl("req", "-x509", *made, "-subj", "/CN=Root", "-extensions", "ca", "-days", "30", "-keyout",
             f"{home}/root.key", "-out", f"{home}/root.pem")  # fmt: skip
    _openssl("req", *made, "-subj", "/CN=Signer", "-keyout", f"{home}/signer.key", "-out", f"{home}/signer.csr")
    _openssl("x509", "-req", "-in", f"{home}/signer.csr", "-CA", f"{home}/root.pem", "-CAkey", f"{home}/root.key",
             "-set_serial", "2", "-days", "30", "-extfile", str(config), "-extensions", "signer", "-out",
             f"{home}/signer.pem")  # fmt: skip
    return config


@contextmanager
def authority(home: Path, *, unsorted: bool = False) -> Iterator[Authority]:
    """Runs until the block ends. `unsorted`: its root comes with the stamp, in the order openssl puts them."""
    config, asked = _make(home, f"certs = {home}/root.pem\n" if unsorted else ""), []
    if unsorted:
        (home / "root.pem").write_text((home / "root.pem").read_text() + (home / "signer.pem").read_text())

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append(body)
            question = home / f"{len(asked)}.tsq"
            question.write_bytes(body)
            answer = _openssl("ts", "-reply", "-config", str(config), "-section", "here", "-queryfile", str(question))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Authority(f"http://127.0.0.1:{server.server_port}/", home / "root.pem", asked)
    server.shutdown()
    thread.join()
    server.server_close()
