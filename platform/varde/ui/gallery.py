"""Every component with made-up data on one page, for those who build pages. Mounted in the demo only."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from varde import clock
from varde.access.doors import anyone
from varde.ui.fields import LongTextField, TextField
from varde.ui.shortcuts import page
from varde.ui.widgets import ClockInput, DayInput

THEMES = ("fjord", "skog", "lyng", "bre", "skifer", "tyri")


class ExampleForm(forms.Form):
    """One field of each kind, in two groups."""

    what = LongTextField(label="Hva er du bekymret for?", help_text="Skriv med dine egne ord.", max_length=400)
    place = TextField(label="Hvor skjedde det?", required=False)
    day = forms.DateField(label="Hvilken dag?", required=False, widget=DayInput)
    hour = forms.TimeField(label="Når på dagen?", required=False, widget=ClockInput)
    relation = forms.ChoiceField(
        label="Hvordan kjenner du den utsatte?",
        choices=[("family", "Familie"), ("neighbour", "Nabo eller venn"), ("work", "Gjennom jobben")],
        widget=forms.RadioSelect,
    )
    kinds = forms.MultipleChoiceField(
        label="Hva slags overgrep?",
        help_text="Kryss av for alt som passer.",
        choices=[("physical", "Fysisk"), ("psychological", "Psykisk"), ("economic", "Økonomisk")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    service = forms.ChoiceField(
        label="Tjeneste", choices=[("", "Velg"), ("home", "Hjemmetjenesten"), ("nav", "Nav")], required=False
    )
    phone = TextField(label="Telefon", required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    attachment = forms.FileField(label="Vedlegg", required=False)
    callback = forms.BooleanField(label="Dere kan ringe meg", required=False)

    fieldsets = [
        (
            "Om hendelsen",
            "Svar så godt du kan. Du trenger ikke være sikker.",
            ["what", "place", "day", "hour"],
        ),
        ("Om deg", "", ["relation", "phone", "callback"]),
    ]


def _rows() -> list[dict[str, Any]]:
    return [
        {"label": "Fysisk overgrep", "count": 1421, "share": 0.463, "hidden": False},
        {"label": "Psykisk overgrep", "count": 951, "share": 0.31, "hidden": False},
        {"label": "Økonomisk overgrep", "count": 614, "share": 0.2, "hidden": False},
        {"label": "Seksuelt overgrep", "count": None, "share": None, "hidden": True},
        {
            "label": "Negative sosiale kontrolltiltak og tvangsekteskap",
            "count": 0,
            "share": 0.0,
            "hidden": False,
        },
    ]


def example(bound: bool = False) -> dict[str, Any]:
    """Made-up content for the page; with `bound` the form shows its errors."""
    now = clock.now()
    form = ExampleForm({"what": "", "day": "i går"} if bound else None)
    return {
        "form": form,
        "themes": THEMES,
        "now": now,
        "deadlines": [
            now - timedelta(hours=2, minutes=5),
            now + timedelta(minutes=25),
            now + timedelta(days=1),
            now + timedelta(days=9),
        ],
        "rows": _rows(),
        "halves": [{"label": f"{n}. halvår {year}"} for year in (2024, 2025) for n in (1, 2)],
        "through": [
            {"label": "Fysisk overgrep", "values": [12, 18, None, 21]},
            {"label": "Økonomisk overgrep", "values": [7, 9, 14, 11]},
        ],
        "pages": Paginator(range(95), 10).page(4),
        "crumbs": [{"url": "#", "label": "Innboks"}, {"url": "#", "label": "Bekymringer"}],
        "facts": [
            {"label": "Kom inn", "value": "07.01.2026 kl. 13.00"},
            {"label": "Melder", "value": "Nabo"},
            {"label": "Telefon", "value": ""},
        ],
        "events": [
            {"when": now - timedelta(days=2), "title": "Bekymring mottatt", "who": "Vakttelefonen"},
            {
                "when": now - timedelta(days=1),
                "title": "Avklart: må",
                "text": "Hjemmetjenesten ringer i dag.",
            },
        ],
        "columns": [{"label": "Sak"}, {"label": "Ansvarlig"}, {"label": "Tiltak", "numeric": True}],
        "table": [
            [{"text": "Sak 12", "url": "#"}, "Kari Nordmann", 4],
            [{"text": "Sak 15", "url": "#"}, "Ola Nordmann", 11],
        ],
    }


@anyone
def gallery(request: HttpRequest) -> HttpResponse:
    """All components; `?feil` shows the form with its errors."""
    return page(request, "ui/gallery.html", example(bound="feil" in request.GET))
