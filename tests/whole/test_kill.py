"""Somebody pulls the plug in the middle: nothing that was acknowledged is lost, nothing comes twice.

Turned red by: ringing the bell without laying the letter in the post in the same transaction (lost with the broker);
opening a letter without `_claim` and without the receipt (doubled by the two sweeps); answering 201 before the commit
or `synchronous_commit = off` (lost with the web or PostgreSQL); an Idempotency-Key that is not stored in the
concern's transaction (doubled by the retries). That the yardstick itself can say no stands in test_tally.py.
"""

import json
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tests.whole.browser import Browser
from tests.whole.demo import Demo, running
from tests.whole.reports import Report, send_until
from tests.whole.tally import Tally, tally

pytestmark = pytest.mark.whole

REGION, KOMMUNE = "gjovikregionen", "gjovik"
MARK = re.compile(r"prøve-[0-9a-f-]{36}")
FORWARDS, REPORTS = 10, 30
PATIENCE = 45  # seconds that somebody keeps trying to send


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """One demo for all of them: what an earlier one did to it is part of the trial."""
    with running() as started:
        yield started


@pytest.fixture
def dice() -> random.Random:
    """The moments are chance; a red run prints the number that repeats them."""
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    return random.Random(seed)


def stored(demo: Demo) -> dict[str, list[str]]:
    """The marks that lie in each kommune's inbox, by the kommune's id."""
    told: dict[str, list[str]] = json.loads(demo.run("-m", "tests.whole.stored"))
    return {office: [mark for what in texts for mark in MARK.findall(what)] for office, texts in told.items()}


def weigh(demo: Demo, marks: list[str]) -> Tally:
    """What of these marks lies in any kommune."""
    return tally(marks, [mark for lying in stored(demo).values() for mark in lying if mark in marks])


# --- ten forwards while worker and broker are killed ---------------------------------------------------------


def operator(demo: Demo) -> Browser:
    """Whoever answers the region's phone, logged in through the page."""
    browser = Browser(REGION, demo.port)
    browser.log_in(demo.email(f"@{REGION}.", "operatør"), demo.password())
    return browser


def forward(browser: Browser, report: Report, number: int) -> tuple[str, str]:
    """One call, from «Ny samtale» to «Send til kommunen»; (its reference, the kommune's id)."""
    page = browser.get("/vakttelefon")
    page = browser.send(page, page.form(to="/vakttelefon/ny"))
    form = page.form("what", "kommune")
    kommuner = [value for value in form.options["kommune"] if value]
    chosen = kommuner[number % len(kommuner)]
    told = {"reporter_kind": "privat", "what": f"Bekymring {report.mark}", "kommune": chosen, "gjor": "send"}
    page = browser.send(page, form, **told)
    sent = re.search(r"Sendt[^.<]*\. Referanse ([^\s<]+)\.", page.html)
    assert sent, f"not sent ({page.status}): {page.html[page.html.find('<main') :][:6000]}"
    return sent[1], chosen


def state_of(reference: str, html: str) -> str:
    """What the operator's list says about a call; "" when it is not there."""
    row = re.search(rf"<tr[^>]*>(?:(?!</tr>).)*{re.escape(reference)}(?:(?!</tr>).)*</tr>", html, re.DOTALL)
    tag = re.search(r'class="ds-tag"[^>]*>([^<]+)<', row[0]) if row else None
    return tag[1].strip() if tag else ""


def killings(demo: Demo, dice: random.Random) -> tuple[dict[int, Callable[[], object]], list[str]]:
    """Which forwards something is killed in, and a list that fills with what was. Twice each: a fifth death of
    the same program within a minute would end the demo, as it should."""
    victims = [("celery", " worker "), ("valkey-server",)] * 2
    done: list[str] = []

    def strike(words: tuple[str, ...]) -> None:
        time.sleep(dice.uniform(0, 0.3))
        Demo.until(lambda: bool(demo.pids(*words)), 5)
        done.extend(words[:1] * demo.kill(*words))

    moments = sorted(dice.sample(range(FORWARDS), len(victims)))
    return {at: lambda words=words: strike(words) for at, words in zip(moments, victims, strict=True)}, done


def sweep_twice_at_once(demo: Demo) -> None:
    """What would double, if anything did: two sweeps beside the worker's own."""
    argv = [sys.executable, "-m", "varde.cli", "post", "sweep"]
    sweeps = [subprocess.Popen(argv, env=demo.env, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [sweep.wait(30) for sweep in sweeps] == [0, 0]


def test_killing_worker_and_broker_during_ten_forwards_loses_and_doubles_nothing(
    demo: Demo, dice: random.Random
) -> None:
    browser, reports = operator(demo), [Report() for _ in range(FORWARDS)]
    plan, killed = killings(demo, dice)
    sent = []
    for number, report in enumerate(reports):
        blow = threading.Thread(target=plan.get(number, lambda: None))
        blow.start()
        sent.append(forward(browser, report, number))  # the operator notices nothing of it
        blow.join()
    assert sorted(killed) == ["celery", "celery", "valkey-server", "valkey-server"]
    sweep_twice_at_once(demo)
    marks = [report.mark for report in reports]
    Demo.until(lambda: not weigh(demo, marks).lost, 20, pause=1)  # the worker may have some in its hands
    found = weigh(demo, marks)
    assert found.even, found
    lying = stored(demo)
    wrong = [mark for mark, (_, kommune) in zip(marks, sent, strict=True) if mark not in lying[kommune]]
    assert not wrong
    html = browser.get("/vakttelefon").html
    assert [state_of(reference, html) for reference, _ in sent] == ["Levert"] * FORWARDS


# --- thirty reports while the web, then the database, is killed ----------------------------------------------


def send_all(demo: Demo, reports: list[Report], blows: dict[int, Callable[[], object]]) -> list[bool]:
    """All at once, each until acknowledged; `blows[n]` falls when n of them have been."""
    host, answers, told = f"{KOMMUNE}.localhost:{demo.port}", [False] * len(reports), threading.Semaphore(0)

    def one(number: int) -> None:
        answers[number] = send_until(reports[number], host, demo.port, seconds=PATIENCE, told=told.release)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(reports))]
    for thread in threads:
        thread.start()
    for number in range(1, max(blows) + 1):
        assert told.acquire(timeout=PATIENCE), "nobody was answered"
        blows.get(number, lambda: None)()
    for thread in threads:
        thread.join()
    return answers


def struck(demo: Demo, aimed: Callable[[], dict[int, Callable[[], object]]]) -> list[Report]:
    """Thirty reports through blows of which one hit: on a busy machine all may have been answered before it falls."""
    for _ in range(5):
        Demo.until(lambda: bool(demo.pids("bin/postgres", "-D") and demo.pids("gunicorn")), 30, pause=0.2)
        reports = [Report() for _ in range(REPORTS)]
        answered = send_all(demo, reports, aimed())
        assert all(answered), [report.troubles[-3:] for report in reports if not report.receipts]
        if any(report.troubles for report in reports):
            return reports
    raise AssertionError("the blow hit nobody")


def trial(demo: Demo, aimed: Callable[[], dict[int, Callable[[], object]]]) -> None:
    """Thirty reports through the blows, then each once more as from a client that never heard the answer."""
    reports = struck(demo, aimed)
    marks = [report.mark for report in reports]
    found = weigh(demo, marks)  # before the repeats, which would put a lost one back
    assert found.even, found
    assert all(send_all(demo, reports, {1: lambda: None}))
    found = weigh(demo, marks)
    assert found.even, found
    assert all(len(set(report.receipts)) == 1 for report in reports), "the same report got two receipts"


def test_killing_the_web_during_thirty_reports_loses_and_doubles_nothing(demo: Demo, dice: random.Random) -> None:
    first, second = sorted(dice.sample(range(1, 12), 2))
    trial(
        demo,
        lambda: {
            first: demo.aim("gunicorn", which=slice(-1, None)),  # one process, with what it was doing
            second: demo.aim("gunicorn", which=slice(None)),  # all that there were
        },
    )


def test_killing_the_database_during_thirty_reports_loses_and_doubles_nothing(demo: Demo, dice: random.Random) -> None:
    trial(demo, lambda: {dice.randrange(1, 10): demo.aim("bin/postgres", "-D")})
