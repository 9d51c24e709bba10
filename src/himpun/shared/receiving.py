"""Taking in what a browser sends: a request beyond every bound is not read at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO


class Bounded(FileUploadHandler):
    """The first upload handler: refuses before a byte of a huge request is stored.

    Django bounds what it keeps in memory, but writes files of any size to the disk,
    of strangers too: forms are read before anybody asks who sends them.
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],  # noqa: ARG002 - Django's signature
        META: Mapping[str, Any],  # noqa: N803, ARG002 - Django's signature
        content_length: int,
        boundary: bytes | str,  # noqa: ARG002 - bytes, though the stubs say str
        encoding: str | None = None,  # noqa: ARG002 - Django's signature
    ) -> None:
        """Raise RequestDataTooBig, which Django answers with the page of a 400."""
        if content_length > settings.HIMPUN_LARGEST_REQUEST:
            raise RequestDataTooBig("a form with files beyond HIMPUN_LARGEST_REQUEST")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - Django's signature
        """Hand the bytes on to Django's own handlers."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Keep nothing: Django's own handlers do."""
