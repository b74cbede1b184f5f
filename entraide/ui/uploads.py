"""Files as they arrive: read in memory, never written to a temporary file; one that is too large is said to be so."""

from io import BytesIO
from typing import Never

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.utils.translation import gettext_lazy as _


class _Unread(BytesIO):
    """Stands where the bytes would be, and is never taken for an empty file."""

    def read(self, size: int | None = -1, /) -> Never:
        """Nobody kept these bytes."""
        raise RequestDataTooBig("a file that is too large to be read")


class Measured(MemoryFileUploadHandler):
    """Keeps what fits; of anything larger only name and size, so that its field does not say that no file was chosen."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keeps the bytes, or lets them go by."""
        if self.activated:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file, or what is known of it."""
        if self.activated:
            return super().file_complete(file_size)
        size = max(file_size, settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1)  # several that are too much together are each too much
        return InMemoryUploadedFile(
            _Unread(), self.field_name, self.file_name, self.content_type, size, self.charset, self.content_type_extra
        )


def refuse_unread(file: UploadedFile) -> None:
    """What every field for a file says of one that was too large to be read."""
    if (file.size or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        raise ValidationError(_("What you chose is larger than 10 MB and was not read. Choose a smaller file, or split it."))
