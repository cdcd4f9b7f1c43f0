"""What the form templates ask about a form: its groups, which tag a field gets, where an error link leads."""

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BoundField, Field
from django.forms.widgets import CheckboxInput, ChoiceWidget
from django.utils.translation import get_language

from varde.ui.texts import say


@dataclass(frozen=True)
class Group:
    """Fields that belong together; without a legend they stand alone."""

    legend: str
    description: str
    fields: list[BoundField]


def groups(form: BaseForm) -> list[Group]:
    """The visible fields in the order of `form.fieldsets` [(legend, description, [names])].

    A field that no fieldset names comes last, so that forgetting one never hides it.
    """
    visible = {bound.name: bound for bound in form.visible_fields()}
    wanted: list[tuple[str, str, list[str]]] = list(getattr(form, "fieldsets", None) or [])
    found = []
    for legend, description, names in wanted:
        fields = [visible.pop(name) for name in names if name in visible]
        found.append(Group(legend, description, fields))
    found.append(Group("", "", list(visible.values())))
    return [group for group in found if group.fields]


def all_required(form: BaseForm) -> bool:
    """True when each of several visible fields is required: then that is said once, at the top."""
    fields = form.visible_fields()
    return len(fields) > 1 and all(bound.field.required for bound in fields)


def mark(bound: BoundField) -> str:
    """«Må fylles ut», «Valgfritt», or nothing when the form says it once for all (`optional_said`: the page does).

    `says_when` (name to words) is the form's own for a field that depends on another.
    """
    if own := getattr(bound.form, "says_when", {}).get(bound.name):
        return str(own)
    said_once = getattr(bound.form, "optional_said", False) and not bound.field.required
    if said_once or all_required(bound.form):
        return ""
    return say("must" if bound.field.required else "optional", get_language())


def anchor(bound: BoundField) -> str:
    """The id that a link to the field leads to: the first choice of a group, else the input itself."""
    widget = bound.field.widget
    own: str = widget.attrs.get("id") or bound.auto_id
    if not bound.use_fieldset:
        return bound.id_for_label or own
    return f"{own}_0" if isinstance(widget, ChoiceWidget) and _choices(widget) else f"{own}_group"


def _choices(widget: ChoiceWidget) -> list[Any]:
    return list(widget.choices)


def messages(bound: BoundField) -> list[str]:
    """The errors of a field as sentences.

    Django's «Feltet er påkrevd» names no field, so three of them in a summary say nothing; ours repeats
    the label. A message that a form wrote itself is kept.
    """
    default = str(Field.default_error_messages["required"])
    return [_missing(bound) if text == default else text for text in map(str, bound.errors)]


def _missing(bound: BoundField) -> str:
    widget = bound.field.widget
    key = "choose" if isinstance(widget, ChoiceWidget) else "fill"
    return say("tick" if isinstance(widget, CheckboxInput) else key, get_language()).format(bound.label)


def _named(bound: BoundField, message: str) -> str:
    label = str(bound.label)
    if label in message:
        return message
    return f"{label} {message}" if label.endswith("?") else f"{label}: {message}"


def problems(form: BaseForm) -> list[tuple[str, str]]:
    """(message, anchor) for the error summary, the form's own errors first (without anchor)."""
    own = [(str(text), "") for text in form.non_field_errors()]
    hidden = [(str(text), "") for bound in form.hidden_fields() for text in bound.errors]
    fields = [bound for group in groups(form) for bound in group.fields]
    return own + hidden + [(_named(bound, text), anchor(bound)) for bound in fields for text in messages(bound)]
