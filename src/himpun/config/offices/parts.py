"""What the parts of an office file share."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Teks = Annotated[str, Field(min_length=1, max_length=240)]
Kode = Annotated[str, Field(min_length=1, max_length=40)]


class Bagian(BaseModel):
    """A part of the file: it has no key that is not named here."""

    model_config = ConfigDict(extra="forbid", frozen=True)
