"""Canaries: strings made at run time, and somebody who carries them in through every door of the running demo."""

import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from tests.documents.papers import assemble
from tests.exits.scan import Exit
from tests.whole.browser import Browser, Forms, Page
from tests.whole.demo import Demo
from varde.embedded import places

FORM = "application/x-www-form-urlencoded"


def word(kind: str) -> str:
    """A word that stands nowhere else."""
    return f"{kind}{secrets.token_hex(8)}"


def address(first: int) -> str:
    """An address: 127/8 is this machine, 203 is nobody."""
    return ".".join(map(str, (first, *(secrets.randbelow(180) + 70 for _ in range(3)))))


@dataclass
class Content:
    """What is told: it may lie in the database, sealed, and nowhere else."""

    name: str = field(default_factory=lambda: word("navn"))
    phone: str = field(default_factory=lambda: f"9{secrets.randbelow(10**14):014d}")
    id_number: str = field(default_factory=lambda: f"{secrets.randbelow(10**15):015d}")
    text: str = field(default_factory=lambda: word("tekst"))
    suspect: str = field(default_factory=lambda: word("mistenkt"))
    registered: str = field(default_factory=lambda: word("fortalt"))
    letter: str = field(default_factory=lambda: word("brev"))
    file_name: str = field(default_factory=lambda: word("filnavn"))
    file_text: str = field(default_factory=lambda: word("filtekst"))
    decision: str = field(default_factory=lambda: word("grunn"))
    step: str = field(default_factory=lambda: word("steg"))
    note: str = field(default_factory=lambda: word("notat"))
    glass: str = field(default_factory=lambda: word("nod"))
    # Of a member of staff, not of a case: open in the database, so that finding it there proves that the search finds.
    member: str = field(default_factory=lambda: word("ansatt"))


@dataclass
class Traces:
    """What nobody may keep anywhere: from where and with what somebody came, their keys and their receipts."""

    client: str = field(default_factory=lambda: address(127))
    forwarded: str = field(default_factory=lambda: address(203))
    agent: str = field(default_factory=lambda: word("leser"))
    referer: str = field(default_factory=lambda: word("henviser"))
    cookie: str = field(default_factory=lambda: word("kake"))
    web_key: str = field(default_factory=lambda: word("webnokkel"))
    api_key: str = field(default_factory=lambda: word("apinokkel"))
    web_receipt: str = ""
    web_receipt_bare: str = ""
    api_receipt: str = ""
    api_receipt_bare: str = ""
    path: str = field(default_factory=lambda: word("sti"))
    query: str = field(default_factory=lambda: word("sok"))
    wrong: str = field(default_factory=lambda: word("feil"))


@dataclass
class Reporter:
    """Somebody at a kommune's public address; every request carries the traces."""

    port: int
    content: Content
    traces: Traces
    slug: str = "gjovik"

    def ask(self, method: str, path: str, body: bytes | str = b"", **headers: str) -> tuple[int, bytes]:
        """(status, body) of one request."""
        head = {
            "Host": f"{self.slug}.localhost:{self.port}",
            "User-Agent": self.traces.agent,
            "Referer": f"http://{self.traces.referer}.example/",
            "X-Forwarded-For": self.traces.forwarded,
            "Cookie": f"varde={self.traces.cookie}; messages={self.traces.cookie}",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        source = (self.traces.client, 0)
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=source)
        try:
            line.request(method, path, body or None, head)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def tell_all(self) -> list[int]:
        """Every way in once; the statuses."""
        return [self.by_form(), self.by_api(), *self.follow(), *self.mistakes(), *self.faults()]

    def by_form(self) -> int:
        """The web form with a file; its receipt is read off the page."""
        _, html = self.ask("GET", "/meld/privat")
        form = next(form for form in Forms(html.decode()).forms if "idempotency_key" in form.values)
        told = form.values | {
            "idempotency_key": self.traces.web_key,
            "what": f"{self.content.text} {self.content.id_number}",
            "who": self.content.name,
            "suspected": self.content.suspect,
            "reporter_phone": self.content.phone,
        }
        bound = word("grense")
        body = multipart(bound, told, f"{self.content.file_name}.pdf", paper(self.content.file_text))
        status, html = self.ask("POST", "/meld/privat", body, Content_Type=f"multipart/form-data; boundary={bound}")
        self.traces.web_receipt = receipt_in(html)
        self.traces.web_receipt_bare = re.sub(r"\W", "", self.traces.web_receipt)
        return status

    def by_api(self) -> int:
        """The door for machines."""
        told = {"reporter_kind": "privat", "anonymous": True, "what": self.content.text, "who": self.content.name}
        sent = {"Content_Type": "application/json", "Idempotency_Key": self.traces.api_key}
        status, body = self.ask("POST", "/api/v1/reports", json.dumps(told), **sent)
        self.traces.api_receipt = json.loads(body)["receipt"]
        self.traces.api_receipt_bare = re.sub(r"\W", "", self.traces.api_receipt)
        return status

    def follow(self) -> list[int]:
        """Both receipts, and a wrong one."""
        codes = (self.traces.web_receipt, self.traces.wrong)
        asked = [self.ask("POST", "/kvittering", urlencode({"code": code}), Content_Type=FORM)[0] for code in codes]
        return [*asked, self.ask("GET", f"/api/v1/reports/{quote(self.traces.api_receipt)}")[0]]

    def mistakes(self) -> list[int]:
        """What goes wrong at a door: no such page, wrong method, unreadable, too large, a strange host, not HTTP."""
        secret, bound = self.traces.wrong, word("grense")
        large = "\r\n".join([
            f"--{bound}", 'Content-Disposition: form-data; name="fil"; filename="' + secret + '.pdf"', "",
            secret * 140_000, f"--{bound}--", "",
        ])  # fmt: skip
        wrong = [
            self.ask("GET", f"/{self.traces.path}?q={self.traces.query}"),
            self.ask("DELETE", "/api/v1/reports"),
            self.ask("POST", "/api/v1/reports", "{" + secret, Content_Type="application/json"),
            *(
                self.ask("POST", door, large, Content_Type=f"multipart/form-data; boundary={bound}")
                for door in ("/meld/privat", "/kvittering")
            ),
            self.ask("POST", "/meld/privat", urlencode({"what": secret * 2_000}), Content_Type=FORM),
            self.ask("POST", "/inn", urlencode({"login": secret}), Content_Type=FORM),
            self.ask("GET", "/", Host=f"{secret}.example"),
            self.ask("GET", f"/innboks?neste={self.traces.query}"),
        ]
        with socket.create_connection(("127.0.0.1", self.port), 10, (self.traces.client, 0)) as line:
            line.sendall(f"{secret} / {self.traces.path}\r\n\r\n".encode())
            line.recv(1000)
        return [status for status, _ in wrong]

    def faults(self) -> list[int]:
        """The planted faults, with content."""
        text, query = self.content.text, self.traces.query
        told = {"text": text, "local": self.content.name, "line": self.content.phone}
        asked = (
            (f"/planted/broken/{self.traces.path}?q={query}", told),
            (f"/planted/doubled?q={query}", {"email": f"{self.content.member}@example.org"}),
            (f"/planted/unfit?q={query}", {"parameter": self.content.id_number}),
        )
        return [self.ask("POST", path, urlencode(fields), Content_Type=FORM)[0] for path, fields in asked]


def paper(text: str) -> bytes:
    """A PDF of one page that says `text`, nothing of it packed; its type as the sender's browser would say it."""
    says = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode()
    return assemble([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(says), says),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ])  # fmt: skip


def multipart(bound: str, fields: dict[str, str], name: str, data: bytes) -> bytes:
    """A form with one attachment, as a browser sends it (RFC 7578)."""
    head = f"--{bound}\r\nContent-Disposition: form-data; name="
    text = "".join(f'{head}"{key}"\r\n\r\n{value}\r\n' for key, value in fields.items())
    file = f'{head}"attachments"; filename="{name}"\r\nContent-Type: application/pdf\r\n\r\n'
    return f"{text}{file}".encode() + data + f"\r\n--{bound}--\r\n".encode()


def receipt_in(html: bytes) -> str:
    """The code on the page that answers a report, say "6780 2138 6775 3278"."""
    found = re.search(r"data-receipt>([^<]+)<", html.decode())
    assert found, html.decode()[-3000:]
    return found[1].strip()


def concerns_on(page: Page) -> list[str]:
    """The addresses of the concerns that a page leads to."""
    return sorted(set(re.findall(r'href="(/innboks/[0-9a-f-]{36})"', page.html)))


def opened(browser: Browser, path: str) -> Page:
    """A concern, taken in when nobody has done so."""
    page = browser.get(path)
    return browser.send(page, page.form(to="/apne")) if "/apne" in page.html else page


def register(browser: Browser, content: Content) -> str:
    """A logged-in coordinator writes down what was told by phone, opens it and writes to the reporter; its address."""
    page = browser.get("/innboks/ny")
    page = browser.send(page, page.form("what", "channel"), what=content.registered, who=content.name)
    assert page.status == 201, page.html[:3000]
    path = concerns_on(page)[0]
    page = opened(browser, path)
    page = browser.send(page, page.form("text", to="/melding"), text=content.letter)
    assert page.status == 200, page.html[:3000]
    return path


def make_case(browser: Browser, content: Content, concern: str) -> str:
    """The coordinator decides that it is a case and writes a note in it; the case's address."""
    page = browser.get(f"{concern}/avklar")
    form = page.form("outcome", "reason", "owner")
    chosen = {"category": form.options["category"][0], "outcome": "case"}
    page = browser.send(page, form, **chosen, reason=content.decision, text=content.step)
    assert page.path.startswith("/saker/"), page.html[:6000]
    case = page.path
    page = browser.send(page, page.form("text", to="/notat"), text=content.note)
    assert page.status == 200, page.html[:3000]
    assert all(told in page.html for told in (content.registered, content.step, content.note))
    return case


def break_glass(asker: Browser, others: list[Browser], content: Content, case: str) -> None:
    """One asks to be let in, the colleague who was asked says yes."""
    page = asker.get("/nodapning")
    form = page.form("target", "approver")
    approver = next(key for key in form.options["approver"] if key)
    page = asker.send(page, form, target=case, reason=content.glass, approver=approver)
    assert page.status == 200, page.html[:3000]
    assert content.glass in page.html
    asked = [(one, page) for one in others if "/svar" in (page := one.get("/nodapning")).html]
    assert len(asked) == 1
    one, page = asked[0]
    page = one.send(page, page.form(to="/svar"), svar="ja")
    assert "Godkjent av" in page.html, page.html[:3000]


def read_file(browser: Browser, content: Content) -> None:
    """The coordinator finds the file that came with the form, reads the cleaned copy, and takes out the original."""
    pages = [opened(browser, path) for path in concerns_on(browser.get("/innboks"))]
    path = next(page.path for page in pages if content.text in page.html and content.id_number in page.html)
    assert Demo.until(lambda: "/kopi" in browser.get(path).html, 60, 1), "no cleaned copy was made"
    links = re.findall(r'href="(/innboks/[^"]+/vedlegg/[^"]+)"', browser.get(path).html)
    copy, original = (next(link for link in links if link.endswith(end)) for end in ("/kopi", "/original"))
    assert browser.get(copy).html.startswith("%PDF")
    page = browser.get(original)
    page = browser.send(page, page.form("reason"), reason="Politiet ber om den.")
    assert content.file_text in page.html, page.html[:3000]


def backup(demo: Demo) -> Exit:
    """A real backup file as the runbook makes it, outside of the demo's home; after it the same file, unpacked."""
    run = json.loads((demo.home / "run/env.json").read_text())
    password = (demo.home / "keys/postgres_superuser").read_text().strip()
    where = ("-h", run["VARDE_DB_HOST"], "-p", str(run["VARDE_DB_PORT"]), "-U", "postgres")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "varde.dump"
        _program("pg_dump", "--create", "--format=custom", f"--file={file}", *where, "varde", password=password)
        plain = _program("pg_restore", "--file=-", str(file))
        return Exit("sikkerhetskopi (pg_dump)", file.read_bytes() + unhexed(plain), holds_cases=True)


def _program(name: str, *argv: str, password: str = "") -> bytes:
    """What a program from the PostgreSQL wheel says."""
    program = str(places.postgres_bin(places.owner()) / name)
    env = {"PATH": os.defpath, "PGPASSWORD": password}
    done = subprocess.run([program, *argv], env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return done.stdout


def unhexed(data: bytes) -> bytes:
    """A dump, and after it what its bytea columns say: COPY writes them as hex, where no word would be found."""
    found = re.findall(rb"\\x((?:[0-9a-f]{2})+)", data)
    return b"\n".join([data, *(bytes.fromhex(each.decode()) for each in found)])
