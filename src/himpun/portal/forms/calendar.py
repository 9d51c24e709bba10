"""Forms that change a working calendar; each returns the calendar as it would be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun import worktime
from himpun.organization import rules
from himpun.shared.forms import OfficeForm, Words, one_line
from himpun.shared.templatetags.himpun import tanggal
from himpun.worktime.words import DAYS

from .staff import date_field

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from himpun.organization.models import Unit
    from himpun.worktime import Calendar

ZONES = [(zone, name) for zone, name in worktime.ZONES.items()]
KINDS = (
    (worktime.HolidayKind.NATIONAL.value, lazy("Libur nasional")),
    (worktime.HolidayKind.COLLECTIVE.value, lazy("Cuti bersama")),
    (worktime.HolidayKind.LOCAL.value, lazy("Libur daerah")),
)
HOURS = lazy("Misalnya 07.30-12.00, 13.00-16.00.")


class CalendarForm(OfficeForm):
    """A change of a calendar. ``title`` and ``label`` are the page's words."""

    title: ClassVar[Words]
    label: ClassVar[Words] = lazy("Lihat akibatnya")
    about: ClassVar[Words] = ""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        calendar: Calendar | None,
        others: Sequence[Unit] = (),
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        self.calendar, self.others = calendar, others
        kwargs["initial"] = self.now() | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    @property
    def known(self) -> Calendar:
        """The calendar in force; the first one is made of the shipped one."""
        return self.calendar or worktime.shipped_calendar()

    def now(self) -> dict[str, Any]:
        """Return what the fields show before anything is typed."""
        return {}

    def changed(self) -> Calendar:
        """Return the calendar as typed; raises BadCalendar or Refusal."""
        raise NotImplementedError

    def words(self) -> str:
        """Return the change in one sentence, for the preview."""
        return str(self.title)


class FirstForm(CalendarForm):
    """The shipped calendar as an office's first one."""

    title = lazy("Mulai dari kalender bawaan")
    about = lazy(
        "Jam kerja Perpres 21/2023 dengan jam Ramadan, libur dan cuti bersama 2025 dan "
        "2026, usulan 2027. Semuanya dapat diubah sesudahnya."
    )
    zone = forms.ChoiceField(label=lazy("Zona waktu"), choices=ZONES)

    def changed(self) -> Calendar:
        """Return the shipped calendar in the chosen zone."""
        return worktime.shipped_calendar(self.cleaned_data["zone"])


class ZoneForm(FirstForm):
    """In which zone the office works."""

    title = lazy("Zona waktu")
    about = lazy("Jam kerja dan tenggat dibaca dalam zona ini.")

    def now(self) -> dict[str, Any]:
        """Return the zone in force."""
        return {"zone": self.known.zone}

    def changed(self) -> Calendar:
        """Return the calendar in the chosen zone."""
        return worktime.with_zone(self.known, self.cleaned_data["zone"])


class _WeekFields(CalendarForm):
    """Seven lines of hours, Monday first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        for day in DAYS:
            self.fields[day] = forms.CharField(
                label=day.capitalize(),
                required=False,
                max_length=80,
                help_text=HOURS if day == DAYS[0] else "",
                widget=forms.TextInput(attrs={"class": "in"}),
            )

    def hours_now(self) -> worktime.Week:
        """Return the hours that the lines show first."""
        return self.known.week

    def now(self) -> dict[str, Any]:
        """Return the hours in force, as people type them."""
        pairs = zip(DAYS, self.hours_now(), strict=True)
        return {day: worktime.typed_hours(hours) for day, hours in pairs}

    def week(self) -> worktime.Week:
        """Return the hours typed; raises BadCalendar."""
        return tuple(worktime.read_typed_hours(self.cleaned_data[day]) for day in DAYS)


class WeekForm(_WeekFields):
    """The ordinary weekly hours."""

    title = lazy("Jam kerja mingguan")
    about = lazy("Kosongkan hari yang libur. Istirahat ialah sela antara dua rentang.")

    def changed(self) -> Calendar:
        """Return the calendar with the hours typed."""
        return worktime.with_week(self.known, self.week())


class SpecialForm(_WeekFields):
    """Other hours for a time."""

    field_order = ("name", "first", "last", "source")
    title = lazy("Jam khusus, misalnya Ramadan")
    about = lazy("Nama yang sama mengganti jam khusus yang sudah ada.")
    name = forms.CharField(
        label=lazy("Nama"),
        max_length=80,
        error_messages={"required": lazy("Tulis nama, misalnya Ramadan 1449 H.")},
    )
    first = date_field(lazy("Hari pertama"), required=True)
    last = date_field(lazy("Hari terakhir"), required=True)
    source = forms.CharField(
        label=lazy("Dasar"),
        required=False,
        max_length=240,
        help_text=lazy("Ketetapan."),
    )

    def hours_now(self) -> worktime.Week:
        """Return the hours of the last special weeks, the ordinary ones without any."""
        special = self.known.special_weeks
        return special[-1].week if special else self.known.week

    def changed(self) -> Calendar:
        """Return the calendar with the special weeks typed."""
        data = self.cleaned_data
        span = worktime.Span(data["first"], data["last"])
        special = worktime.SpecialWeeks(
            one_line(data["name"]), span, self.week(), one_line(data["source"])
        )
        return worktime.with_special_weeks(self.known, special)


class HolidayForm(CalendarForm):
    """One more day off."""

    title = lazy("Tambah hari libur atau cuti bersama")
    day = date_field(lazy("Tanggal"), required=True)
    name = forms.CharField(
        label=lazy("Nama"),
        max_length=160,
        error_messages={"required": lazy("Tulis nama hari libur.")},
    )
    kind = forms.ChoiceField(label=lazy("Jenis"), choices=KINDS)
    decree = forms.CharField(
        label=lazy("Keputusan"),
        required=False,
        max_length=240,
        help_text=lazy("Nomor dan tanggal keputusan; kosongkan bila masih usulan."),
    )

    def changed(self) -> Calendar:
        """Return the calendar with the day off."""
        data = self.cleaned_data
        kind = worktime.HolidayKind(data["kind"])
        name, decree = one_line(data["name"]), one_line(data["decree"])
        return worktime.with_holiday(
            self.known, worktime.Holiday(data["day"], name, kind, decree)
        )

    def words(self) -> str:
        """Return the day and its name."""
        data = self.cleaned_data
        words = _("%(day)s menjadi libur: %(name)s.")
        return words % {"day": tanggal(data["day"]), "name": one_line(data["name"])}


class WorkedDayForm(CalendarForm):
    """A day that is worked although it would be off."""

    title = lazy("Tambah hari kerja pengganti")
    about = lazy("Hari libur atau akhir pekan yang tetap masuk kerja.")
    day = date_field(lazy("Tanggal"), required=True)
    reason = forms.CharField(
        label=lazy("Dasar"),
        max_length=240,
        error_messages={"required": lazy("Tulis dasar atau alasannya.")},
    )
    hours = forms.CharField(
        label=lazy("Jam kerja"),
        required=False,
        max_length=80,
        help_text=lazy("Kosongkan untuk jam biasa hari itu. Misalnya 08.00-12.00."),
    )

    def changed(self) -> Calendar:
        """Return the calendar with the worked day."""
        data = self.cleaned_data
        hours = worktime.read_typed_hours(data["hours"])
        return worktime.with_worked_day(
            self.known,
            worktime.WorkedDay(data["day"], one_line(data["reason"]), hours),
        )

    def words(self) -> str:
        """Return the day."""
        return _("%s menjadi hari kerja.") % tanggal(self.cleaned_data["day"])


class RemoveDayForm(CalendarForm):
    """A day that is again what the week says."""

    title = lazy("Hapus hari libur atau hari kerja pengganti")
    day = date_field(lazy("Tanggal"), required=True)

    def changed(self) -> Calendar:
        """Return the calendar without the exception."""
        return worktime.without_day(self.known, self.cleaned_data["day"])

    def words(self) -> str:
        """Return the day."""
        return _("%s kembali ke jam biasa.") % tanggal(self.cleaned_data["day"])


class RemoveSpecialForm(CalendarForm):
    """Special weeks that are ordinary again."""

    title = lazy("Hapus jam khusus")
    name = forms.CharField(
        label=lazy("Nama"),
        max_length=80,
        error_messages={"required": lazy("Pilih jam khusus.")},
    )

    def changed(self) -> Calendar:
        """Return the calendar without them."""
        return worktime.without_special_weeks(self.known, self.cleaned_data["name"])

    def words(self) -> str:
        """Return the name."""
        return _("%s kembali ke jam biasa.") % str(self.cleaned_data["name"])


class YearForm(CalendarForm):
    """The next year, proposed."""

    title = lazy("Usulkan tahun berikutnya")
    about = lazy(
        "Jam kerja diteruskan. Hari libur dan cuti bersama diambil dari paket holidays; "
        "tanggal yang mengikuti bulan ditandai perkiraan. Tenggat di tahun itu "
        "sementara sampai Anda menetapkannya dengan nomor keputusan."
    )
    year = forms.IntegerField(
        label=lazy("Tahun"),
        min_value=worktime.FIRST_YEAR,
        max_value=worktime.LAST_YEAR,
        error_messages={
            "required": lazy("Tulis tahun, empat angka."),
            "invalid": lazy("Tulis tahun, empat angka."),
            "min_value": lazy("Hari libur tahun itu belum diketahui."),
            "max_value": lazy("Hari libur tahun itu belum diketahui."),
        },
    )

    def now(self) -> dict[str, Any]:
        """Return the year after the calendar's last."""
        return {"year": self.known.last.year + 1}

    def changed(self) -> Calendar:
        """Return the calendar with that year proposed."""
        year = self.cleaned_data["year"]
        return worktime.with_year(self.known, year, worktime.probable_holidays(year))

    def words(self) -> str:
        """Return the year with how much is proposed."""
        days = [
            h
            for h in self.changed().holidays
            if h.day.year == self.cleaned_data["year"]
        ]
        said = _(
            "Tahun %(year)s diusulkan dengan %(days)s hari libur dan cuti bersama."
        )
        return str(said % {"year": self.cleaned_data["year"], "days": len(days)})


class DecreeForm(CalendarForm):
    """By which decree the proposed year becomes the office's own."""

    title = lazy("Tetapkan usulan")
    about = lazy(
        "Cocokkan dahulu hari libur dan cuti bersama dengan naskah keputusannya. Tenggat "
        "yang sementara menjadi tetap."
    )
    decree = forms.CharField(
        label=lazy("Keputusan yang menetapkan"),
        max_length=240,
        help_text=lazy("Nomor dan tanggal keputusan hari libur dan cuti bersama."),
        error_messages={"required": lazy("Isi nomor keputusan.")},
    )

    def changed(self) -> Calendar:
        """Return the calendar with its first proposed year confirmed."""
        return rules.confirm_proposed(self.known, one_line(self.cleaned_data["decree"]))

    def words(self) -> str:
        """Return until when the calendar is confirmed then."""
        last: date = self.changed().confirmed.last
        return _("Kalender ditetapkan sampai %s.") % tanggal(last)


class CopyForm(CalendarForm):
    """To which other offices the calendar goes."""

    title = lazy("Salin ke kantor lain")
    about = lazy(
        "Kalender kantor ini menggantikan kalender kantor yang dipilih, sebagai versi "
        "baru di sana."
    )
    offices = forms.MultipleChoiceField(
        label=lazy("Kantor"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": lazy("Pilih paling sedikit satu kantor.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.fields["offices"].choices = [  # type: ignore[attr-defined]  # a choice field's own
            (str(office.pk), office.name) for office in self.others
        ]

    def changed(self) -> Calendar:
        """Return the calendar as it is."""
        return self.known

    def chosen(self) -> list[Unit]:
        """Return the offices that were chosen."""
        wanted = set(self.cleaned_data["offices"])
        return [office for office in self.others if str(office.pk) in wanted]

    def words(self) -> str:
        """Return how many offices take it over."""
        return _("Kalender disalin ke %s kantor.") % len(self.chosen())


CHANGES: dict[str, Callable[..., CalendarForm]] = {
    "mulai": FirstForm,
    "jam": WeekForm,
    "khusus": SpecialForm,
    "hapus-khusus": RemoveSpecialForm,
    "libur": HolidayForm,
    "pengganti": WorkedDayForm,
    "hapus-hari": RemoveDayForm,
    "zona": ZoneForm,
    "tahun": YearForm,
    "tetapkan": DecreeForm,
    "salin": CopyForm,
}
"""The changes by the word in their address."""
