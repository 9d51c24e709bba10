"""The one place that reads the time."""

from datetime import UTC, datetime, timedelta

import pytest

from himpun.shared import clock

LONG_AGO = datetime(2020, 1, 2, tzinfo=UTC)


def test_a_demo_starts_its_clock_where_it_wants_and_it_runs_on(settings, tmp_path):
    settings.HIMPUN_HOME, settings.HIMPUN_MODE = tmp_path, "demo"
    clock.start_at(LONG_AGO)
    assert LONG_AGO <= clock.now() < LONG_AGO + timedelta(minutes=1)


def test_nobody_turns_the_clock_of_an_office_that_works(settings, tmp_path):
    settings.HIMPUN_HOME = tmp_path
    clock.start_at(LONG_AGO)
    for mode in ("lan", "production"):
        settings.HIMPUN_MODE = mode
        assert clock.now().year > 2024


@pytest.mark.parametrize(("back", "held"), [(0, False), (90, True), (3600, False)])
def test_time_stands_still_when_the_machine_s_clock_is_set_back_a_little(back, held):
    given = datetime(2026, 10, 7, 3, tzinfo=UTC)
    reading = given - timedelta(seconds=back)
    assert clock.steady(reading, given) == (given if held else reading)
    later = given + timedelta(seconds=1)
    assert clock.steady(later, given) == later
