"""YAML 1.2 without tricks: what values come out, what is refused, how fast."""

import time
from decimal import Decimal

import pytest

from himpun.sop.check import check
from himpun.sop.reading import MAX_BYTES, MAX_DEPTH, read

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"
HOSTILE = {
    "alias bomb": (BOMB, "E16", 1),
    "ten megabytes": ("a" * 10_000_000, "E16", 1),
    "just over the bound in bytes": ("é" * (MAX_BYTES // 2 + 1), "E16", 1),
    "tag that runs a command": ("a: !!python/object/apply:os.system [ls]", "E16", 1),
    "own tag": ("a: 1\nb: !x 2", "E16", 2),
    "tag on a key": ("a: 1\n!x b: 2", "E16", 2),
    "non-specific tag": ("! a", "E16", 1),
    "alias as a key": ("a: 1\n*a : 2", "E16", 2),
    "key twice": ("a: 1\nb: 2\na: 3", "E16", 3),
    "key twice, once quoted": ("no: 1\n'no': 2", "E16", 2),
    "NUL": ("a: 1\nb: \x00", "E16", 2),
    "NUL in bytes": (b"a: 1\nb: \x00", "E16", 2),
    "NUL by escape": ('a: 1\nb: "\\0"', "E16", 2),
    "control character in a key": ('"\\b": 1', "E16", 1),
    "half a character": ("a: \ud800", "E16", 1),
    "half a character by escape": ('a: "\\ud800"', "E15", 1),
    "escape beyond Unicode": ('a: "\\U00110000"', "E15", 1),
    "escape far beyond Unicode": ('a: "\\Uffffffff"', "E15", 1),
    "absurd version": (f"%YAML {'9' * 5000}.1\n---\na: 1", "E15", 1),
    "binary": (bytes(range(256)), "E16", 1),
    "UTF-16": ("a: 1".encode("utf-16"), "E16", 1),
    "deep nesting": ("[" * 200_000, "E16", 1),
    "deep nesting in blocks": ("- " * 100_000, "E16", 1),
    "two documents": ("a: 1\n---\nb: 2", "E16", 2),
    "a list as a key": ("? [a]\n: 1", "E15", 1),
    "a colon too many": ("a: b: c", "E15", 1),
    "tab for spaces": ("a:\n\tb: 1", "E15", 2),
    "quote left open": ("a: 'b\n", "E15", 1),
    "nothing": ("", "E15", 1),
    "only a remark": ("# kosong\n", "E15", 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_quickly_at_its_line(name):
    source, code, line = HOSTILE[name]
    began = time.perf_counter()
    checked = check(source)
    assert time.perf_counter() - began < 2
    assert checked.sop is None
    assert (checked.findings[0].code, checked.findings[0].line) == (code, line)


def test_every_trick_of_a_file_is_reported_at_once():
    findings = read("a: &x 1\nb: !t 2\nb: 3\n").findings
    assert [(found.code, found.line) for found in findings] == [
        ("E16", 1),
        ("E16", 2),
        ("E16", 3),
    ]


def test_a_long_word_is_cut_in_the_sentence():
    (found,) = read(f"a: !{'x' * 100_000} 1").findings
    assert len(found.sentence) < 200


def test_the_deepest_allowed_nesting_is_read():
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH).findings == ()
    assert read("[" * (MAX_DEPTH + 1) + "1" + "]" * (MAX_DEPTH + 1)).findings != ()


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("16:00", "16:00"),
        ("1_000", "1_000"),
        ("2020-03-02", "2020-03-02"),
        ("'1'", "1"),
        ('"true"', "true"),
        ("<<", "<<"),
        ("True", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("Null", None),
        ("-12", -12),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("0.10", Decimal("0.10")),
        ("1e3", Decimal(1000)),
        (".5", Decimal("0.5")),
        ("-.inf", Decimal("-Infinity")),
        ("9" * 40, Decimal("9" * 40)),
    ],
)
def test_a_word_has_its_yaml_1_2_value(word, value):
    tree = read(f"a: {word}").tree
    assert tree == {"a": value}
    assert type(tree["a"]) is type(value)


def test_keys_are_words_as_written():
    assert read("no: 1\n2020: 2\ntrue: 3\n").tree == {"no": 1, "2020": 2, "true": 3}


def test_lines_are_those_of_keys_and_list_items():
    reading = read("# a remark\na:\n  - b\n  -\n    c: |\n      x\n      y\nd: e\n")
    assert reading.lines == {
        (): 1,
        ("a",): 2,
        ("a", 0): 3,
        ("a", 1): 5,
        ("a", 1, "c"): 5,
        ("d",): 8,
    }


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert read("\ufeffa: 1".encode()).tree == {"a": 1}


def test_an_unreadable_line_of_windows_ends_is_counted_once():
    assert read("a: 1\r\nb: 2\r\nc: &x 3").findings[0].line == 3
