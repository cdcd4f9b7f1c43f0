"""Varde's own web process in front of the test run's database, with a line, its apparatus and a machine's token."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from regional.hotline.models import Call
from regional.lines import actions as lines
from tests.cast import TEST, ref
from tests.exits.programs import environment
from tests.telephony.exchange import ROOT
from tests.whole.demo import free_port
from varde.embedded.process import end, spawn, wait_until
from varde.embedded.supervisor import Demo, healthy, web
from varde.machines.actions import give
from varde.tenancy.work import work

REGION = "gjovikregionen"


@dataclass
class Office:
    """The region's office as a telephone system meets it."""

    address: str
    token: str
    log: Path

    def calls(self) -> list[Call]:
        """All that were announced, oldest first."""
        with work(ref(REGION), TEST):
            return list(Call.objects.order_by("announced_at", "id"))

    def states(self) -> list[str]:
        """The states of all calls."""
        return [call.state for call in self.calls()]

    def comes_to(self, *states: str, seconds: float = 10) -> bool:
        """Wait until the calls stand so."""
        return wait_until(lambda: sorted(self.states()) == sorted(states), seconds=seconds, pause=0.1)


def lay(number: str, apparatus: Sequence[str]) -> str:
    """A shared line with its apparatus, and a token that may announce and ask."""
    with work(ref(REGION), "setup") as by:
        line = lines.open_line(name="Felles vakttelefon", service="hotline", kommune=None, shared_with="", by=by)
        lines.point(number=number, line=line, since=None, by=by)
        lines.ring(line=line, apparatus=apparatus, since=None, by=by)
        return give(name="Sentralbordet", scopes=["calls", "lines"], days=30, by=by)[1]


@contextmanager
def served(home: Path, servers: dict[str, str], token: str) -> Iterator[Office]:
    """gunicorn with the demo's own arguments."""
    port = free_port()
    home.mkdir(parents=True, exist_ok=True)
    demo = Demo(home, port, [f"127.0.0.1:{port}"], None)  # type: ignore[arg-type]
    process = spawn(web(demo), log=home / "web.log", env=environment(servers, home), cwd=ROOT)
    try:
        assert wait_until(lambda: healthy(port), seconds=60), (home / "web.log").read_text()
        yield Office(f"http://{REGION}.localhost:{port}", token, home / "web.log")
    finally:
        end(process)
