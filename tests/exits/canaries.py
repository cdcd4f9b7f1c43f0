"""Canaries: strings made at run time, and somebody who carries them in through every door of the running demo."""

import http.client
import json
import re
import secrets
import socket
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from tests.whole.browser import Browser, Forms

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
        """The web form; its receipt is read off the page."""
        _, html = self.ask("GET", "/meld/privat")
        form = next(form for form in Forms(html.decode()).forms if "idempotency_key" in form.values)
        told = form.values | {
            "idempotency_key": self.traces.web_key,
            "what": f"{self.content.text} {self.content.id_number}",
            "who": self.content.name,
            "suspected": self.content.suspect,
            "reporter_phone": self.content.phone,
        }
        status, html = self.ask("POST", "/meld/privat", urlencode(told), Content_Type=FORM)
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


def receipt_in(html: bytes) -> str:
    """The code on the page that answers a report, say "6780 2138 6775 3278"."""
    found = re.search(r"data-receipt>([^<]+)<", html.decode())
    assert found, html.decode()[-3000:]
    return found[1].strip()


def register(browser: Browser, content: Content) -> None:
    """A logged-in coordinator writes down what was told by phone, opens it and writes to the reporter."""
    page = browser.get("/innboks/ny")
    page = browser.send(page, page.form("what", "channel"), what=content.registered, who=content.name)
    assert page.status == 201, page.html[:3000]
    links = {part.split('"')[0] for part in page.html.split('href="/innboks/')[1:]} - {"ny"}
    page = browser.get(f"/innboks/{sorted(links)[0]}")
    if "/apne" in page.html:
        page = browser.send(page, page.form(to="/apne"))
    page = browser.send(page, page.form("text", to="/melding"), text=content.letter)
    assert page.status == 200, page.html[:3000]
