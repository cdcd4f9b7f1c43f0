"""Django's form rendering in Designsystemet's markup: set FORM_RENDERER to FormRenderer."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

TEXT_ROWS = "4"
# Django draws these as nested divs; the design system wants one ds-field per choice.
_CHOICES = {"django/forms/widgets/radio.html", "django/forms/widgets/checkbox_select.html"}
_AREA = "django/forms/widgets/textarea.html"
_PLAIN = {"django/forms/widgets/hidden.html", "django/forms/widgets/multiple_hidden.html"}


class FormRenderer(DjangoTemplates):
    """`{{ form }}` and `{{ field.as_field_group }}` give ds-field markup; widgets get their classes here."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """The HTML of a form, field or widget."""
        widget = context.get("widget")
        if not isinstance(widget, dict) or template_name in _PLAIN:
            return str(super().render(template_name, context, request))
        if template_name in _CHOICES:
            return str(super().render("ui/forms/choices.html", context, request))
        _dress(widget, area=template_name == _AREA)
        return str(super().render(template_name, context, request))


def _dress(widget: dict[str, Any], *, area: bool) -> None:
    attrs = dict(widget.get("attrs") or {})
    attrs["class"] = " ".join(filter(None, ["ds-input", attrs.get("class")]))
    if area:
        _dress_area(attrs)
    widget["attrs"] = attrs
    for part in widget.get("subwidgets") or []:
        _dress(part, area=False)


def _dress_area(attrs: dict[str, Any]) -> None:
    """A long text grows as it is written, and is counted instead of cut.

    A browser cuts a pasted text at `maxlength` without a word; half a report would be lost silently.
    """
    if attrs.pop("cols", None) and str(attrs.get("rows")) == "10":
        attrs["rows"] = TEXT_ROWS
    attrs["data-autogrow"] = True
    if limit := attrs.pop("maxlength", None):
        attrs["data-limit"] = limit
