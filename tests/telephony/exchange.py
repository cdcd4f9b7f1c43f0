"""A real Asterisk on loopback, with the files we ship, in a folder that goes afterwards; and the bridge beside it."""

import json
import os
import secrets
import subprocess
import sys
import wave
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import urllib3

from infra.telephony.lay import lay
from infra.telephony.settings import PASSWORD, TOKEN, read
from tests.sabotage.switches import NAME
from tests.whole.demo import clean_environment, free_port
from varde.embedded.process import end, spawn, wait_until

ROOT = Path(__file__).resolve().parents[2]
THEIRS = ROOT / ".tools/asterisk"
LIBRARIES = ("lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu", "usr/lib")
PROMPT = "varde-prove"
LINE, SHARED, FALLBACK = "+4761189500", "+4761189501", "+4761189599"
FIRST, SECOND = "+4790000001", "+4790000002"


def fetched() -> Path:
    """Asterisk under .tools; brought by infra/telephony/fetch.sh when it is not there or is another."""
    subprocess.run(["sh", ROOT / "infra/telephony/fetch.sh"], check=True, cwd=ROOT)
    return THEIRS


def free_udp() -> int:
    """A port that is free for SIP (UDP), as those for TCP mostly are."""
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


@dataclass
class Exchange:
    """Asterisk, its configuration file for the bridge, and whoever has been started."""

    folder: Path
    varde: str
    token: str
    ring_seconds: int = 3
    dial: dict[str, str] = field(default_factory=dict)
    sip: int = field(default_factory=free_udp)
    ari: int = field(default_factory=free_port)
    password: str = field(default_factory=lambda: secrets.token_hex(12))
    asterisk: "subprocess.Popen[bytes] | None" = None
    bridge: "subprocess.Popen[bytes] | None" = None
    bridges: int = 0

    @property
    def environment(self) -> dict[str, str]:
        taken = {NAME: os.environ[NAME]} if NAME in os.environ else {}
        secret = {TOKEN: self.token, PASSWORD: self.password}
        return clean_environment() | taken | secret | {"PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}"}

    def lay(self) -> None:
        """Both configurations: ours for the bridge, and Asterisk's out of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        rtp = 20000 + self.sip % 20000 * 2 % 20000
        dial = "".join(f'"{number}" = "{endpoint}"\n' for number, endpoint in self.dial.items())
        (self.folder / "bridge.toml").write_text(
            f'[varde]\naddress = "{self.varde}"\n[asterisk]\naddress = "http://127.0.0.1:{self.ari}"\n'
            f'[calls]\nfallback = ["{FALLBACK}"]\nring_seconds = {self.ring_seconds}\nprompt = "{PROMPT}"\n'
            f'[dial]\n{dial}\n[line]\nasterisk = 16\nsystem = "prove"\n'
            f'bind = "127.0.0.1:{self.sip}"\ntrunk = "127.0.0.1:9"\n'
            f"rtp = [{rtp}, {rtp + 400}]\n"
        )
        settings = read(self.folder / "bridge.toml", {TOKEN: self.token, PASSWORD: self.password})
        lay(settings, self.folder / "etc")
        places = "".join(f"{name} => {path}\n" for name, path in self._places().items())
        with (self.folder / "etc/asterisk.conf").open("a") as file:
            file.write(f"\n[directories]\n{places}")
        (self.folder / "data").mkdir(exist_ok=True)
        self._lay_data()

    def _places(self) -> dict[str, Path]:
        own = {name: self.folder / name for name in ("db", "keys", "spool", "run", "log", "agi")}
        for path in own.values():
            path.mkdir(exist_ok=True)
        return {
            "astetcdir": self.folder / "etc", "astmoddir": THEIRS / "usr/lib/asterisk/modules",
            "astvarlibdir": own["db"], "astdbdir": own["db"], "astkeydir": own["keys"], "astspooldir": own["spool"],
            "astrundir": own["run"], "astlogdir": own["log"], "astagidir": own["agi"],
            "astdatadir": self.folder / "data",
        }  # fmt: skip

    def _lay_data(self) -> None:
        """Half a second of silence for the prompt that a region records; Asterisk's own words on its modules."""
        sounds = self.folder / "data/sounds/en"
        sounds.mkdir(parents=True, exist_ok=True)
        with wave.open(str(sounds / f"{PROMPT}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(bytes(8000))
        documentation = self.folder / "data/documentation"
        if not documentation.exists():
            documentation.symlink_to(THEIRS / "usr/share/asterisk/documentation")

    def start(self) -> None:
        """Asterisk, until it answers and has its line."""
        loader = next((THEIRS / "lib/x86_64-linux-gnu").glob("ld-*.so"))
        libraries = ":".join(str(THEIRS / each) for each in LIBRARIES)
        self.asterisk = spawn(
            [str(loader), "--inhibit-cache", "--library-path", libraries, str(THEIRS / "usr/sbin/asterisk"), "-f",
             "-C", str(self.folder / "etc/asterisk.conf")],
            log=self.folder / "asterisk.log", env={"HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        assert wait_until(lambda: self.ask("asterisk/info") is not None, seconds=30), self.said("asterisk.log")

    def start_bridge(self) -> None:
        """The bridge, until Asterisk knows it as the one that listens."""
        self.bridges += 1
        argv = [sys.executable, "-m", "tests.telephony.started", "--config", str(self.folder / "bridge.toml")]
        self.bridge = spawn(argv, log=self.folder / "bridge.log", env=self.environment, cwd=ROOT)
        assert wait_until(lambda: self.connected() >= self.bridges, seconds=30), self.said("bridge.log")

    def connected(self) -> int:
        """How many times a bridge has found Asterisk so far."""
        return self.said("bridge.log").count("Forbundet med Asterisk")

    def stop(self) -> None:
        """Both, the bridge first."""
        end(self.bridge)
        end(self.asterisk)

    def ask(self, path: str) -> Any:
        """A question to ARI; None without an answer."""
        head = urllib3.make_headers(basic_auth=f"varde:{self.password}")
        try:
            answer = urllib3.request("GET", f"http://127.0.0.1:{self.ari}/ari/{path}", headers=head, retries=False)
        except urllib3.exceptions.HTTPError:
            return None
        return json.loads(answer.data) if answer.status == 200 else None

    def channels(self) -> list[str]:
        """The ids of all channels."""
        return [each["id"] for each in self.ask("channels")]

    def in_talk(self) -> bool:
        """Whether two are joined in a room."""
        return any(len(room["channels"]) == 2 for room in self.ask("bridges"))

    def quiet(self, seconds: float = 10) -> bool:
        """Nobody on the line any more, and no room and no mark left."""
        paths = ("channels", "bridges", "deviceStates")
        return wait_until(lambda: not any(self.ask(path) for path in paths), seconds=seconds)

    def said(self, name: str) -> str:
        """What stands in a log."""
        path = self.folder / name
        return path.read_text(errors="replace") if path.exists() else ""

    def everything_written(self) -> str:
        """Every byte that Asterisk and the bridge left on disk, but for what they were told and what they shipped."""
        told = {self.folder / "etc", self.folder / "data", self.folder / "bridge.toml"}
        files = (path for path in self.folder.rglob("*") if path.is_file() and not told & {path, *path.parents})
        return "\n".join(path.read_bytes().decode("latin-1") for path in files if os.access(path, os.R_OK))
