"""Ranks: every edge of the shipped scale, scales that do not hold together."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.formula import (
    PERMENDAGRI_86_2017,
    BadScale,
    Band,
    Polarity,
    Scale,
    achievement,
    rate,
)

SCALE = PERMENDAGRI_86_2017
laws = settings(max_examples=400, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("1000", "Sangat tinggi"),
        ("91", "Sangat tinggi"),
        ("90.99999999999999999999999999", "Tinggi"),
        ("90.995", "Tinggi"),
        ("90.6", "Tinggi"),
        ("76", "Tinggi"),
        ("75.9999", "Sedang"),
        ("75.5", "Sedang"),
        ("66", "Sedang"),
        ("65.9999", "Rendah"),
        ("51", "Rendah"),
        ("50.9999", "Sangat rendah"),
        ("50", "Sangat rendah"),
        ("0", "Sangat rendah"),
        ("-20", "Sangat rendah"),
    ],
)
def test_every_edge_of_the_shipped_scale(value, name):
    assert rate(SCALE, Decimal(value)).name == name


def test_the_unrounded_value_is_ranked():
    value = achievement(Decimal("90.999"), Decimal(100), Polarity.HIGHER).value
    assert f"{value:.2f}" == "91.00"
    assert rate(SCALE, value).name == "Tinggi"


def test_no_value_has_no_rank_and_not_the_lowest():
    assert rate(SCALE, None) is None


def test_the_scale_names_its_source():
    assert SCALE.source == "Permendagri 86/2017"
    assert [band.lower for band in SCALE.bands] == [91, 76, 66, 51, None]


@laws
@given(st.decimals("-200", "300", places=6), st.decimals("-200", "300", places=6))
def test_every_value_has_one_band_and_a_higher_value_never_a_lower_one(a, b):
    low, high = (SCALE.bands.index(rate(SCALE, x)) for x in sorted((a, b)))
    assert low >= high


def test_a_scale_survives_the_way_through_json():
    odd = Scale("x", 3, "Perbup", (Band("a", Decimal("90.50")), Band("b", None)))
    for scale in (SCALE, odd):
        assert Scale.from_json(json.loads(json.dumps(scale.to_json()))) == scale


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        ((), "terendah"),
        ((Band("a", Decimal(5)),), "terendah"),
        ((Band("a", None), Band("b", None)), "perlu batas bawah"),
        ((Band("a", Decimal("NaN")), Band("b", None)), "perlu batas bawah"),
        ((Band("a", Decimal(5)), Band("b", Decimal(5)), Band("c", None)), "kembar"),
        ((Band("a", Decimal(5)), Band("b", Decimal(6)), Band("c", None)), "tertinggi"),
        ((Band("a", Decimal(5)), Band("a", None)), "Nama"),
    ],
)
def test_a_scale_with_gap_overlap_or_twin_is_refused(bands, words):
    with pytest.raises(BadScale, match=words):
        Scale("x", 1, "y", bands)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "himpun-scale/9"}, "bukan himpun-scale/1"),
        ({"version": "1"}, "bilangan bulat"),
        ({"version": True}, "bilangan bulat"),
        ({"name": 5}, "seharusnya teks"),
        ({"source": None}, "seharusnya teks"),
        ({"bands": "abc"}, "daftar"),
        ({"bands": 5}, "daftar"),
        ({"bands": [{"name": "a"}]}, "memuat tepat"),
        ({"bands": ["a"]}, "memuat tepat"),
        ({"bands": [{"name": "a", "lower": "x"}]}, "bukan angka"),
        ({"bands": [{"name": "a", "lower": 5}]}, "seharusnya teks"),
        ({"bands": [{"name": 1, "lower": None}]}, "seharusnya teks"),
        ({"lebih": 1}, "memuat tepat"),
    ],
)
def test_damaged_json_of_a_scale_is_refused(change, words):
    with pytest.raises(BadScale, match=words):
        Scale.from_json(SCALE.to_json() | change)


def test_json_of_a_scale_that_is_no_object_is_refused():
    for data in (None, [], "x"):
        with pytest.raises(BadScale):
            Scale.from_json(data)
