"""A browser of few words: one office's host, cookies, forms with their CSRF token. Standard library only."""

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode


@dataclass
class Form:
    """A form of a page: where it goes, and what its fields hold as they stand."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)  # of selects, radios and checkboxes
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Forms(HTMLParser):
    """All forms of a page; fields count only inside one."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select = self._textarea = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(known.get("action", ""), known.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is not None:
            self._field(self._open, tag, known)

    def _field(self, form: Form, tag: str, known: dict[str, str]) -> None:
        name, value, kind = known.get("name", ""), known.get("value", ""), known.get("type", "text")
        if tag == "button" or kind in ("submit", "image"):
            form.buttons.append((name, value))
        elif tag == "option":
            self._choice(form, self._select, value, "selected" in known)
        elif kind in ("radio", "checkbox"):
            self._choice(form, name, known.get("value", "on"), "checked" in known)
        elif tag == "input" and name:
            form.values[name] = value
        elif tag in ("select", "textarea"):
            self._select, self._textarea = (name, "") if tag == "select" else ("", name)
            form.values.setdefault(name, "")

    @staticmethod
    def _choice(form: Form, name: str, value: str, chosen: bool) -> None:
        form.options.setdefault(name, []).append(value)
        if chosen:
            form.values[name] = value

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._textarea:
            self._open.values[self._textarea] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag in ("textarea", "select"):
            self._textarea = self._select = ""


@dataclass
class Page:
    """An answer, after its redirections; `path` is where it ended."""

    status: int
    path: str
    html: str

    def form(self, *names: str, to: str = "") -> Form:
        """The first POST form that has all these fields and whose address ends with `to`."""
        for form in Forms(self.html).forms:
            fields = form.values.keys() | form.options.keys()
            if form.method == "post" and form.action.endswith(to) and fields.issuperset(names):
                return form
        raise AssertionError(f"{self.path} ({self.status}) has no form with {names}: {self.html[:3000]}")


class Browser:
    """Somebody at one office's address. Keeps cookies; follows redirections; a dead server is OSError."""

    def __init__(self, slug: str, port: int, timeout: float = 20) -> None:
        self.host, self.port, self.timeout = f"{slug}.localhost:{port}".removeprefix("."), port, timeout
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Page:
        """The page at `path`."""
        return self._follow("GET", path, None)

    def send(self, page: Page, form: Form, **values: str) -> Page:
        """Send a form of `page` with what stands in it, but for `values`."""
        return self._follow("POST", form.action or page.path, urlencode(form.values | values))

    def log_in(self, email: str, password: str) -> None:
        """Through the page that people use."""
        page = self.get("/inn")
        page = self.send(page, page.form("login", "password"), login=email, password=password)
        assert page.status == 200, f"log-in gave {page.status}: {page.html[:2000]}"
        assert not page.path.startswith("/inn"), f"not logged in: {page.html[:3000]}"

    def _follow(self, method: str, path: str, body: str | None) -> Page:
        for _ in range(6):
            status, headers, html = self._ask(method, path, body)
            if status not in (301, 302, 303, 307, 308):
                return Page(status, path, html)
            path = headers["Location"].removeprefix(f"http://{self.host}")
            method, body = ("GET", None) if status < 307 else (method, body)
        raise AssertionError(f"too many redirections, last to {path}")

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, http.client.HTTPMessage, str]:
        headers = {"Host": self.host, "Accept": "text/html"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self.host}"}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            line.request(method, path, body=body, headers=headers)
            answer = line.getresponse()
            html = answer.read().decode(errors="replace")
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            line.close()
        for text in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(text).items()}
        return answer.status, answer.headers, html
