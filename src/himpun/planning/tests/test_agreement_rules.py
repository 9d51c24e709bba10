from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from himpun.formula import OverTime
from himpun.planning import rules
from himpun.planning.rules import (
    ActionStep,
    AgreementDraft,
    IndicatorSetDraft,
    Promised,
    RevisionReason,
)
from himpun.shared.refusals import Refusal
from himpun.worktime.words import say_day

DAY = date(2025, 1, 31)


@pytest.mark.parametrize("reason", RevisionReason)
def test_a_revision_needs_one_of_the_three_reasons_and_the_first_none(reason):
    rules.refuse_reason(1, None)
    rules.refuse_reason(2, reason)
    with pytest.raises(Refusal, match="tidak memerlukan"):
        rules.refuse_reason(1, reason)


def test_a_revision_without_reason_is_refused():
    with pytest.raises(Refusal, match="PermenPANRB 53/2014"):
        rules.refuse_reason(2, None)


@pytest.mark.parametrize(
    ("draft", "before"),
    [
        (AgreementDraft(2025, 1, 1, DAY, ("A",)), None),
        (AgreementDraft(2025, 1, 2, DAY, ()), None),
        (AgreementDraft(2025, 1, 2, DAY, ("A",)), date(2025, 2, 1)),
    ],
)
def test_an_agreement_has_two_parties_a_row_and_follows_the_former(draft, before):
    with pytest.raises(Refusal):
        rules.refuse_agreed(draft, before)


@pytest.mark.parametrize("day", [date(2024, 1, 1), DAY, date(2025, 12, 31)])
def test_an_agreement_is_dated_in_its_year_or_the_one_before(day):
    rules.refuse_days(AgreementDraft(2025, 1, 2, day, ("A",), budgeted_on=day))


@pytest.mark.parametrize(
    ("year", "agreed", "budgeted"),
    [
        (2025, date(2052, 1, 2), None),
        (2025, date(2023, 12, 31), None),
        (2025, DAY, date(9999, 12, 31)),
        (0, DAY, None),
        (20255, DAY, None),
    ],
)
def test_a_slip_in_the_days_of_an_agreement_is_refused(year, agreed, budgeted):
    draft = AgreementDraft(year, 1, 2, agreed, ("A",), budgeted_on=budgeted)
    with pytest.raises(Refusal, match=r"Periksa tanggalnya|antara 1945 dan 2100"):
        rules.refuse_days(draft)


def test_a_slip_in_the_days_of_a_set_of_iku_is_refused():
    rules.refuse_far(IndicatorSetDraft("SK", DAY, date(2029, 1, 1), ("A",)))
    for since in (date(2052, 1, 1), date(9999, 1, 1)):
        with pytest.raises(Refusal):
            rules.refuse_far(IndicatorSetDraft("SK", DAY, since, ("A",)))


@pytest.mark.parametrize(
    ("budgeted", "last"),
    [
        (date(2024, 12, 31), date(2025, 1, 31)),
        (date(2025, 1, 31), date(2025, 2, 28)),
        (date(2024, 12, 5), date(2025, 1, 5)),
    ],
)
def test_an_agreement_is_late_a_month_after_the_budget(budgeted, last):
    assert rules.late_doubt(last, budgeted) is None
    doubt = rules.late_doubt(date(2025, 3, 1), budgeted)
    assert f"paling lambat {say_day(last)}" in doubt
    assert rules.late_doubt(date(2025, 12, 1), None) is None


def test_a_reason_that_nothing_bears_out_is_doubted():
    doubt = rules.reason_doubt
    said = {"same_officials": True, "same_annex": True}
    assert "kedua pejabat sama" in doubt(RevisionReason.OFFICIAL, **said)
    assert "lampirannya sama" in doubt(RevisionReason.PRIORITY, **said)
    assert doubt(None, **said) is None
    said = {"same_officials": False, "same_annex": False}
    assert all(doubt(reason, **said) is None for reason in RevisionReason)


def step(period="2025-TW1", aim="25", code="A", **more):
    more = {"activity": "Rapat", "in_charge": "Kasubbag"} | more
    return ActionStep(code, period, Decimal(aim) if aim else None, **more)


def test_steps_come_in_the_order_of_the_agreement_and_of_time():
    steps = [step("2025-TW2"), step(code="B"), step("2025-TW1")]
    kept = rules.settle_steps(steps, 2025, ["B", "A"])
    assert [(s.indicator, s.period) for s in kept] == [
        ("B", "2025-TW1"),
        ("A", "2025-TW1"),
        ("A", "2025-TW2"),
    ]


@pytest.mark.parametrize(
    "steps",
    [
        [step(code="Z")],
        [step("2024-TW1")],
        [step("triwulan 1")],
        [step("2025-TW9")],
        [step(), step("2025-B07")],
        [step(), step()],
        [step(activity=" ")],
        [step(in_charge="")],
    ],
)
def test_steps_that_do_not_fit_the_agreement_are_refused(steps):
    with pytest.raises(Refusal):
        rules.settle_steps(steps, 2025, ["A"])


def test_a_period_is_kept_under_its_one_code():
    [kept] = rules.settle_steps([step("2025-B7")], 2025, ["A"])
    assert kept.period == "2025-B07"
    with pytest.raises(Refusal, match="dua kali"):
        rules.settle_steps([step("2025-B7"), step("2025-B07")], 2025, ["A"])


def test_periods_that_do_not_make_the_promise_are_told():
    steps = [step(f"2025-TW{n}") for n in (1, 2, 3)]
    promised = {"A": Promised(Decimal(100), OverTime.SUM)}
    [doubt] = rules.step_doubts(steps, promised)
    assert "belum lengkap" in doubt
    assert rules.step_doubts([*steps, step("2025-TW4")], promised) == ()
    [doubt] = rules.step_doubts([*steps, step("2025-TW4", "26")], promised)
    assert "menghasilkan 101" in doubt
    [doubt] = rules.step_doubts([], promised)
    assert "belum ada rencana aksinya" in doubt
    assert rules.step_doubts([step()], {"A": Promised("WTP", OverTime.LAST)}) == ()


def said(**changes):
    made = rules.SaidAgreement(
        "A (Camat)",
        "B (Bupati)",
        date(2025, 1, 15),
        {1: rules.SaidIndicator("IKM", "91 nilai", 1)},
        {7: rules.SaidProgramme("Program X", "Rp100", "APBD")},
    )
    return replace(made, **changes)


def test_a_revision_is_told_in_words():
    new = said(
        first="C (Plt. Camat)",
        indicators={
            1: rules.SaidIndicator("IKM", "92 nilai", 2),
            2: rules.SaidIndicator("SAKIP", "80 nilai", 1),
        },
        programmes={7: rules.SaidProgramme("Program X", "Rp90", "")},
    )
    assert rules.agreement_changes(said(), said()) == ()
    assert [str(one) for one in rules.agreement_changes(said(), new)] == [
        "Pihak pertama berganti dari A (Camat) menjadi C (Plt. Camat).",
        "Indikator IKM memakai definisi versi 2, sebelumnya versi 1.",
        "Target IKM diubah dari 91 nilai menjadi 92 nilai.",
        "Indikator SAKIP ditambahkan dengan target 80 nilai.",
        "Anggaran Program X diubah dari Rp100 menjadi Rp90.",
        "Keterangan Program X diubah dari APBD menjadi kosong.",
    ]
    back = [str(one) for one in rules.agreement_changes(new, said(programmes={}))]
    assert back[-2:] == ["Indikator SAKIP dikeluarkan.", "Program X dikeluarkan."]
