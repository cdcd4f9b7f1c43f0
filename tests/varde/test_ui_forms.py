"""Forms have the design system's markup, keep what was typed and say what is wrong where it is wrong."""

from django import forms
from django.template.loader import render_to_string

from varde.ui import layout
from varde.ui.renderer import FormRenderer
from varde.ui.widgets import DayInput


class Concern(forms.Form):
    default_renderer = FormRenderer
    what = forms.CharField(label="Hva skjer?", help_text="Kort.", max_length=90, widget=forms.Textarea)
    day = forms.DateField(label="Dag", required=False, widget=DayInput)
    who = forms.ChoiceField(label="Hvem?", choices=[("a", "Nabo"), ("b", "Familie")], widget=forms.RadioSelect)
    call = forms.BooleanField(label="Ring meg", required=False)
    key = forms.CharField(widget=forms.HiddenInput)
    fieldsets = [("Om hendelsen", "Svar så godt du kan.", ["what", "day"])]


def html(data: dict[str, str] | None = None) -> str:
    return str(Concern(data, initial={"key": "k"}))


def test_each_field_is_a_field_of_the_design_system() -> None:
    page = html()
    assert page.count('class="ds-field v-field"') == 3
    assert page.count('class="ds-fieldset v-field"') == 1
    assert 'class="ds-input"' in page


def test_required_and_optional_are_said_in_words() -> None:
    assert html().count("Må fylles ut") == 2
    assert html().count("Valgfritt") == 2


def test_when_all_is_required_it_is_said_once() -> None:
    class Two(forms.Form):
        default_renderer = FormRenderer
        one = forms.CharField()
        two = forms.CharField()

    assert "Alle feltene må fylles ut." in str(Two())
    assert "ds-tag" not in str(Two())


def test_the_description_is_tied_to_the_input() -> None:
    assert 'aria-describedby="id_what_helptext"' in html()
    assert 'id="id_what_helptext"' in html()


def test_an_error_stands_at_its_field_and_in_the_summary() -> None:
    page = html({"who": "a", "key": "k"})
    assert 'href="#id_what"' in page
    assert page.count("Fyll ut «Hva skjer?».") == 2
    assert 'aria-invalid="true"' in page
    assert 'id="id_what_error"' in page


def test_the_summary_leads_to_the_first_of_several_choices() -> None:
    page = html({"what": "x", "key": "k"})
    assert 'href="#id_who_0"' in page
    assert 'id="id_who_0"' in page


def test_what_was_typed_is_still_there() -> None:
    page = html({"what": "<b>naboen", "day": "2026-01-07", "call": "on", "key": "k"})
    assert "&lt;b&gt;naboen" in page
    assert 'value="2026-01-07"' in page
    assert "checked" in page


def test_a_group_has_a_legend_and_a_field_outside_every_group_is_not_lost() -> None:
    groups = layout.groups(Concern())
    assert [group.legend for group in groups] == ["Om hendelsen", ""]
    assert [bound.name for bound in groups[1].fields] == ["who", "call"]


def test_a_long_text_is_counted_and_never_cut() -> None:
    assert "maxlength" not in html()
    assert 'data-limit="90"' in html()


def test_a_date_input_gets_the_value_browsers_want() -> None:
    class Late(forms.Form):
        default_renderer = FormRenderer
        day = forms.DateField(widget=DayInput)

    assert 'type="date"' in str(Late(initial={"day": "2026-01-07"}))


def test_an_error_in_a_hidden_field_is_not_swallowed() -> None:
    assert layout.problems(Concern({"what": "x", "who": "a"}))[0][1] == ""


def test_a_page_that_includes_the_form_gets_the_same_markup() -> None:
    form = Concern({"who": "a"})
    assert render_to_string("ui/form.html", {"form": form}).strip() == str(form)
