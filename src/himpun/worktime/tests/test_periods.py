"""Months, quarters, semesters and years: codes, labels, neighbours."""

from datetime import date

import pytest

from himpun.worktime import Period, PeriodKind, period_of, read_period

MONTH, QUARTER, SEMESTER, YEAR = PeriodKind


@pytest.mark.parametrize(
    ("code", "label", "first", "last"),
    [
        ("2026", "Tahun 2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-S1", "Semester I 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-S2", "Semester II 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-TW3", "Triwulan III 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-TW4", "Triwulan IV 2026", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-B07", "Juli 2026", date(2026, 7, 1), date(2026, 7, 31)),
        ("2024-B02", "Februari 2024", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_code_names_a_period_with_its_days(code, label, first, last):
    period = read_period(code)
    assert (period.code, period.label) == (code, label)
    assert (period.start, period.end) == (first, last)
    for day in (first, last):
        assert period_of(period.kind, day) == period


@pytest.mark.parametrize(
    "code",
    [
        "",
        "26",
        "2026-",
        "2026-TW5",
        "2026-TW0",
        "2026-B13",
        "2026-S3",
        "2026-X1",
        "0000",
        "0999-TW1",
        "\u0662\u0660\u0662\u0666",
        "TW3",
    ],
)
def test_what_names_no_period_is_refused(code):
    with pytest.raises(ValueError, match=r".*"):
        read_period(code)


@pytest.mark.parametrize(
    ("code", "before", "year_before"),
    [
        ("2026-TW1", "2025-TW4", "2025-TW1"),
        ("2026-TW3", "2026-TW2", "2025-TW3"),
        ("2026-B01", "2025-B12", "2025-B01"),
        ("2026-S1", "2025-S2", "2025-S1"),
        ("2026", "2025", "2025"),
    ],
)
def test_the_period_before_and_a_year_before(code, before, year_before):
    period = read_period(code)
    assert period.before().code == before
    assert period.year_before().code == year_before


def test_a_quarter_has_its_three_months_and_a_year_its_twelve():
    assert [m.code for m in Period(QUARTER, 2026, 2).months()] == [
        "2026-B04",
        "2026-B05",
        "2026-B06",
    ]
    months = Period(YEAR, 2026).months()
    assert [m.number for m in months] == list(range(1, 13))
    assert {m.kind for m in months} == {MONTH}
    assert len(Period(SEMESTER, 2026, 2).months()) == 6
