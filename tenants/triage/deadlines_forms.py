"""What is typed about the office's deadlines: hours per category, and which hours count."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from shared.codes.categories import Category, categories
from tenants.triage import urgency
from tenants.triage.urgency import CLOCK, COUNTING, OPEN, Rule
from varde.clock import OSLO
from varde.ui import dates
from varde.ui.dates import day_of
from varde.ui.seen import SeenForm
from varde.worktime import Calendar, moment

MOST_HOURS = 24 * 90


class KeptChoice(forms.ChoiceField):
    """A choice that stays as it is when nothing comes."""

    def clean(self, value: Any) -> Any:
        """What was chosen, or what holds already."""
        return super().clean(value or self.initial)


class DeadlineForm(SeenForm):
    """Hours per category, and whether they are the clock's or those of the opening hours."""

    def __init__(self, *args: Any, rules: list[Rule], calendar: Calendar, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calendar, self.now, self.fieldsets = calendar, now, []
        for each in categories():
            rule = urgency.rule_for(each.code, rules, now)
            self.fields[each.code] = self._hours_field(each, rule)
            self.fields[counting_name(each.code)] = self._counting_field(each, rule)
            self.fieldsets.append((each.label, "", [each.code, counting_name(each.code)]))

    def _hours_field(self, each: Category, rule: Rule) -> forms.IntegerField:
        text = "Timer fra bekymringen er mottatt." if each.deadline_hours else "Timer til saken ses på igjen."
        help_text = f"{text} Foreslått i modellen: {in_words(urgency.default_hours(each))}."
        return forms.IntegerField(
            label="Frist", min_value=1, max_value=MOST_HOURS, initial=rule.hours, help_text=help_text
        )

    def _counting_field(self, each: Category, rule: Rule) -> KeptChoice:
        hours = self._typed(each.code) or rule.hours
        return KeptChoice(
            label="Hvilke timer teller?",
            choices=[(code, f"{label.capitalize()}. {self.example(hours, code)}") for code, label in COUNTING],
            widget=forms.RadioSelect,
            initial=rule.counting,
        )

    def _typed(self, code: str) -> int | None:
        given = str(self.data.get(self.add_prefix(code), ""))
        return int(given) if given.isascii() and given.isdigit() and 0 < int(given[:6]) <= MOST_HOURS else None

    def example(self, hours: int, counting: str) -> str:
        """What a deadline of so many hours would be for something that comes on a Friday afternoon."""
        came = friday_afternoon(self.now)
        rule = Rule("", hours, self.now, self.calendar if counting == OPEN else None)
        due = urgency.due_after(came, rule)
        return f"Kommer fredag {dates.date_and_time(came)}: frist {weekday(due)} {dates.date_and_time(due)}."

    def hours(self) -> dict[str, int]:
        """Per category; of a valid form."""
        return {each.code: self.cleaned_data[each.code] for each in categories()}

    def counting(self) -> dict[str, str]:
        """Per category, where something was chosen; of a valid form."""
        return {each.code: self.cleaned_data[counting_name(each.code)] for each in categories()}


def counting_name(code: str) -> str:
    """The name of the field that says which hours count."""
    return f"{code}_teller"


def friday_afternoon(now: datetime) -> datetime:
    """Three o'clock on the next Friday."""
    today = day_of(now)
    return moment(today + timedelta(days=(4 - today.weekday()) % 7 or 7), time(15))


def weekday(at: datetime) -> str:
    """«mandag»"""
    names = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
    return names[at.astimezone(OSLO).weekday()]


def in_words(hours: int, counting: str = CLOCK) -> str:
    """«3 timer», «7 dager» where it comes out even; «15 timer i åpningstiden»."""
    if counting == OPEN:
        return f"{dates.count(hours, 'time', 'timer')} i åpningstiden"
    if hours % 24 == 0:
        return dates.count(hours // 24, "dag", "dager")
    return dates.count(hours, "time", "timer")
