"""What the running demo tells later commands: the environment in run/env.json and who holds the lock."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from varde.embedded.places import private, write_private
from varde.embedded.process import held

DEMO_LOCK = "demo.lock"


def write_env(home: Path, env: Mapping[str, str]) -> None:
    """Save the environment of the demo's children (0600). No migrator or superuser secret belongs in it."""
    write_private(private(home / "run") / "env.json", json.dumps(dict(env), indent=1, ensure_ascii=False))


def running(home: Path) -> dict[str, str] | None:
    """The environment of the demo that runs in `home`; None when none does."""
    if held(home / DEMO_LOCK) is None:
        return None
    try:
        found: dict[str, str] = json.loads((home / "run" / "env.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def load_env(home: Path) -> bool:
    """Put the running demo's environment into ours, without overriding what is set. False when none runs."""
    found = running(home)
    for name, value in (found or {}).items():
        os.environ.setdefault(name, value)
    return found is not None
