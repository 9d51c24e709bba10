from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from himpun.ledger import queries as ledger
from himpun.organization import actions as organization
from himpun.organization.rules import Status
from himpun.organization.tests.builders import WHEN, make_office, make_person
from himpun.planning import actions, queries
from himpun.planning.models import (
    ActionPlan,
    AnnualPlan,
    IndicatorSet,
    PerjanjianKinerja,
)
from himpun.planning.rules import (
    ActionStep,
    AnnualPlanDraft,
    Change,
    IndicatorSetDraft,
    RevisionReason,
)
from himpun.planning.tests.builders import promise, revise
from himpun.planning.tests.plan_builders import (
    DAY,
    add,
    agree,
    agreed,
    budget,
    by_kasubbag,
    draft,
    events,
    programme,
    promising_office,
)
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import read_period

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return promising_office()


def annual(office, *codes, programmes=("7.01.01",)):
    ids = tuple(programme(office, code).pk for code in programmes)
    draft = AnnualPlanDraft(2025, codes or ("T", "S"), ids, "RKT 2025")
    return actions.keep_annual_plan(office.unit, draft, **by_kasubbag(office))


def retarget(office, code, aim):
    promise(office, office.unit.indicators.get(code=code).versions.last(), "2025", aim)


def test_a_target_that_left_its_agreement_is_told(office):
    agreed(office)
    year = read_period("2025")

    def told(period=year):
        rows = {row.pk: row.code for row in office.unit.indicators.all()}
        aims = {pk: queries.target_of(pk, "2025") for pk in rows}
        found = queries.agreement_doubts(aims, period)
        return {rows[pk]: [str(one) for one in said] for pk, said in found.items()}

    assert told() == {}
    retarget(office, "S", "50")
    [sentence] = told()["S"]
    assert sentence.startswith("Target 50, sedangkan Perjanjian Kinerja Camat")
    assert told(read_period("2025-TW1")) == {}
    agree(office, reason=RevisionReason.STRATEGY, agreed_on=date(2025, 7, 1))
    assert told() == {}


def test_the_rkt_pins_targets_and_the_budget_that_is_known(office):
    first = annual(office).row
    rows = [(row.serves, row.aim) for row in first.indicators.all()]
    assert rows[1] == ("Meningkatnya kualitas pelayanan", 91)
    assert first.programmes.get().amount == 100
    assert annual(office).change is Change.UNCHANGED
    retarget(office, "S", "95")
    budget(office, "7.01.01", 70)
    second = annual(office)
    assert (second.row.number, second.change) == (2, Change.UPDATED)
    assert queries.annual_plan(office.unit, 2025) == second.row
    assert [row.aim for row in first.indicators.all()] == [91, 91]
    assert second.row.programmes.get().amount == 70


def test_an_rkt_without_indicators_or_without_a_sasaran_is_doubted(office):
    def doubts(*codes):
        made = AnnualPlanDraft(2025, codes, (), "RKT")
        return actions.keep_annual_plan(office.unit, made, **by_kasubbag(office)).doubts

    assert doubts("T", "S") == ()
    assert "belum memuat satu indikator pun" in doubts()[0]
    assert "mengukur sasaran" in doubts("T")[0]
    assert "mengukur sasaran" in doubts("T")[0]


def test_two_programmes_of_one_name_are_two_and_one_named_twice_is_refused(office):
    for code in ("7.01.01.2.07", "7.01.02.2.01"):
        add(office, code, "Pengadaan")
    both = ("7.01.01.2.07", "7.01.02.2.01")
    assert annual(office, programmes=both).row.programmes.count() == 2
    with pytest.raises(Refusal, match="Pengadaan disebut dua kali"):
        annual(office, programmes=both[:1] * 2)


@pytest.mark.parametrize(
    ("codes", "why"), [(("T", "T"), "dua kali"), (("Z",), "belum didefinisikan")]
)
def test_an_rkt_names_each_indicator_of_the_office_once(office, codes, why):
    with pytest.raises(Refusal, match=why):
        annual(office, *codes)
    assert not AnnualPlan.objects.exists()


def test_a_year_without_targets_has_no_rkt(office):
    with pytest.raises(Refusal, match="target tahun 2027"):
        actions.keep_annual_plan(
            office.unit, AnnualPlanDraft(2027, ("T",)), **by_kasubbag(office)
        )


def test_an_agreement_names_both_parties_and_pins_its_annex(office):
    made = agreed(office)
    row = made.row
    assert (made.change, made.doubts, row.number) == (Change.CREATED, (), 1)
    assert row.first_official.person == office.camat
    assert row.second_role == "Bupati Uji"
    first, second = row.indicators.all()
    assert (first.serves, first.aim) == ("Meningkatnya kualitas pelayanan", 91)
    assert (second.outcome, second.meaning.indicator.code) == (None, "T")
    table = row.programmes.get()
    assert (table.amount, table.note) == (100, "APBD")
    event = events(office)[-1]
    data = ledger.data_of(event)
    assert data["programmes"] == [{"programme": table.programme_id, "amount": 100}]
    assert data["first"]["official"] == row.first_official_id
    assert b"Meningkatnya" not in bytes(event.body)


def test_a_budget_does_not_stand_in_the_annex_twice(office):
    budget(office, "7.01.01.2.06.0001", 60)
    ids = [programme(office, code).pk for code in ("7.01.01", "7.01.01.2.06.0001")]
    with pytest.raises(Refusal, match="terhitung dua kali") as refused:
        agree(office, programmes=tuple((pk, "") for pk in ids))
    assert refused.value.field == "programmes"
    kept = annual(office, programmes=("7.01.01", "7.01.01.2.06"))
    assert "terhitung dua kali" in kept.doubts[0]
    budget(office, "7.01.02", 40)
    apart = ids[1], programme(office, "7.01.02").pk
    assert agree(office, programmes=tuple((pk, "") for pk in apart)).row.number == 1


def test_the_same_agreement_again_makes_nothing_new(office):
    row = agreed(office).row
    before = len(events(office))
    again = agree(office)
    assert (again.row, again.change) == (row, Change.UNCHANGED)
    assert len(events(office)) == before


def test_a_revision_needs_a_legal_reason_and_leaves_the_first_as_it_was(office):
    first = agreed(office).row
    retarget(office, "S", "95")
    later = {"agreed_on": date(2025, 7, 1)}
    with pytest.raises(Refusal, match="hanya diubah karena"):
        agree(office, **later)
    second = agree(office, **later, reason=RevisionReason.STRATEGY)
    assert (second.row.number, second.change, second.doubts) == (2, Change.UPDATED, ())
    assert [row.indicators.first().aim for row in (first, second.row)] == [91, 95]
    position = office.position["camat"]
    assert queries.agreement(position, 2025, date(2025, 6, 30)) == first
    assert queries.agreement(position, 2025) == second.row
    assert agree(office).row == first
    assert PerjanjianKinerja.objects.count() == 2


def test_a_reason_that_nothing_bears_out_and_a_late_agreement_are_doubted(office):
    late = agree_late(office)
    assert "paling lambat 2 Februari 2025" in late.doubts[0]
    odd = agree(office, agreed_on=date(2025, 8, 1), reason=RevisionReason.OFFICIAL)
    assert "kedua pejabat sama" in odd.doubts[0]


def agree_late(office):
    budget(office, "7.01.01", 100)
    return agree(office, agreed_on=date(2025, 3, 1))


def test_an_acting_official_stands_in_the_agreement_as_such(office):
    acting = make_person("plt")
    organization.appoint(
        acting,
        office.position["camat"],
        since=date(2025, 1, 10),
        status=Status.PLT,
        letter="800/12",
        at=WHEN,
    )
    row = agreed(office).row
    assert row.first_official.person == acting
    assert row.first_role.startswith("Plt. Camat")


def test_an_agreement_that_lacks_a_part_is_refused(office):
    with pytest.raises(Refusal, match="belum mempunyai pagu"):
        agree(office, programmes=((programme(office, "7.01.02").pk, ""),))
    empty = {"year": 2020, "agreed_on": date(2020, 1, 1), "budgeted_on": None}
    with pytest.raises(Refusal, match="belum ada pejabatnya"):
        agree(office, **empty)
    other = make_office("Kecamatan Lain")
    with pytest.raises(Refusal, match="kabupaten yang sama"):
        agree(office, second=other.position["camat"].pk)
    assert not PerjanjianKinerja.objects.exists()


def steps(*aims):
    return [
        ActionStep("S", f"2025-TW{n}", Decimal(aim), "Survei", "Kasi Pelayanan")
        for n, aim in enumerate(aims, 1)
    ]


def test_a_rencana_aksi_is_kept_with_what_does_not_add_up(office):
    row = agreed(office).row
    kept = actions.keep_action_plan(row, steps(88, 89, 90, 91), **by_kasubbag(office))
    assert kept.doubts == ("Indikator T belum ada rencana aksinya.",)
    assert queries.action_plan(row).steps.count() == 4
    again = actions.keep_action_plan(row, steps(88, 89, 90, 91), **by_kasubbag(office))
    assert (again.row, again.change) == (kept.row, Change.UNCHANGED)
    other = actions.keep_action_plan(row, steps(88, 89, 90, 92), **by_kasubbag(office))
    assert other.row.number == 2
    assert "menghasilkan 92" in " ".join(other.doubts)


def test_a_rencana_aksi_belongs_to_the_agreement_in_force(office):
    row = agreed(office).row
    with pytest.raises(Refusal, match="tingkat"):
        actions.keep_action_plan(
            row, [replace(steps(1)[0], aim="WTP")], **by_kasubbag(office)
        )
    agree(office, agreed_on=date(2025, 7, 1), reason=RevisionReason.PRIORITY)
    with pytest.raises(Refusal, match="sudah diganti"):
        actions.keep_action_plan(row, steps(91), **by_kasubbag(office))
    assert not ActionPlan.objects.exists()


def choose(office, *codes, since=date(2025, 1, 1), decision="SK 1/2025"):
    made = IndicatorSetDraft(decision, since, since, codes)
    return actions.keep_indicator_set(office.unit, made, **by_kasubbag(office))


def test_a_set_of_iku_pins_the_definitions_and_a_later_one_follows_it(office):
    first = choose(office, "T", "S")
    assert "IKU T belum mempunyai definisi formal." in first.doubts
    assert choose(office, "T", "S").change is Change.UNCHANGED
    old = office.unit.indicators.get(code="T").versions.get()
    new = revise(office, old, since=date(2026, 1, 1), definition="Indeks kinerja")
    with pytest.raises(Refusal, match="tanggal sesudahnya"):
        choose(office, "T")
    second = choose(office, "T", since=date(2026, 1, 1), decision="SK 2/2026")
    assert (second.change, second.doubts) == (Change.UPDATED, ())
    assert [s.indicators.first().meaning for s in (first.row, second.row)] == [old, new]
    assert queries.key_indicators(office.unit, date(2025, 12, 31)) == first.row
    assert queries.key_indicators(office.unit, date(2026, 1, 1)) == second.row
    assert queries.key_indicators(office.unit, date(2024, 1, 1)) is None


@pytest.mark.parametrize(
    ("codes", "decision"), [((), "SK"), (("T",), " "), (("T", "T"), "SK")]
)
def test_a_set_names_its_decision_and_each_indicator_once(office, codes, decision):
    with pytest.raises(Refusal):
        choose(office, *codes, decision=decision)
    assert not IndicatorSet.objects.exists()


def test_others_make_no_instruments(office):
    row = agreed(office).row
    not_theirs = {"by": office.camat, "at": WHEN}
    for act in (
        lambda: actions.keep_annual_plan(
            office.unit, AnnualPlanDraft(2025, ("T",)), **not_theirs
        ),
        lambda: actions.make_agreement(draft(office), **not_theirs),
        lambda: actions.keep_action_plan(row, steps(91), **not_theirs),
        lambda: actions.keep_indicator_set(
            office.unit, IndicatorSetDraft("SK", DAY, DAY, ("T",)), **not_theirs
        ),
    ):
        with pytest.raises(Refusal, match="Kasubbag"):
            act()


def test_a_programme_of_another_office_is_refused(office):
    other = make_office("Kecamatan Lain")
    theirs = add(other, "7.01.01", "Program").row.pk
    with pytest.raises(Refusal, match="bukan program kantor ini"):
        agree(office, programmes=((theirs, ""),))
