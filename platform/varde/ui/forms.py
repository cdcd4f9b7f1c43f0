"""What a person chooses about the screens themselves."""

from django import forms

ON, OFF = "pa", "av"


class HotkeysForm(forms.Form):
    """Shortcuts on or off in this browser."""

    hotkeys = forms.ChoiceField(
        label="Hurtigtaster i denne nettleseren",
        help_text="Slå dem av hvis du styrer med stemmen, eller ofte kommer borti taster.",
        choices=[(ON, "På"), (OFF, "Av")],
        widget=forms.RadioSelect,
    )
