"""What is sent to us stays in memory. Django's own handlers lay files over 2.5 MB in the clear in the temporary folder.

A request is refused (413) before it grows past what memory may hold; nothing is dropped in silence.
"""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class InMemory(FileUploadHandler):
    """The only handler: all files of one request in memory, FILE_UPLOAD_MAX_MEMORY_SIZE bytes together at most."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._held = 0
        self._file = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """The next file of the request."""
        super().new_file(*args, **kwargs)
        self._file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep it; RequestDataTooBig when the request holds more than may be kept."""
        self._held += len(raw_data)
        if self._held > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("Vedleggene er for store til sammen.")
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file as the forms know it."""
        self._file.seek(0)
        return InMemoryUploadedFile(
            file=self._file,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
