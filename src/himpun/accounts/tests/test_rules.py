"""One-time codes: their looks and their life."""

from datetime import UTC, datetime, timedelta

from himpun.accounts import rules

MADE = datetime(2026, 10, 7, 2, 0, tzinfo=UTC)


def test_a_code_has_three_groups_of_letters_nobody_confuses():
    code = rules.new_code()
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert not set(code) & set("01IO")


def test_no_two_codes_are_alike():
    assert len({rules.new_code() for _ in range(200)}) == 200


def test_a_code_is_read_as_it_is_typed():
    assert rules.plain_code(" 7kq2 m9td-x4hb ") == "7KQ2M9TDX4HB"


def test_a_code_holds_a_day_and_once():
    end = rules.expires(MADE)
    assert end == MADE + timedelta(hours=24)
    assert rules.holds(expires_at=end, used_at=None, at=end - timedelta(seconds=1))
    assert not rules.holds(expires_at=end, used_at=None, at=end)
    assert not rules.holds(expires_at=end, used_at=MADE, at=MADE)
