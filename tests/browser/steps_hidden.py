"""What somebody meets who must not know: nothing in the menu, and of direct addresses what never was."""

import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.steps import field, main, press
from tests.browser.walker import go, menu

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# The log-in page holds the address asked for and a fresh token, so of a redirection only its place counts.
ASK = """(paths) => Promise.all(paths.map(async (path) => {
  const answer = await fetch(path), ended = new URL(answer.url).pathname;
  return [answer.status, ended === path ? "" : ended, ended === "/inn" ? "" : await answer.text()];
}))"""
SAID = """(paths) => Promise.all(paths.map(async (path) => {
  const page = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
  return page.querySelector("main").textContent.replace(/\\s+/g, " ");
}))"""
AGE = re.compile(r"akkurat nå|for \d+ \w+ siden")  # what a list says by itself as time goes


def answers(page: Page, paths: Iterable[str]) -> list[list[Any]]:
    """Status, where it ended and the whole body for direct addresses, asked by the person's own browser."""
    return page.evaluate(ASK, list(paths))


def like_random_ones(page: Page, paths: Sequence[str], *words: str) -> None:
    """The same answers, byte for byte, as addresses that never were; and no words of it."""
    others = answers(page, (UUID.sub(str(uuid.uuid4()), path) for path in paths))
    for path, got, other in zip(paths, answers(page, paths), others, strict=True):
        assert got == other, f"{path} can be told from a random one by {page.url}"
        status, ended, body = got
        assert status in (403, 404) or ended == "/inn", f"{path} gave {status} at {ended}"
        assert not [word for word in words if word in body], path


def leads_to_its_state(page: Page, call: str, *words: str) -> None:
    """An operator's own call whose words are gone: the console, where its state stands, and none of them."""
    ((status, ended, body),) = answers(page, [call])
    assert (status, ended) == (200, "/vakttelefon")
    assert not [word for word in words if word in body], call


def unseen(person: Page, paths: Sequence[str], *words: str) -> None:
    """Neither by the menu nor by direct address does this person meet the matter or its words."""
    aside = person.context.new_page()  # what is asked for in vain is not this person's page complaining
    aside.goto("/konto")
    own = ["/start", *(path for _, path in menu(aside))]
    for path, (status, _, body) in zip(own, answers(aside, own), strict=True):
        assert status == 200, path
        assert not [word for word in words if word in body], path
        assert not [each for each in paths if each in body], path
    like_random_ones(aside, paths, *words)
    aside.close()


def pages_of(person: Page) -> dict[str, str]:
    """What every page of the person's menu says, to see that nothing of it changes."""
    own = ["/start", *(path for _, path in menu(person))]
    return {path: AGE.sub("", text) for path, text in zip(own, person.evaluate(SAID, own), strict=True)}


def search(person: Page, name: str, hits: int) -> None:
    """So many matters are found by a name; the name stands in no address."""
    go(person, "Søk")
    field(person, "Navn, telefon").fill(name)
    press(person, "Søk")
    expect(main(person).get_by_role("heading", name=f"{hits} treff" if hits else "Ingen treff")).to_be_visible()
    assert name not in person.url
