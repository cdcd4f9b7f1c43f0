"""Resident memory of the whole demo: supervisor, web, worker, beat, PostgreSQL with its backends, Valkey."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.benchmarks.result import Missing, Result
from tests.whole.browser import Browser
from tests.whole.demo import Demo, NotReady, tree
from varde.embedded.process import command_of

LIMIT = 1024.0  # MiB
# Office, who is logged in (nobody for ""), and the pages; one that is not there yet counts as a 404 page.
WALKS = [
    ("", "", ["/", "/healthz"]),
    ("gjovik", "", ["/", "/meld", "/meld/privat", "/meld/ansatt", "/kvittering", "/inn", "/readyz"]),
    ("ostre-toten", "", ["/", "/meld/privat", "/inn"]),
    ("gjovik", "koordinator", ["/start", "/innboks", "/saker", "/tiltak", "/team", "/statistikk", "/konto"]),
    ("gjovikregionen", "operatør", ["/start", "/vakttelefon", "/konto"]),
    ("gjovikregionen", "lederteam", ["/start", "/lederteam", "/statistikk"]),
]
TIMES = 6  # both web processes and their pools are to have met each page


def measure() -> list[Result]:
    """`rss` counts shared pages once per process and so too much; `pss` divides them among those who share."""
    demo = Demo()
    try:
        demo.start()
        _touch(demo)
        rss, pss = _resident(demo)
    except NotReady as error:
        raise Missing(f"«varde demo» ble ikke klar: {str(error).splitlines()[-2:]}") from error
    finally:
        demo.stop()
    return [
        Result("demo_memory_rss", rss, LIMIT, "MiB", "lower"),
        Result("demo_memory_pss", pss, LIMIT, "MiB", "lower"),
    ]


def _touch(demo: Demo) -> None:
    """Several walks at once, so that the pools grow as they do with people in the house."""
    with ThreadPoolExecutor(len(WALKS)) as people:
        answers = list(people.map(lambda walk: _walk(demo, *walk), WALKS))
    bad = sorted({f"{path} {status}" for seen in answers for path, status in seen if status >= 500})
    print(f"  {sum(map(len, answers))} sider hentet" + (f", disse svikter: {bad}" if bad else ""))


def _walk(demo: Demo, slug: str, role: str, paths: list[str]) -> list[tuple[str, int]]:
    browser = Browser(slug, demo.port)
    if role:
        browser.log_in(demo.email(f"@{slug}.", role), demo.password())
    return [(f"{slug}{path}", browser.get(path).status) for _ in range(TIMES) for path in paths]


def _resident(demo: Demo) -> tuple[float, float]:
    """MiB over the process tree, from /proc/PID/smaps_rollup."""
    found = [(_kind(command_of(pid)), *_rollup(pid)) for pid in tree(demo.pid)]
    for kind in sorted({kind for kind, *_ in found}):
        mine = [(rss, pss) for named, rss, pss in found if named == kind]
        rss, pss = (sum(side) // 1024 for side in zip(*mine, strict=True))
        print(f"  {kind:<14}{len(mine):>3} prosesser, rss {rss:>4} MiB, pss {pss:>4} MiB")
    return sum(rss for _, rss, _ in found) / 1024, sum(pss for *_, pss in found) / 1024


def _kind(command: str) -> str:
    """Which part of the demo a command line belongs to."""
    parts = ("postgres", "valkey", "gunicorn", " worker", " beat")
    return next((part.strip() for part in parts if part in command), "supervisor")


def _rollup(pid: int) -> tuple[int, int]:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:  # it ended meanwhile
        return 0, 0
    values = dict(re.findall(r"^(Rss|Pss):\s+(\d+) kB", text, re.MULTILINE))
    return int(values.get("Rss", 0)), int(values.get("Pss", 0))
