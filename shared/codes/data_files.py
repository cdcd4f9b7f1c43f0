"""Reads the versioned files beside this module."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


@cache
def read(name: str) -> Any:
    """Return the content of `data/<name>.json`; callers build frozen values from it and never change it."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
