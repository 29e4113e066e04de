"""Files in forms: written at the entrance as they arrive, never beyond the limit, and only of people we know.

Django would write whatever anybody sends, of any size, to the system's temporary folder before a view is asked.
"""

from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopFutureHandlers

from opentusk.files import disk
from opentusk.files.errors import FileRefusal, NoRoom, TooLarge

if TYPE_CHECKING:
    AnyUploadedFile = UploadedFile[Any]
else:
    # Generic for the type checker alone.
    AnyUploadedFile = UploadedFile


class RefusedFile(AnyUploadedFile):
    """A file of a form that was not kept: empty, with the reason."""

    def __init__(self, name: str, refusal: FileRefusal) -> None:
        super().__init__(None, name, size=0)
        self.refusal = refusal

    def close(self) -> None:
        """There is nothing to close."""


class GuardedUpload(FileUploadHandler):
    """The only upload handler of the portal."""

    _file: IO[bytes] | None = None
    _refusal: FileRefusal | None = None
    _size = 0

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin a file, if its sender is signed in."""
        super().new_file(*args, **options)
        if not self._is_of_somebody():
            raise SkipFile
        self._size, self._refusal = 0, None
        self._file = NamedTemporaryFile(prefix="form-", suffix=".tmp", dir=disk.entrance())  # noqa: SIM115 - closed with the request
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece; of a file that is refused the rest is read and dropped, so that the answer can be heard."""
        self._size += len(raw_data)
        if self._refusal or self._file is None:
            return
        if self._size > settings.MAX_UPLOAD:
            self._refuse(TooLarge(settings.MAX_UPLOAD, self._size))
            return
        try:
            with disk.no_room_is_told(self._size):
                self._file.write(raw_data)
                self._file.flush()
        except NoRoom as refusal:
            self._refuse(refusal)

    def file_complete(self, file_size: int) -> AnyUploadedFile | None:
        """The whole file, or the reason why there is none."""
        if self._refusal:
            return RefusedFile(self.file_name or "", self._refusal)
        if self._file is None:
            return None
        self._file.seek(0)
        found, self._file = self._file, None
        return UploadedFile(found, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra)

    def upload_interrupted(self) -> None:
        """The sender went away: nothing stays."""
        if self._file:
            self._file.close()

    def _is_of_somebody(self) -> bool:
        """Whether the sender is signed in, or a program whose key the API has recognised."""
        user = getattr(self.request, "user", None)
        return bool((user and user.is_authenticated) or getattr(self.request, "auth", None))

    def _refuse(self, refusal: FileRefusal) -> None:
        self._refusal = refusal
        if self._file:
            self._file.close()
            self._file = None
