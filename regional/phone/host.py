"""The host's own page of the shared phone: what each room puts on it. The page itself belongs to a later room."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from varde.access import Reader

Box = Callable[[HttpRequest, Reader], SafeString]
_boxes: dict[int, Box] = {}


def box(order: int, function: Box) -> None:
    """Show a room's part, "" for nothing; called once per room in AppConfig.ready(). Orders are unique."""
    if _boxes.get(order, function) is not function:
        raise ValueError(f"To deler har plass {order}.")
    _boxes[order] = function


def boxes(request: HttpRequest, by: Reader) -> list[SafeString]:
    """What the rooms have for this reader, in order."""
    return [html for _, function in sorted(_boxes.items()) if (html := function(request, by))]
