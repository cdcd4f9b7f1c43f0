"""A line with its exchange, telephones, and a Varde that does as it is told; all of it ended afterwards, by id."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.telephony.exchange import FALLBACK, FIRST, LINE, SECOND, Exchange, fetched, free_udp
from tests.telephony.phones import Phone, Phones
from tests.telephony.recorder import Recorder

TOKEN = "et-merke-til-prøver".encode().hex()
PLACES = {"first": FIRST, "second": SECOND, "fallback": FALLBACK}


@dataclass
class Town:
    """Everything on one line: `ports` are those of the apparatus by name."""

    exchange: Exchange
    phones: Phones
    varde: Recorder
    ports: dict[str, int] = field(default_factory=dict)

    def apparatus(self, name: str, **how: float) -> Phone:
        """A telephone in its place, say `first`."""
        return self.phones.apparatus(self.ports[name], **how)

    def rings(self, **how: object) -> Phone:
        """Somebody rings TryggEst."""
        return self.phones.caller(LINE, **how)


@pytest.fixture(scope="session")
def asterisk() -> Path:
    """The real one, from Debian."""
    return fetched()


@pytest.fixture
def town_at(asterisk: Path, tmp_path: Path) -> Callable[[str, str], AbstractContextManager[Town]]:
    """Asterisk and the bridge, for a Varde at an address that gave a token."""

    @contextmanager
    def standing(address: str, token: str) -> Iterator[Town]:
        ports = {name: free_udp() for name in PLACES}
        dial = {number: f"PJSIP/linje/sip:{number}@127.0.0.1:{ports[name]}" for name, number in PLACES.items()}
        exchange = Exchange(tmp_path / "exchange", address, token, dial=dial)
        made = Town(exchange, Phones(tmp_path / "phones", exchange.sip), Recorder(ring=(FIRST, SECOND)), ports)
        exchange.lay()
        try:
            exchange.start()
            exchange.start_bridge()
            yield made
        finally:
            made.phones.stop()
            exchange.stop()

    return standing


@pytest.fixture
def town(town_at: Callable[[str, str], AbstractContextManager[Town]]) -> Iterator[Town]:
    """With a Varde that does as it is told; it says that `first` and `second` answer."""
    varde = Recorder(ring=(FIRST, SECOND))
    varde.start()
    try:
        with town_at(f"http://127.0.0.1:{varde.port}", TOKEN) as made:
            made.varde = varde
            yield made
    finally:
        varde.stop()
