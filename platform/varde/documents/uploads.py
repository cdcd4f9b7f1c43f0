"""Files of a form: spooled sealed, counted, and never a reason to lose the form they came with.

Django's own handlers would lay a large file in the clear in the temporary folder, or stop the whole request. Here a
file that is too much is let pass by unstored and says so, and everything that was written in the form is kept.
"""

from collections.abc import Callable
from typing import Any, Concatenate, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.core.handlers.wsgi import LimitedStream
from django.http import HttpRequest, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from varde.documents import bounds
from varde.documents.room import enough_disk
from varde.documents.spool import Spool


class SentFile(UploadedFile):  # type: ignore[type-arg]  # generic for the checker alone
    """A file as it was sent. `refused` is "" or a code of `intake.NOT_TAKEN`; then there is no spool."""

    def __init__(self, *, name: str, declared: str, size: int, spool: Spool | None, refused: str = "") -> None:
        super().__init__(None, name, declared, size)
        self.spool, self.refused = spool, refused
        self.declared = declared[:100]

    def close(self) -> None:
        """Called by Django at the end of the request."""
        if self.spool is not None:
            self.spool.discard()


class SealedFiles(FileUploadHandler):
    """The only handler of a form with attachments. Reads on to the end whatever comes, stores what it may."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._count = 0
        self._begin("")

    def _begin(self, refused: str) -> None:
        self._spool: Spool | None = None
        self._refused = refused
        self._size = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """The next file: spooled unless there are too many, or the disk is nearly full."""
        super().new_file(*args, **kwargs)
        self._count += 1
        self._begin("too_many" if self._count > bounds.FILES_PER_REPORT else "" if enough_disk() else "no_room")
        if not self._refused:
            self._try(self._open)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Store, or let pass by."""
        self._size += len(raw_data)
        if self._size > bounds.FILE_BYTES and not self._refused:
            self._let_go("too_large")
        if self._spool is not None:
            self._try(lambda: cast(Spool, self._spool).add(raw_data))

    def file_complete(self, file_size: int) -> SentFile:
        """The file, with or without its bytes."""
        if self._spool is not None:
            self._try(self._spool.close_writing)
        return SentFile(
            name=self.file_name or "",
            declared=self.content_type or "",
            size=file_size,
            spool=self._spool,
            refused=self._refused,
        )

    def upload_complete(self) -> None:
        """After the last byte. MultiPartParserError (400) when the line broke before it; half a file is no file."""
        stream = getattr(self.request, "_stream", None)
        if isinstance(stream, LimitedStream) and vars(stream)["_pos"] < stream.limit:
            raise MultiPartParserError("The form did not come whole.")

    def _open(self) -> None:
        self._spool = Spool()

    def _try(self, step: Callable[[], None]) -> None:
        try:
            step()
        except OSError:
            self._let_go("failed")

    def _let_go(self, reason: str) -> None:
        if self._spool is not None:
            self._spool.discard()
        self._spool, self._refused = None, reason


def takes_files[**P, R: HttpResponseBase](
    *, protect: bool
) -> Callable[[Callable[Concatenate[HttpRequest, P], R]], Callable[Concatenate[HttpRequest, P], R]]:
    """Outermost on a view whose form has attachments; `protect` keeps Django's check of the form's token."""

    def decorate(view: Callable[Concatenate[HttpRequest, P], R]) -> Callable[Concatenate[HttpRequest, P], R]:
        view.takes_files = True  # type: ignore[attr-defined]
        return view if protect else csrf_exempt(view)

    return decorate


class PreparedForFiles:
    """Gives such a view's request its handler. Stands before everything that reads the form: the check of its token,
    and what keeps the words of a session that is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Before the view and before the other middlewares' own look at the form."""
        if getattr(view, "takes_files", False):
            request.upload_handlers = [SealedFiles(request)]
