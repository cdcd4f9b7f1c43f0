"""Lays Asterisk's files from our own (`asterisk/*.conf`), with what the configuration says put in."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from infra.telephony.settings import Settings

OURS = Path(__file__).parent / "asterisk"
# Asterisk asks for these and calls it an error when they are away.
EMPTY = ("acl.conf", "features.conf", "pjproject.conf", "stasis.conf", "udptl.conf")
_SINCE = re.compile(r"; since (\d+)$", re.MULTILINE)
_BLANK = re.compile(r"@([A-Z_]+)@")


def lay(settings: Settings, folder: Path) -> list[str]:
    """Write all of them, readable for Asterisk's user alone (the ARI password is in one); their names."""
    folder.mkdir(parents=True, exist_ok=True)
    words = _words(settings)
    for source in sorted(OURS.glob("*.conf")):
        text = _for(settings.line.asterisk, source.read_text("utf-8"))
        _write(folder / source.name, _BLANK.sub(lambda found: words[found[1]], text))
    for name in EMPTY:
        _write(folder / name, "; Asterisk's own values.\n")
    return sorted(path.name for path in folder.glob("*.conf"))


def _for(version: int, text: str) -> str:
    """Without the lines that are for a later Asterisk (`; since 22`), which complains of modules it does not know."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not (since := _SINCE.search(line)) or int(since[1]) <= version)


def _words(settings: Settings) -> dict[str, str]:
    line, ari = settings.line, urlsplit(settings.ari)
    return {
        "SYSTEM": line.system,
        "ARI_PORT": str(ari.port or 8088),
        "ARI_USER": settings.user,
        "ARI_PASSWORD": settings.password,
        "RESERVE": "&".join(settings.endpoint(number) for number in settings.fallback),
        "RING_SECONDS": f"{settings.ring_seconds:.0f}",
        "PROMPT": settings.prompt,
        "SIP_BIND": line.bind,
        "TRUNK": line.trunk,
        "TRUNK_HOST": line.trunk.rpartition(":")[0] or line.trunk,
        "RTP_FROM": str(line.rtp[0]),
        "RTP_TO": str(line.rtp[1]),
    }


def _write(path: Path, text: str) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(file, 0o600)  # one that was there keeps its own mode otherwise
    with os.fdopen(file, "w", encoding="utf-8") as out:
        out.write(text)
