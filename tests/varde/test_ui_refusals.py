"""A refusal stands on the form or above the page, in its own words; every other error goes on, and nothing typed is
lost."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from varde.refusal import Overtaken, Refused
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import back_with


class Form(forms.Form):
    text = forms.CharField()


@pytest.fixture
def sent():
    made = RequestFactory().post("/")
    made._messages = CookieStorage(made)
    return made


def said(request) -> list[tuple[str, str]]:
    return [(each.level_tag, str(each)) for each in get_messages(request)]


@pytest.mark.parametrize("field", [None, "text"])
@pytest.mark.parametrize("kind", [Refused, Overtaken])
def test_a_refusal_stands_on_the_form_with_what_was_typed(field, kind):
    form = Form({"text": "skrevet"})
    assert form.is_valid()
    with refusal_on(form, field):
        raise kind("Det går ikke.")
    assert form.errors == {field or "__all__": ["Det går ikke."]}
    assert form["text"].value() == "skrevet"


def test_what_is_told_alike_is_named():
    form = Form({"text": "x"})
    form.is_valid()
    with refusal_on(form, also=(LookupError, PermissionError)):
        raise PermissionError("Det er slettet.")
    with pytest.raises(OSError, match="annet"), refusal_on(form, also=PermissionError):
        raise OSError("noe annet")
    assert form.errors == {"__all__": ["Det er slettet."]}


@pytest.mark.parametrize("says_no", [False, True])
def test_the_answer_is_what_stands_in_the_block_or_after_a_refusal_what_stands_under_it(sent, says_no):
    form = Form({"text": "x"})
    form.is_valid()

    def view():
        with refusal_on(form):
            if says_no:
                raise Refused("Nei.")
            return back_with(sent, "Gjort.", "/")
        return form

    assert (view() is form, said(sent)) == ((True, []) if says_no else (False, [("success", "Gjort.")]))


def test_without_a_form_the_sentence_stands_above_the_next_page(sent):
    with refusal_above(sent):
        raise Refused("Det er for sent.")
    assert said(sent) == [("error", "Det er for sent.")]


@pytest.mark.parametrize("error", [ValueError("x"), PermissionError("x"), KeyboardInterrupt()])
def test_every_other_error_goes_on(sent, error):
    form = Form({"text": "x"})
    form.is_valid()
    with pytest.raises(type(error)), refusal_on(form):
        raise error
    with pytest.raises(type(error)), refusal_above(sent):
        raise error
    assert (form.errors, said(sent)) == ({}, [])


def test_done_is_said_where_it_stands(sent):
    answer = back_with(sent, "Lagret.", "/saker/1")
    assert (answer.status_code, answer["Location"]) == (303, "/saker/1")
    assert said(sent) == [("success", "Lagret.")]
