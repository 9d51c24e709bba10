from dataclasses import replace
from decimal import Decimal

import pytest

from himpun.formula import Component, OverUnits, Polarity
from himpun.planning import rules
from himpun.planning.tests.builders import definition
from himpun.shared.refusals import Refusal

TERTIB = Component("tertib", "desa tertib administrasi", "desa", Decimal(0))
DESA = Component("desa", "seluruh desa", "desa", Decimal(1))


def settle(qualitative=False, **changes):
    return rules.settle(definition(**changes), qualitative=qualitative)


def calculated(**changes):
    parts = {
        "unit_of_measure": "%",
        "formula": "tertib : desa X 100 %",
        "components": (TERTIB, DESA),
    }
    return settle(**(parts | changes))


def test_a_formula_is_kept_in_its_one_way_of_being_written():
    settled = calculated()
    assert settled.definition.formula == "tertib / desa × 100%"
    assert settled.warnings == ()


def test_a_denominator_that_may_be_zero_is_told_and_does_not_hinder():
    settled = calculated(components=(TERTIB, replace(DESA, least=None)))
    assert "dapat bernilai 0" in settled.warnings[0]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"formula": "tertib / desa"}, "Kalikan hasilnya dengan 100%"),
        ({"formula": "tertip / desa x 100%"}, "Maksudnya tertib"),
        ({"formula": "tertib / "}, "Kolom"),
        ({"components": (TERTIB, DESA, replace(DESA, code="DESA"))}, "dua kali"),
        ({"components": (TERTIB, replace(DESA, code="se mua"))}, "tidak dapat"),
        ({"formula": ""}, "Komponen dipakai oleh rumus"),
        ({"formula": "tertib+desa-tertib" * 55}, "paling panjang"),
    ],
)
def test_a_formula_that_does_not_fit_is_refused_with_its_sentence(changes, sentence):
    with pytest.raises(Refusal, match=sentence) as refused:
        calculated(**changes)
    assert refused.value.field == "formula"


@pytest.mark.parametrize(
    "field", ["name", "frequency", "in_charge", "mechanism", "medium"]
)
def test_the_five_attributes_of_collection_are_required(field):
    with pytest.raises(Refusal, match="53/2014") as refused:
        settle(**{field: "  "})
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("qualitative", "changes", "field"),
    [
        (False, {"polarity": None}, "polarity"),
        (True, {"polarity": Polarity.HIGHER}, "polarity"),
        (True, {"polarity": None, "formula": "1 + 1"}, "formula"),
        (False, {"cap": Decimal(0)}, "cap"),
        (False, {"over_units": OverUnits.COMPONENTS}, "over_units"),
    ],
)
def test_what_does_not_go_together_is_refused(qualitative, changes, field):
    with pytest.raises(Refusal) as refused:
        settle(qualitative, **changes)
    assert refused.value.field == field


def test_a_qualitative_indicator_needs_no_direction():
    assert settle(True, polarity=None).definition.polarity is None
