"""Inputs whose value format the browser dictates."""

from django import forms


class DayInput(forms.DateInput):
    """<input type="date">: the browser shows dd.mm.åååå, but a value must be ISO to be seen."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """<input type="time">, value 13:00."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")
