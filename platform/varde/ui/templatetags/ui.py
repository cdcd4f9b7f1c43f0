"""Filters and tags of every page: `{% load ui %}`. The work is done in pure modules beside this package."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.db.models import Model
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from shared.codes.emergency import emergency_numbers
from varde import clock
from varde.ui import categories, charts, dates, gone, layout, numbers, progress, texts
from varde.ui.series import Series, series

register = template.Library()

MESSAGE_COLORS = {"error": "danger", "warning": "warning", "success": "success"}


@register.filter
def dato(value: date | datetime | None) -> str:
    """07.01.2026"""
    return dates.short_date(value) if value else ""


@register.filter
def dato_lang(value: date | datetime | None) -> str:
    """7. januar 2026"""
    return dates.long_date(value) if value else ""


@register.filter
def klokke(value: datetime | None) -> str:
    """kl. 13.00"""
    return dates.clock_time(value) if value else ""


@register.filter
def tidspunkt(value: date | datetime | None) -> str:
    """07.01.2026 kl. 13.00"""
    return dates.date_and_time(value) if value else ""


@register.filter
def siden(value: datetime | None, now: datetime | None = None) -> str:
    """for 2 timer siden"""
    return dates.since(value, now or clock.now()) if value else ""


@register.filter
def telefon(value: object) -> str:
    """61 18 95 00"""
    return numbers.phone(str(value)) if value else ""


@register.filter
def tel(value: object) -> str:
    """tel:+4761189500, for href"""
    return numbers.phone_href(str(value)) if value else ""


@register.filter
def tall(value: int | None) -> str:
    """30 903"""
    return "" if value is None else numbers.whole(value)


@register.filter
def prosent(value: float | None, decimals: int = 0) -> str:
    """0.463 -> 46 %"""
    return "" if value is None else numbers.percent(value, decimals)


@register.filter
def innhold(row: Model | None, name: str) -> str:
    """The text of a sealed field of a row; a sentence when it has been deleted for good. "" without a row."""
    return gone.words(row, name) if row is not None else ""


@register.filter
def kategori_tag(code: object) -> SafeString:
    """A category as a tag with word and colour; nothing for an empty value."""
    if not code:
        return SafeString("")
    found = categories.category(str(code))
    return format_html('<span class="ds-tag v-category" data-color="{}">{}</span>', found.color, found.label)


@register.filter
def meldingsfarge(level: str) -> str:
    """The alert colour of a Django message level."""
    return MESSAGE_COLORS.get(level, "info")


@register.inclusion_tag("ui/components/deadline.html")
def frist(due: date | datetime | None, now: datetime | None = None) -> dict[str, Any]:
    """The badge of a deadline; nothing without one."""
    return {"deadline": dates.deadline(due, now or clock.now()) if due else None}


@register.inclusion_tag("ui/components/steps.html")
def steg(current: str) -> dict[str, Any]:
    """The way of a concern with `current` («Sak») marked."""
    return {"steps": progress.steps(current)}


@register.simple_tag
def soyler(rows: Iterable[Mapping[str, Any]], of: int | None = None) -> list[charts.Bar]:
    """Rows of {label, count, share, hidden} as bars; `of`: what fills the line."""
    return charts.bars(rows, of=of)


@register.simple_tag
def over_tid(periods: Sequence[Any], rows: Iterable[Mapping[str, Any]], unit: str = "whole") -> Series:
    """Rows of {label, values} through time, as panels and a table."""
    return series(periods, rows, unit=unit)


@register.simple_tag(takes_context=True)
def tekst(context: Context, key: str) -> str:
    """The frame's own words in the page's language (context `lang`)."""
    return texts.say(key, context.get("lang") or get_language())


@register.simple_tag(takes_context=True)
def nodnumre(context: Context) -> Any:
    """The office's own emergency numbers, else the national ones."""
    return context.get("emergency") or emergency_numbers()


@register.simple_tag
def form_groups(form: BaseForm) -> list[layout.Group]:
    """The visible fields of a form in their groups."""
    return layout.groups(form)


@register.simple_tag
def form_problems(form: BaseForm) -> list[tuple[str, str]]:
    """(message, anchor) of every error."""
    return layout.problems(form)


@register.filter
def alle_kreves(form: BaseForm) -> bool:
    """True when «Må fylles ut» is said once for the whole form."""
    return layout.all_required(form)


@register.filter
def merke(bound: BoundField) -> str:
    """«Må fylles ut», «Valgfritt» or nothing."""
    return layout.mark(bound)


@register.filter
def feilene(bound: BoundField) -> list[str]:
    """The errors of a field as sentences."""
    return layout.messages(bound)


@register.filter
def anker(bound: BoundField) -> str:
    """The id that a link to the field leads to."""
    return layout.anchor(bound)
