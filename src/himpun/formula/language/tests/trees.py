"""Random formulas, and what Python's own parser makes of their text."""

import re
from fractions import Fraction

from hypothesis import strategies as st

from himpun.formula.language.tree import (
    PAIRS,
    Call,
    Chain,
    Function,
    Name,
    Negative,
    Number,
    Sign,
)

CODES = ("a", "b", "selesai", "Total_2")
FIGURES = st.decimals("0", "1000", places=2)
NUMBERS = st.builds(Number, FIGURES, st.booleans())
NAMES = st.sampled_from(CODES).map(Name)


def _chain(signs, parts):
    rest = st.tuples(st.sampled_from(signs), parts)
    return st.builds(Chain, parts, st.lists(rest, min_size=1, max_size=3).map(tuple))


def _calls(parts):
    pair = st.tuples(parts, parts)
    many = st.lists(parts, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Call, st.sampled_from(sorted(PAIRS)), pair),
        st.builds(Call, st.sampled_from(sorted(set(Function) - PAIRS)), many),
    )


TREES = st.recursive(
    NUMBERS | NAMES,
    lambda parts: (
        _chain([Sign.PLUS, Sign.MINUS], parts)
        | _chain([Sign.TIMES, Sign.OVER], parts)
        | _calls(parts)
        | (NUMBERS | NAMES | _calls(parts)).map(Negative)
    ),
    max_leaves=12,
)


def by_python(text, values):
    """Return what Python calculates for the text, with its precedence; None for x / 0."""
    source = re.sub(
        r"(\d+),(\d+)", r"\1.\2", text.replace("\N{MULTIPLICATION SIGN}", "*")
    )
    source = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)%?", r"F('\1')", source)
    source = source.replace("rata-rata", "mean").replace(";", ",")
    names = {
        "F": Fraction,
        "jumlah": lambda *parts: sum(parts),
        "mean": lambda *parts: sum(parts) / len(parts),
        "maks": max,
        "min": min,
        "persen": lambda a, b: a / b * 100,
        "pertumbuhan": lambda a, b: (a - b) / b * 100,
        **{code: Fraction(value) for code, value in values.items()},
    }
    try:
        return eval(source, names)
    except ZeroDivisionError:
        return None
