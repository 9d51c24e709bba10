"""Whatever the file: an answer, in Indonesian, at a line that exists."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from himpun.sop.check import as_json, check, report

from .builders import OTHER_OFFICE, SEED

ENGLISH = re.compile(
    r"\b(input|should|valid|expected|field|value|error|string|found|type)\b",
    re.IGNORECASE,
)
QUIET = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
WORDS = st.sampled_from(
    [
        *("null", "true", "0", "-1", "1e9", "3.5", ".nan", '""', "yes", "9" * 30),
        *("[]", "{}", "[[]]", "{a: b}", "{id: l1}", "[l2, l4]", "[l1, l1]"),
        *("l1", "l9", "keputusan", "2020-13-01", "x y", "\u202e"),
        *("'", '"', "&a ", "*a", "!t ", ": ", "\n", "\t", "- ", "  ", "#", "{", "}"),
    ]
)


def holds(checked, source):
    text = source if isinstance(source, str) else source.decode("utf-8", "replace")
    assert (checked.sop is None) == bool(checked.errors)
    for found in checked.findings:
        assert 1 <= found.line <= len(re.split(r"\r\n|[\n\r\x85\u2028\u2029]", text))
        assert re.fullmatch(r"E(0[1-9]|1[0-6])|W0[1-5]", found.code)
        assert found.sentence.endswith(".")
        assert found.sentence[0] == found.sentence[0].upper()
    assert len(report(checked)) == len(as_json(checked)["findings"])


@QUIET
@given(st.binary(max_size=400))
def test_any_bytes_get_an_answer(source):
    holds(check(source), source)


@QUIET
@given(st.text(max_size=400))
def test_any_text_gets_an_answer(source):
    holds(check(source), source)


@QUIET
@given(st.data())
def test_any_edited_copy_gets_an_answer(data):
    text = data.draw(st.sampled_from([SEED, OTHER_OFFICE]))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 40))
        text = text[:start] + data.draw(WORDS) + text[start + length :]
    holds(check(text), text)


@QUIET
@given(st.data())
def test_any_value_may_be_replaced_by_any_other(data):
    lines = SEED.splitlines(keepends=True)
    place = data.draw(st.sampled_from([i for i, x in enumerate(lines) if ": " in x]))
    spots = [m.end() for m in re.finditer(": ", lines[place])]
    spot = data.draw(st.sampled_from(spots))
    rest = re.match(r"[^,}\]\n]*", lines[place][spot:]).end()
    word = data.draw(WORDS)
    lines[place] = lines[place][:spot] + word + lines[place][spot + rest :]
    text = "".join(lines)
    checked = check(text)
    holds(checked, text)
    for found in checked.findings:
        assert not ENGLISH.search(re.sub(r'"[^"]*"|\S+\.\S+', "", found.sentence))


@pytest.mark.parametrize("torn", ["null", "[", "  x", "null\n\n"])
def test_a_file_that_breaks_off_is_named_at_its_last_line(torn):
    [found] = check(SEED + torn).findings
    assert (found.code, found.line) == ("E15", len(SEED.splitlines()) + 1)
