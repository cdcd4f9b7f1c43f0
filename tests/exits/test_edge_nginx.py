"""The real server in front with our configuration: keeps nothing, believes nothing, says when nothing was received."""

import http.client
import json
import re
import secrets
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.exits.programs import until
from tests.exits.scan import files
from tests.exits.server import free_port
from varde.embedded.process import end, spawn

EDGE = Path(__file__).resolve().parents[2] / "infra/edge"
CANARY, ADDRESS = f"hemmelig{secrets.token_hex(8)}", "127.88.99.177"


@dataclass
class Product:
    """Stands for gunicorn: remembers what it was sent."""

    port: int = field(default_factory=free_port)
    heads: list[dict[str, str]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def serve(self) -> ThreadingHTTPServer:
        product = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                product.heads.append(dict(self.headers))
                product.sizes.append(len(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(201)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server


@dataclass
class Edge:
    """nginx in a folder of its own, and the product behind it."""

    folder: Path
    port: int
    product: Product

    def ask(self, path: str, body: bytes = b"", host: str = "gjovik.tjenesten.no") -> tuple[int, dict[str, str], str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15, source_address=(ADDRESS, 0))
        head = {"Host": host, "User-Agent": CANARY, "X-Forwarded-For": "203.0.113.9", "Referer": CANARY}
        line.request("POST", path, body, head)
        answer = line.getresponse()
        said = answer.read().decode()
        line.close()
        return answer.status, dict(answer.headers), said


def configuration(folder: Path, port: int, product: Product, *, instead: str = "") -> str:
    """Ours, on ports and in folders of the test, without TLS; `instead` of the line that turns the log off."""
    conf = (EDGE / "nginx.conf").read_text("utf-8")
    conf = conf.replace("access_log off;", instead or "access_log off;")
    conf = re.sub(r"\n    server \{\n        listen 80;.*?\n    \}\n", "\n", conf, flags=re.DOTALL)
    conf = re.sub(r"(?m)^\s*ssl_.*\n", "", conf).replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    conf = conf.replace("127.0.0.1:8000", f"127.0.0.1:{product.port}").replace("/run/varde-edge", str(folder / "run"))
    conf = conf.replace("/etc/varde/phones.map", str(EDGE / "phones.map"))
    return conf.replace("/usr/share/varde-edge/", f"{EDGE}/")


def start(folder: Path, *, instead: str = "", away: bool = False) -> Iterator[Edge]:
    product, port = Product(port=1) if away else Product(), free_port()
    folder.chmod(0o755)
    (folder / "run").mkdir()
    (folder / "run").chmod(0o777)
    (folder / "nginx.conf").write_text(configuration(folder, port, product, instead=instead))
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    process = spawn(
        [str(nginx), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off; user root;"],
        log=folder / "said.log",
    )
    server = None if away else product.serve()
    edge = Edge(folder, port, product)
    try:
        assert until(lambda: answers(edge), 10), (folder / "said.log").read_text()
        yield edge
    finally:
        if server is not None:
            server.shutdown()
            server.server_close()
        end(process)


def answers(edge: Edge) -> bool:
    try:
        return edge.ask("/") != ()
    except OSError:
        return False


@pytest.fixture
def edge(tmp_path) -> Iterator[Edge]:
    yield from start(tmp_path)


def leave_traces(edge: Edge) -> bytes:
    """Every kind of request and failure; then what lies in the edge's folders."""
    edge.ask(f"/kvittering?{CANARY}", CANARY.encode() * 200_000)
    edge.ask(f"/{CANARY}", b"x" * 11_000_000)
    return files(edge.folder)


def test_nothing_is_kept_of_who_asked_for_what(edge):
    kept = leave_traces(edge)
    print(f"{len(kept)} byte")
    assert [secret for secret in (CANARY, ADDRESS, "203.0.113.9") if secret.encode() in kept] == []


def test_with_the_usual_log_it_would_be(tmp_path):
    for edge in start(tmp_path, instead=f"access_log {tmp_path}/access.log combined;"):
        kept = leave_traces(edge)
        assert CANARY.encode() in kept
        assert ADDRESS.encode() in kept


def test_the_product_is_told_the_address_that_the_edge_saw(edge):
    assert edge.ask("/meld/privat", b"x" * 3_000_000)[0] == 201
    head = edge.product.heads[-1]
    assert head["X-Forwarded-For"] == ADDRESS
    assert head["X-Forwarded-Proto"] == "https"
    assert head["Host"] == "gjovik.tjenesten.no"
    assert edge.product.sizes[-1] == 3_000_000


def test_too_large_says_not_received(edge):
    status, _, said = edge.ask("/kvittering", b"x" * 11_000_000)
    assert status == 413
    assert "IKKE mottatt" in said


def test_a_report_with_files_goes_through(edge):
    assert edge.ask("/meld/privat", b"x" * 34_000_000)[0] == 201
    assert edge.product.sizes[-1] == 34_000_000


@pytest.fixture
def alone(tmp_path) -> Iterator[Edge]:
    """The edge while the product is away: nobody listens on its port."""
    yield from start(tmp_path, away=True)


def test_a_product_that_is_away_is_told_with_the_phone(alone):
    status, head, said = alone.ask("/meld/privat", b"what=x")
    assert status == 503
    assert "IKKE mottatt" in said
    assert '<a href="tel:61 18 95 00"><strong>61 18 95 00</strong></a>' in said
    assert head["Cache-Control"] == "no-store"
    assert CANARY not in said
    assert not any(secret.encode() in files(alone.folder) for secret in (CANARY, ADDRESS))
    assert "61 18" not in alone.ask("/meld/privat", host="andre.tjenesten.no")[2]


def test_machines_are_told_in_their_language(alone):
    status, head, said = alone.ask("/api/v1/reports", b"{}")
    assert (status, head["Content-Type"].split(";")[0]) == (503, "application/problem+json")
    assert json.loads(said)["detail"].endswith("eller ring 61 18 95 00.")
