"""What the rules say no to, shown to whoever asked: on the form that was sent, or above the page that comes next.

    if form.is_valid():
        with refusal_on(form):
            actions.move(order_id=order.id, to="agreed", by=by)
            return back_with(request, "Godkjent.", HOME)
    return _page(request, 422, agree_form=form)

What was typed stays in the form. Every other error goes on as it is.
"""

from collections.abc import Callable
from types import TracebackType

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from varde.refusal import Refused

type Kinds = type[Exception] | tuple[type[Exception], ...]


class _Shown:
    """Ends the block at a refusal, and shows its sentence."""

    def __init__(self, show: Callable[[str], None], also: Kinds = ()) -> None:
        self._show, self._also = show, also

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, (Refused, self._also)):
            return False
        self._show(str(error))
        return True


def refusal_on(form: BaseForm, field: str | None = None, also: Kinds = ()) -> _Shown:
    """A refusal inside of it is an error of the form, or of one of its fields. `also`: errors that are told alike,
    since their text is a sentence to show too."""
    return _Shown(lambda sentence: form.add_error(field, sentence), also)


def refusal_above(request: HttpRequest) -> _Shown:
    """A refusal inside of it stands above the next page: for a button without a form to show again."""
    return _Shown(lambda sentence: messages.error(request, sentence))
