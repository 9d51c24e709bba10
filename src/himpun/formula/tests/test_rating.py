"""Ranks: every edge of the shipped scale, scales that do not hold together."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.formula import (
    PERMENDAGRI_86_2017,
    SCALES,
    BadScale,
    Band,
    Polarity,
    Scale,
    achievement,
    rate,
)

SCALE = PERMENDAGRI_86_2017
laws = settings(max_examples=120, deadline=None, derandomize=True)


JUST = Decimal("0.00000000000000000001")
EDGES = {
    "Skala Nilai Peringkat Kinerja": [
        ("91", "Tinggi", "Sangat tinggi", "Sangat tinggi"),
        ("76", "Sedang", "Tinggi", "Tinggi"),
        ("66", "Rendah", "Sedang", "Sedang"),
        ("51", "Sangat rendah", "Rendah", "Rendah"),
    ],
    "Kategori capaian Inspektorat Sampang": [
        ("91", "Baik", "Sangat Baik", "Sangat Baik"),
        ("76", "Cukup", "Baik", "Baik"),
        ("66", "Kurang", "Cukup", "Cukup"),
        ("51", "Sangat Kurang", "Kurang", "Kurang"),
    ],
    "Kategori capaian Kecamatan Cepu": [
        ("100", "Baik", "Baik", "Sangat Baik"),
        ("75", "Cukup", "Baik", "Baik"),
        ("55", "Kurang", "Cukup", "Cukup"),
    ],
    "Kategori capaian Magetan": [
        ("100", "Berhasil", "Sangat Berhasil", "Sangat Berhasil"),
        ("75", "Cukup Berhasil", "Berhasil", "Berhasil"),
        ("55", "Kurang Berhasil", "Cukup Berhasil", "Cukup Berhasil"),
    ],
    "Kategori capaian Semarang": [
        ("90", "Baik", "Istimewa", "Istimewa"),
        ("80", "Butuh Perbaikan", "Baik", "Baik"),
        ("70", "Kurang", "Butuh Perbaikan", "Butuh Perbaikan"),
        ("60", "Sangat Kurang", "Kurang", "Kurang"),
    ],
    "Warna capaian Banjarnegara": [
        ("90", "Kuning", "Kuning", "Hijau"),
        ("70", "Merah", "Kuning", "Kuning"),
    ],
    "Status capaian Pringsewu": [
        ("105", "Tercapai", "Tercapai", "Melampaui"),
        ("95", "Mendekati Target", "Tercapai", "Tercapai"),
        ("80", "Perlu Perhatian", "Mendekati Target", "Mendekati Target"),
        ("60", "Kritis", "Perlu Perhatian", "Perlu Perhatian"),
    ],
    "Predikat akuntabilitas kinerja": [
        ("90", "A", "A", "AA"),
        ("80", "BB", "BB", "A"),
        ("70", "B", "B", "BB"),
        ("60", "CC", "CC", "B"),
        ("50", "C", "C", "CC"),
        ("30", "D", "D", "C"),
    ],
    "Warna serapan anggaran Magetan": [
        ("75", "Kuning", "Hijau", "Hijau"),
        ("50", "Merah", "Kuning", "Kuning"),
    ],
    "Efisiensi: selisih capaian dan serapan": [
        ("5", "Cukup efisien", "Cukup efisien", "Efisien"),
        ("-5", "Tidak efisien", "Cukup efisien", "Cukup efisien"),
    ],
}
"""For each scale its edges: (edge, name just below, at it, just above)."""


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.name)
def test_every_edge_of_every_shipped_scale(scale):
    edges = EDGES[scale.name]
    assert [Decimal(edge) for edge, *_names in edges] == [
        band.lower for band in scale.bands[:-1]
    ]
    for edge, *names in edges:
        values = (Decimal(edge) - JUST, Decimal(edge), Decimal(edge) + JUST)
        assert [rate(scale, value).name for value in values] == names


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.name)
def test_every_shipped_scale_names_its_source_and_survives_json(scale):
    assert scale.source
    assert Scale.from_json(json.loads(json.dumps(scale.to_json()))) == scale


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("1000", "Sangat tinggi"),
        ("90.995", "Tinggi"),
        ("90.6", "Tinggi"),
        ("75.5", "Sedang"),
        ("50", "Sangat rendah"),
        ("0", "Sangat rendah"),
        ("-20", "Sangat rendah"),
    ],
)
def test_values_within_the_gaps_of_the_printed_bands_have_one(value, name):
    assert rate(SCALE, Decimal(value)).name == name


def test_the_bounds_of_a_scale_are_told_in_words():
    assert SCALE.bounds[0] == ("Sangat tinggi", "mulai 91")
    assert SCALE.bounds[-1] == ("Sangat rendah", "di bawah 51")
    strict = Scale(
        "x", 1, "y", (Band("a", Decimal("90.5"), above=True), Band("b", None))
    )
    assert strict.bounds == (("a", "di atas 90,5"), ("b", "paling tinggi 90,5"))
    assert Scale("x", 1, "y", (Band("a", None),)).bounds == (("a", "semua"),)


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
        ({"bands": [{"name": "a", "above": None}]}, "seharusnya teks"),
        ({"bands": [{"name": "a", "above": "5", "lower": "5"}]}, "memuat tepat"),
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
