"""Which version of an indicator measures a period, and from when a new one may hold."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

from himpun.shared.refusals import Refusal
from himpun.wording import say
from himpun.worktime.periods import PeriodKind, period_of
from himpun.worktime.words import say_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

WHOLE_DIGITS = 20
FRACTION_DIGITS = 8


class Purpose(StrEnum):
    """Why an indicator is edited; the form asks."""

    FUTURE = "mulai periode ini"
    PAST = "membetulkan yang lalu"


INSTEAD = say(
    "Versi yang sudah dipakai tidak diubah, supaya angka dan laporan yang "
    "lalu tetap seperti saat dibuat. Bila angkanya yang salah, kembalikan "
    "isian itu kepada pengisinya selama periodenya belum ditandatangani. "
    "Bila definisinya yang salah, buat versi yang berlaku mulai periode "
    "ini dan jelaskan kekeliruannya pada asal teks."
)
"""What to do when the past is to be corrected."""


class Dated(Protocol):
    """A version: what holds from a day on; of two of one day, the higher number."""

    @property
    def since(self) -> date:
        """The first day it holds."""

    @property
    def number(self) -> int:
        """Its place among the indicator's versions, from 1."""


Version = TypeVar("Version", bound=Dated)


def in_force(versions: Iterable[Version], day: date) -> Version | None:
    """Return the version that holds on a day, None before the first.

    A period is measured by the one of its last day, so that it has one meaning and a
    version made later, for later periods, never changes it.
    """
    begun = [version for version in versions if version.since <= day]
    return max(begun, key=lambda v: (v.since, v.number), default=None)


def refuse_backward(
    purpose: Purpose,
    since: date,
    *,
    newest: date,
    frequencies: Iterable[PeriodKind],
    today: date,
) -> None:
    """Refuse a new version that would change what a past period meant.

    ``newest`` is the day from which the newest version holds, ``frequencies`` are its
    own and that of the new one: whoever measured quarters and from now on measures
    years leaves the quarters that have passed alone. Raises Refusal unless the new one
    begins after the newest and not before the shortest of these periods that runs today.
    """
    if purpose is Purpose.PAST:
        raise Refusal(INSTEAD, field="purpose")
    running = max(
        (period_of(frequency, today) for frequency in frequencies),
        key=lambda period: period.start,
    )
    first = running.start
    if since < first:
        raise Refusal(
            say(
                "Versi baru berlaku paling cepat %(day)s, awal %(period)s, supaya "
                "periode yang lalu tidak berubah."
            ),
            field="since",
            day=say_day(first),
            period=running.label,
        )
    if since <= newest:
        raise Refusal(
            say(
                "Versi terakhir berlaku sejak %(day)s. Tulis tanggal sesudahnya untuk "
                "versi baru."
            ),
            field="since",
            day=say_day(newest),
        )


def first_day(frequency: PeriodKind, newest: date, today: date) -> date:
    """Return the first day from which a new version may hold, that of a period."""
    running = period_of(frequency, today)
    return running.start if running.start > newest else _after(frequency, newest)


def _after(frequency: PeriodKind, day: date) -> date:
    return period_of(frequency, day).after().start


def is_due(frequency: PeriodKind, collected: PeriodKind) -> bool:
    """Whether an indicator of this frequency is asked in a case of this kind.

    Its own kind of period, and the year: the yearly figure of a quarterly indicator is
    asked as well, because PermenPANRB 53/2014 wants both and the year is not always
    what the quarters add up to.
    """
    return collected in {frequency, PeriodKind.YEAR}


def fits(value: Decimal) -> bool:
    """Whether a number is one that people type: 20 digits, and 8 behind the comma."""
    if not value.is_finite():
        return False
    exponent = int(value.normalize().as_tuple().exponent)
    return value.adjusted() < WHOLE_DIGITS and -exponent <= FRACTION_DIGITS
