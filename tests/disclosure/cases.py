"""The public cases in `data`, as problems. Where each comes from stands in its file."""

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
SUPPRESSED = sorted(path.stem for path in DATA.glob("0*.json"))
ROUNDED = sorted(path.stem for path in DATA.glob("12*.json"))


def load(name: str) -> dict[str, Any]:
    """A case as it stands in its file."""
    return json.loads((DATA / f"{name}.json").read_text("utf-8"))


def problem(case: dict[str, Any]) -> dict[str, Any]:
    """The case's table with the case's own rule, to be compared with it."""
    rule = case.get("rule", {})
    threshold = int(rule["hide"].removeprefix("count<=")) + 1 if rule else 5
    return {
        "rule": {"threshold": threshold, "zeros": "show" if rule.get("zeros") == "shown" else "hide"},
        "atoms": [{"id": f"a{n}", "count": atom["count"]} for n, atom in enumerate(case["atoms"])],
        "cells": [{"id": name, "atoms": [f"a{n}" for n in atoms]} for name, atoms in case["cells"].items()],
    }


def hiding(case: dict[str, Any], hidden: list[str]) -> dict[str, Any]:
    """The release that hides these cells."""
    return {"show": [name for name in case["cells"] if name not in hidden], "hide": hidden}


def patterns(case: dict[str, Any]) -> list[tuple[list[str], dict[str, list[float]]]]:
    """What the source hides, and the intervals that it then states."""
    said = case["expected"]
    if "pattern" in said:
        return [(said["pattern"], said["interval"]), (said["sensitive"], said["alone"])]
    if "secondary" in said:
        return [(said["primary"] + said["secondary"], said["interval"])]
    return [(said["suppressed_by_source"], said["interval_with_source_pattern"]),
            (said["primary"], said["interval_with_primary_only"])]  # fmt: skip


def over_time(history: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any], int]:
    """Case 11: atoms, cells of both quarters with their states, the second release, the threshold."""
    case = load("11_time_ssb_incremental")
    hidden = case["second_hides"]["with_history" if history else "without_history"]
    cells = []
    for quarters in (["Q1"], ["Q2"], ["Q1", "Q2"]):
        for income in ("other", "pensions", "wages"):
            for size in ("BIG", "small", "Total"):
                sizes = ["BIG", "small"] if size == "Total" else [size]
                name = f"{'-'.join(quarters)}|{income}|{size}"
                atoms = [f"{quarter}|{income}|{each}" for quarter in quarters for each in sizes]
                state = "withheld" if name in case["first_hides"] else "published"
                cells.append({"id": name, "atoms": atoms, "state": state if quarters == ["Q1"] else "open"})
    atoms = [{"id": name, "count": count} for name, count in case["counts"].items()]
    show = [cell["id"] for cell in cells if cell["state"] == "open" and cell["id"] not in hidden]
    return atoms, cells, {"show": show, "hide": hidden}, case["threshold"]
