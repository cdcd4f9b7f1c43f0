"""`varde demo`: the whole platform on one machine, in one foreground process that ends everything it started.

Order: PostgreSQL, Valkey, the steps that make database and demo data, then web, worker and beat. Passwords of
migrator and superuser go to those steps only, never to what serves pages.
"""

import errno
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from varde.assets import IGNORED
from varde.cli_errors import Complaint
from varde.embedded import Postgres, Valkey
from varde.embedded.keeper import Command, GaveUp, Keeper
from varde.embedded.on_demand import OnDemand
from varde.embedded.places import make_home, private, secret
from varde.embedded.process import Lock, die_with, end, open_log, wait_until
from varde.embedded.state import DEMO_LOCK, write_env
from varde.tenancy.cluster import bootstrap

DATABASE = "varde"
PAUSE = 0.2  # seconds between two looks at the children
READY_SECONDS = 120  # the web gets this long to answer the first time
BUSY = "Demoen kjører allerede i denne mappen (prosess {pid}). Avslutt den, eller velg en annen mappe med VARDE_HOME."


class Stopped(Exception):
    """Somebody asked us to end while a step was running."""


class Failed(Exception):
    """A step ended with an error. The text is a Norwegian sentence that names the log."""


@dataclass
class Demo:
    """What steps and children are told: places, addresses, and the environment that children get."""

    home: Path
    port: int
    addresses: list[str]
    postgres: Postgres
    env: dict[str, str] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)  # the signals that asked us to end

    @property
    def migrator_env(self) -> dict[str, str]:
        """The children's environment and, beside it, where the migrator's password lies."""
        return self.env | {"VARDE_MIGRATOR_PASSWORD_FILE": str(self.home / "keys" / "migrator_password")}


@dataclass(frozen=True)
class Step:
    """One thing to do before anything serves: a program (or a function), with a sentence for the screen."""

    sentence: str
    name: str  # names the log file
    argv: tuple[str, ...] = ()
    call: Callable[[Demo], None] | None = None
    show: bool = False  # its output is meant for the person at the screen


@dataclass(frozen=True)
class Child:
    """One long-running program; `argv` is made when addresses and places are known."""

    name: str
    argv: Callable[[Demo], list[str]]
    migrator: bool = False  # True only for a program that may make offices


def make_database(demo: Demo) -> None:
    """Database and roles, as the superuser; safe to run again."""
    bootstrap(
        demo.postgres.superuser_dsn(),
        database=DATABASE,
        migrator_password=secret(demo.home / "keys" / "migrator_password"),
        login_key=secret(demo.home / "keys" / "login_key"),
    )


def web(demo: Demo) -> list[str]:
    """A production server; no access log, because an address can say whom a page is about."""
    beats = ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []  # noqa: S108
    return [
        sys.executable, "-m", "gunicorn", "varde.wsgi:application", "--worker-class", "gthread",
        "--workers", "2", "--threads", "4", "--timeout", "60", "--graceful-timeout", "5",
        "--log-level", "warning", "--no-control-socket", *beats,
        *(part for address in demo.addresses for part in ("--bind", address)),
    ]  # fmt: skip


def worker(_demo: Demo) -> list[str]:
    """Answers the bells."""
    return [
        sys.executable, "-m", "celery", "-A", "varde.celery", "worker",
        "--pool", "threads", "--concurrency", "2", "--loglevel", "WARNING",
        "--without-gossip", "--without-mingle", "--without-heartbeat",
    ]  # fmt: skip


def beat(demo: Demo) -> list[str]:
    """Rings every minute, so that a lost bell loses nothing."""
    return [
        sys.executable, "-m", "celery", "-A", "varde.celery", "beat", "--loglevel", "WARNING",
        "--pidfile", "", "--schedule", str(demo.home / "run" / "beat-schedule"),
    ]  # fmt: skip


def provisioner(demo: Demo) -> OnDemand:
    """Carries out orders; the one program beside the steps that is given the migrator's password."""
    log = demo.home / "log" / "provisioner.log"
    dsn = demo.postgres.superuser_dsn(DATABASE)
    return OnDemand("provisioner", _verb("provisioner", "--once"), demo.migrator_env, log, dsn)


def _verb(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "varde.cli", *words)


_COLLECT = (
    *(sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"),
    *(part for pattern in IGNORED for part in ("--ignore", pattern)),
)
STEPS: tuple[Step, ...] = (
    Step("Lager databasen og rollene", "bootstrap", call=make_database),
    Step("Legger inn tabellene", "migrate", _verb("migrate")),
    Step("Samler det sidene laster", "static", _COLLECT),
    Step("Legger inn demoens kommuner og brukere", "seed", _verb("seed-demo", "--jobs", "2"), show=True),
)
CHILDREN: tuple[Child, ...] = (Child("web", web), Child("worker", worker), Child("beat", beat))


def main(argv: list[str]) -> int:
    """PORT and VARDE_HOME come from the environment. 0 after TERM or INT, 1 when something gave up."""
    if argv in (["-h"], ["--help"]):
        sys.stdout.write("varde demo: hele plattformen på denne maskinen. PORT og VARDE_HOME settes i miljøet.\n")
        return 0
    if argv:
        raise Complaint("«varde demo» tar ingen ord. Sett PORT og VARDE_HOME i miljøet.")
    return run(Path(os.environ.get("VARDE_HOME") or "var"), os.environ.get("PORT") or "8000")


def run(home: Path, port: str, steps: tuple[Step, ...] = STEPS, children: tuple[Child, ...] = CHILDREN) -> int:
    """Start all, say `ready`, stay until asked to end, end all. Tests choose other steps and children.

    Complaint when the port or the folder is taken; the status otherwise.
    """
    number = port_number(port)
    home = make_home(home)
    lock = Lock(home / DEMO_LOCK, BUSY).take()
    tell = Teller()
    keeper = Keeper(tell.event)
    demo = Demo(home, number, free_addresses(number), Postgres(home))
    listen(demo.asked)
    follow_make()
    try:
        _servers(demo, keeper, tell)
        for step in steps:
            _do(step, demo, tell)
        _serve(children, demo, keeper, tell)
        _stay(demo, keeper)
    except Stopped:
        pass
    except (GaveUp, Failed) as trouble:
        _last_words(str(trouble))
        return 1
    finally:
        tell.event("Avslutter …")
        keeper.stop()
        (home / "run" / "env.json").unlink(missing_ok=True)
        lock.let_go()
    return 0


class Teller:
    """Progress for the screen; each line leaves at once, also when stdout is a pipe."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def event(self, line: str) -> None:
        """A line with the seconds since the start before it."""
        self.plain(f"[{time.monotonic() - self._began:5.1f} s] {line}")

    def plain(self, line: str) -> None:
        """A line as it is. Nobody reading any more is no reason to stop."""
        try:
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        except OSError:
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def listen(asked: list[int]) -> None:
    """TERM, INT and HUP only leave a note; the loops read it. A HUP that nohup silenced stays silent."""

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if number == signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN:
            continue
        signal.signal(number, note)


def follow_make() -> None:
    """Started by make: end as on TERM when make is killed outright, instead of staying without an owner."""
    if os.environ.get("MAKELEVEL"):
        die_with(os.getppid(), signal.SIGTERM)()


def port_number(text: str) -> int:
    """1-65535, or Complaint."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise Complaint(f"PORT må være et tall fra 1 til 65535, ikke «{text}».")
    return int(text)


def free_addresses(port: int) -> list[str]:
    """Loopback addresses to listen on, IPv6 too where it works. Complaint when the port is not to be had.

    A demo that was killed leaves the port within moments, so a taken one is asked again for three seconds.
    """
    if not wait_until(lambda: _try(socket.AF_INET, "127.0.0.1", port) != errno.EADDRINUSE, seconds=3, pause=0.2):
        raise Complaint(f"Port {port} er opptatt av et annet program. Velg en annen, for eksempel: PORT=8800 make demo")
    if _try(socket.AF_INET, "127.0.0.1", port):
        raise Complaint(f"Denne brukeren får ikke bruke port {port}. Velg en annen, for eksempel: PORT=8000 make demo")
    six = [f"[::1]:{port}"] if _try(socket.AF_INET6, "::1", port) == 0 else []
    return [f"127.0.0.1:{port}", *six]


def _try(family: socket.AddressFamily, host: str, port: int) -> int:
    """0 when we could listen there, else the error number."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            line.bind((host, port))
    except OSError as error:
        return error.errno or errno.EINVAL
    return 0


def _servers(demo: Demo, keeper: Keeper, tell: Teller) -> None:
    tell.event("Starter databasen")
    keeper.keep(demo.postgres)
    if demo.postgres.notice:
        tell.event(demo.postgres.notice)
    tell.event("Starter meldingskøen")
    valkey = Valkey(demo.home)
    keeper.keep(valkey)
    shared = environment(demo, valkey.url)
    demo.env = inherited(os.environ) | shared
    write_env(demo.home, shared)


def inherited(ours: Mapping[str, str]) -> dict[str, str]:
    """Our own environment without what belongs to the migrator, whoever set it."""
    return {name: value for name, value in ours.items() if not name.startswith("VARDE_MIGRATOR")}


def environment(demo: Demo, broker: str) -> dict[str, str]:
    """What every child and every later `varde` verb is given. Holds no migrator and no superuser secret."""
    keys = private(demo.home / "keys")
    for name in ("django_secret", "login_key", "migrator_password"):
        secret(keys / name)
    raw = {"VARDE_ALLOW_RAW": "1"} if os.environ.get("VARDE_ALLOW_RAW") == "1" else {}
    return raw | {
        "DJANGO_SETTINGS_MODULE": "varde.settings.demo",
        "LC_ALL": "C.UTF-8",
        "VARDE_MODE": "demo",
        "VARDE_HOME": str(demo.home),
        "VARDE_PORT": str(demo.port),
        "VARDE_PUBLIC_HOST": "localhost",
        "VARDE_DB_HOST": demo.postgres.host,
        "VARDE_DB_PORT": str(demo.postgres.port),
        "VARDE_DB_NAME": DATABASE,
        "VARDE_DB_POOL": "2",  # per login and process: one machine, few people, and each connection is a process
        "VARDE_BROKER_URL": broker,
        "VARDE_STATIC_ROOT": str(demo.home / "static"),
        "VARDE_SECRET_KEY_FILE": str(keys / "django_secret"),
        "VARDE_LOGIN_KEY_FILE": str(keys / "login_key"),
    }


def _do(step: Step, demo: Demo, tell: Teller) -> None:
    """One step to its end. Stopped when asked to end meanwhile, Failed when it does not succeed."""
    if demo.asked:
        raise Stopped
    tell.event(step.sentence)
    if step.call is not None:
        step.call(demo)
        return
    log = demo.home / "log" / f"{step.name}.log"
    if _ran(step, demo, log):
        raise Failed(f"Steget «{step.sentence}» gikk ikke. Se {log}.")


def _ran(step: Step, demo: Demo, log: Path) -> int:
    out = open_log(log)
    try:
        process = subprocess.Popen(  # noqa: S603
            step.argv, stdin=subprocess.DEVNULL, stdout=None if step.show else out, stderr=out,
            env=demo.migrator_env, start_new_session=True,
        )  # fmt: skip
    finally:
        os.close(out)
    while process.poll() is None:
        if demo.asked:
            end(process)
            raise Stopped
        time.sleep(0.05)
    return process.returncode


def _serve(children: tuple[Child, ...], demo: Demo, keeper: Keeper, tell: Teller) -> None:
    """Start what serves, and say ready when the web answers."""
    tell.event("Starter nettstedet og arbeiderne")
    for child in children:
        env = demo.migrator_env if child.migrator else demo.env
        keeper.keep(Command(child.name, child.argv(demo), env, demo.home / "log" / f"{child.name}.log"))
    keeper.keep(provisioner(demo))
    limit = time.monotonic() + READY_SECONDS
    while not healthy(demo.port):
        _look(demo, keeper)
        if time.monotonic() > limit:
            raise Failed(f"Nettstedet svarte ikke innen {READY_SECONDS} sekunder. Se {demo.home / 'log' / 'web.log'}.")
    tell.plain(f"ready http://localhost:{demo.port}/")


def healthy(port: int) -> bool:
    """True when /healthz answers 200."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/healthz", headers={"Host": "localhost"})
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _stay(demo: Demo, keeper: Keeper) -> None:
    while True:
        _look(demo, keeper)


def _look(demo: Demo, keeper: Keeper) -> None:
    if demo.asked:
        raise Stopped
    keeper.check()
    time.sleep(PAUSE)


def _last_words(sentence: str) -> None:
    """The sentence, and the end of the log it names: what the person would have looked up next."""
    log = Path(sentence.rsplit("Se ", 1)[-1].rstrip("."))
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:] if log.is_file() else []
    width = shutil.get_terminal_size().columns
    sys.stderr.write("\n".join([*(line[: max(width, 200)] for line in lines), sentence]) + "\n")
    sys.stderr.flush()
