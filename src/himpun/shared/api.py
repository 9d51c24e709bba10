"""What all parts of the HTTP API share: its numbers, its errors, how things are named.

Ninja and pydantic read annotations when a module is loaded, so the modules of the API do
not defer theirs.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from ninja import Field, Schema
from pydantic import ConfigDict

from himpun.worktime.periods import Period, PeriodKind, read_period

from .fields import plain
from .refusals import Refusal, say

BIGGEST = 2**63 - 1
"""The largest number that a column of the databases holds."""
FIRST, LAST = 1945, 2100
"""Years that may be asked for."""
NO_OFFICE = say("Akun ini belum memegang jabatan. Hubungi administrator kabupaten.")
ANOTHER_YEAR = say("Tahun dan periode tidak sama. Sebutkan salah satu saja.")

Number = Annotated[
    str,
    Field(
        pattern=r"^-?[0-9]+(\.[0-9]+)?$",
        description=say(
            "Bilangan desimal tepat sebagai teks bertitik desimal, bukan float."
        ),
    ),
]
Id = Annotated[int, Field(ge=1, le=BIGGEST)]
Year = Annotated[int, Field(ge=FIRST, le=LAST)]


def number(value: Decimal | int | None) -> str | None:
    """Return all digits of a number; a null stays null, because it is not zero."""
    return None if value is None else plain(Decimal(value))


class Shape(Schema):
    """What an answer or a question looks like.

    What its class says to developers is not what the schema says to people.
    """

    model_config = ConfigDict(
        json_schema_extra=lambda shape: shape.pop("description", None)
    )


class Said(Shape):
    """An error: one sentence that says what is wrong and what to do."""

    pesan: str


def answers(shape: Any) -> dict[int, Any]:  # noqa: ANN401 - a class, or list[class]
    """Return what an address may answer, by status."""
    return {200: shape, **dict.fromkeys((401, 403, 404, 422, 429), Said)}


class UnitOut(Shape):
    """A unit by its number, its kode wilayah and its name."""

    id: int
    kode: str
    nama: str


class PeriodOut(Shape):
    """A period: "2026", "2026-TW3", "2026-S1" or "2026-B07", with its days."""

    kode: str
    nama: str
    mulai: date
    selesai: date


class Asked(Shape):
    """Of which office."""

    unit: Id | None = Field(
        None,
        description=say("Nomor kantor dari /api/kantor; tanpa ini kantor pertama."),
    )


class AskedYear(Asked):
    """Of which office and year."""

    tahun: Year | None = Field(
        None, description=say("Tahun; tanpa ini tahun berjalan.")
    )


class AskedPeriod(Asked):
    """Of which office and period: a year or a quarter."""

    tahun: Year | None = Field(None, description=say("Setahun penuh."))
    periode: (
        Annotated[str, Field(pattern=r"^(19[4-9]\d|20\d\d|2100)(-TW[1-4])?$")] | None
    ) = Field(
        None,
        description=say(
            "Kode periode, misalnya 2026 atau 2026-TW3; tanpa ini seperti layar."
        ),
    )

    def period(self) -> Period | None:
        """Return the period that is asked for, None when none is named.

        Raises Refusal where year and period disagree.
        """
        whole = Period(PeriodKind.YEAR, self.tahun) if self.tahun else None
        if self.periode is None:
            return whole
        period = read_period(self.periode)
        if self.tahun not in {None, period.year}:
            raise Refusal(ANOTHER_YEAR, field="periode")
        return period


Row = TypeVar("Row", bound=Model)


def chosen(rows: QuerySet[Row], asked: Asked) -> Row:
    """Return the office that is asked for, else the first of those that may be read.

    Raises Http404 for one that may not, Refusal for a person without any.
    """
    if asked.unit is None:
        found = rows.first()
        if found is None:
            raise Refusal(NO_OFFICE)
        return found
    found = rows.filter(pk=asked.unit).first()
    if found is None:
        raise Http404
    return found
