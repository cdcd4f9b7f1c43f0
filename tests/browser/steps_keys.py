"""Somebody without a mouse: Tab, Shift+Tab, the arrows, Space and Enter, and what is typed. Each stop must be seen."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import field, main
from tests.browser.steps_story import group
from tests.browser.test_looks import FOCUS
from tests.browser.walker import group_of

MOST_STOPS = 150
HAS_FOCUS = "here => here.contains(document.activeElement)"
IS_BEHIND = "here => !!(here.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
# Is the focus there; is it seen where it is (the way past the menu is not there at all before it has it); what is it?
STOP = f"""here => {{
  const stop = document.activeElement;
  const plain = stop === document.body || stop.matches(".ds-skip-link");
  return [here.contains(stop), plain || ({FOCUS})(), stop.outerHTML.slice(0, 200)];
}}"""


class Keys:
    """One person's keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def past_the_menu(self) -> None:
        """The page's first stop is the way past the menu."""
        self.page.keyboard.press("Tab")
        expect(self.page.get_by_role("link", name="Hopp til hovedinnhold")).to_be_focused()
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("main")).to_be_focused()

    def to(self, target: Locator) -> None:
        """Tab, or back, until the focus is there; wherever it stops on the way, it is drawn."""
        expect(target).to_be_visible()
        step = "Shift+Tab" if target.evaluate(IS_BEHIND) else "Tab"
        for _ in range(MOST_STOPS):
            self.page.keyboard.press(step)
            there, seen, what = target.evaluate(STOP)
            assert seen, f"focus is not seen on {what}"
            if there:
                return
        raise AssertionError(f"{target} is not reached by Tab on {self.page.url}")

    def go_on(self) -> None:
        """Enter, on what leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def menu(self, entry: str) -> None:
        """An entry of the menu, which a phone has folded."""
        folded = self.page.get_by_role("button", name="Meny", exact=True)
        if folded.is_visible():
            self.to(folded)
            self.page.keyboard.press("Enter")
        wanted = group_of(self.page, entry)
        if wanted is not None:
            self.to(wanted)
            self.page.keyboard.press("Enter")
        self.to(self.page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name=entry, exact=True))
        self.go_on()

    def press(self, name: str, role: str = "button") -> None:
        """A button, or a link, of the page's own part."""
        self.to(main(self.page).get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
        self.go_on()

    def unfold(self, summary: str) -> None:
        """What is folded away under these words."""
        self.to(main(self.page).locator("summary").filter(has_text=summary))
        self.page.keyboard.press("Enter")

    def write(self, label: str, text: str) -> None:
        """Into a field."""
        self.to(field(self.page, label))
        self.page.keyboard.type(text)

    def tick(self, label: str) -> None:
        """A box."""
        box = main(self.page).get_by_label(re.compile(rf"^\s*{re.escape(label)}"))
        self.to(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def choose(self, question: str, answer: str) -> None:
        """One of several: Tab comes to the group, the arrows go through it."""
        asked = group(self.page, question)
        wanted = asked.get_by_role("radio", name=re.compile(f"^{re.escape(answer)}"))
        self.to(asked)
        for _ in range(asked.get_by_role("radio").count()):
            if wanted.evaluate(HAS_FOCUS):
                self.page.keyboard.press("Space")
                return expect(wanted).to_be_checked()
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"«{answer}» is not reached by the arrows")

    def pick(self, label: str, text: str) -> None:
        """From a list, by typing how it begins."""
        chosen = field(self.page, label)
        self.to(chosen)
        self.page.keyboard.type(text)
        expect(chosen.locator("option:checked")).to_have_text(text)
