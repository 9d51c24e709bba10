"""Two real plans come in whole by the import, and go out and in again unchanged."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from himpun.documents import sheets as files
from himpun.formula import DoubtKind
from himpun.formula.scales import OPINI_BPK
from himpun.ledger.tests.kept import built_once
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning import actions, queries
from himpun.planning.models import PriorActual
from himpun.planning.rules import AimKind, RevisionReason, Stage, workbook
from himpun.planning.rules.workbook import Tally
from himpun.planning.tests import plan_builders as plans
from himpun.planning.tests import printed, published
from himpun.planning.tests.builders import define, promise, recall
from himpun.shared.refusals import Refusal

pytestmark = pytest.mark.django_db
CLOSE = Decimal("0.06")


def bring(office, *sheets, by=None, unit=None, **more):
    """Import sheets as an XLSX, as the kabupaten's administrator."""
    tables = files.read(published.file(*sheets), "rencana.xlsx")
    return actions.import_plan(
        unit or office.unit,
        tables,
        name="rencana.xlsx",
        by=by or office.admin,
        at=WHEN,
        **more,
    )


def export(office):
    return queries.sheets_of(office.unit, range(2024, 2026))


def tallies(done):
    return {sheet: tally for sheet, tally in done.tallies.items() if tally != Tally()}


@built_once
def muncar():
    """Return an office with the plan of Muncar, and the answer of its import."""
    office = make_office()
    office.answer = bring(office, *published.muncar(answered=True))
    return office


@pytest.fixture
def office():
    return muncar()


def test_all_of_muncar_comes_in(office):
    done = office.answer
    assert (done.conflicts, done.applied) == ((), True)
    assert done.tallies == {
        "Indikator": Tally(created=60),
        "Target": Tally(created=418),
        "Program": Tally(created=48),
        "Renstra": Tally(created=1),
        "Anggaran": Tally(created=310),
    }


def test_what_is_odd_about_muncar_is_what_is_known_to_be(office):
    kinds = Counter(doubt.kind for doubt in office.answer.doubts if doubt.kind)
    assert kinds == {
        DoubtKind.LOW_TARGET: 33,
        DoubtKind.COPIED: 5,
        DoubtKind.TABLES: 3,
        DoubtKind.NO_BASE: 33,
        DoubtKind.SHEET_ERROR: 5,
    }
    tables = [d for d in office.answer.doubts if d.kind == DoubtKind.TABLES]
    assert [doubt.at[:2] for doubt in tables] == [
        ("Target!J30", "Target!J31"),
        ("Target!J33", "Target!J34"),
        ("Target!J36", "Target!J37"),
    ]


def test_muncar_as_printed_is_asked_about_cell_by_cell_and_nothing_is_kept(office):
    before = export(office)
    done = bring(office, *published.muncar())
    assert not done.applied
    places = [place for conflict in done.conflicts for place in conflict.at]
    by_sheet = Counter(place.partition("!")[0] for place in places)
    assert by_sheet == {"Target": 26, "Program": 1, "Renstra": 1, "Anggaran": 28}
    assert {"Target!J67", "Target!N99", "Program!A11", "Renstra!B15"} <= set(places)
    assert done.tallies["Target"] == Tally(created=7, unchanged=411, rejected=26)
    assert done.tallies["Anggaran"] == Tally(unchanged=300, rejected=140)
    said = {conflict.at[0]: conflict.sentence for conflict in done.conflicts}
    assert "tulis 0 bila memang nol" in said["Target!J67"]
    assert said["Renstra!B15"] == "Menunggu Program!A11 dibetulkan."
    assert "berkode 7.01.03.2.01" in said["Anggaran!A104"]
    assert export(office) == before
    ratios = {
        f"Anggaran!{column}{row}" for column in "GHIJK" for row in range(4, 138, 3)
    }
    odd = [doubt.kind for doubt in done.doubts if doubt.at[0] in ratios]
    assert len(ratios) == 225
    assert Counter(odd) == {DoubtKind.NO_BASE: 47, DoubtKind.SHEET_ERROR: 3}


def test_what_was_kept_of_muncar_gives_the_printed_ratios_again(office):
    money = {
        year: {
            row.programme.name.casefold(): row.money.percent
            for row in queries.serapan(office.unit, year, WHEN.date())[
                office.unit.pk
            ].rows
        }
        for year in printed.YEARS
    }
    compared, above = 0, None
    left_out = published.left_out()
    for _n, row in printed.lines(printed.BUDGET):
        above = row["uraian"] if row["level"] == "program" else above
        if row["level"] == "total" or (above, row["uraian"]) in left_out:
            continue
        for year in printed.YEARS:
            percent = money[year].get(row["uraian"].casefold())
            if percent is not None:
                told = Decimal(row[f"rasio_{year}_pct_as_printed"])
                assert abs(percent - told) <= CLOSE, (row["uraian"], year)
                compared += 1
    assert compared == 126


def test_all_of_banyuwangi_comes_in_with_its_five_cut_ratios():
    office = make_office()
    done = bring(office, *published.banyuwangi())
    assert (done.conflicts, done.applied) == ((), True)
    assert done.tallies == {
        "Indikator": Tally(created=11),
        "Target": Tally(created=101),
    }
    cut = {doubt.at[0] for doubt in done.doubts if doubt.kind == DoubtKind.TRUNCATED}
    assert cut == {
        *("Target!E4", "Target!G4"),
        *("Target!D10", "Target!E10", "Target!G10"),
    }
    assert Counter(doubt.kind for doubt in done.doubts) == {
        DoubtKind.TRUNCATED: 5,
        DoubtKind.LOW_TARGET: 6,
        DoubtKind.COPIED: 5,
    }


def test_an_export_brought_in_again_changes_nothing(office):
    done = bring(office, *export(office), by=office.kasubbag)
    assert done.applied
    assert tallies(done) == {
        "Indikator": Tally(unchanged=60),
        "Target": Tally(unchanged=418),
        "Program": Tally(unchanged=48),
        "Renstra": Tally(unchanged=1),
        "Anggaran": Tally(unchanged=310),
    }


def test_an_export_of_a_renstra_in_force_and_its_pk_changes_nothing():
    office = plans.promising_office()
    plans.agreed(office)
    plans.budget(
        office,
        "7.01.02",
        70,
        stage=Stage.CHANGED,
        since=date(2025, 9, 1),
    )
    plans.spend(office, "7.01.02", "2025-TW1", 5)
    version = office.unit.indicators.get(code="S").versions.get()
    promise(office, version, "2029", "95", kind=AimKind.MEDIUM_TERM)
    plans.agree(
        office,
        reason=RevisionReason.PRIORITY,
        agreed_on=date(2025, 6, 2),
        place="Jekulo",
    )
    before = export(office)
    done = bring(office, *before)
    assert done.conflicts == ()
    assert tallies(done) == {
        "Indikator": Tally(unchanged=3),
        "Target": Tally(unchanged=7),
        "Program": Tally(unchanged=5),
        "Renstra": Tally(unchanged=1),
        "Anggaran": Tally(unchanged=4),
        "PK": Tally(unchanged=2),
    }
    assert export(office) == before


def test_a_trial_keeps_nothing_and_counts_the_same():
    office = make_office()
    sheet = published.banyuwangi()[0]
    tried = bring(office, sheet, trial=True)
    assert not tried.applied
    assert not office.unit.indicators.exists()
    assert bring(office, sheet).tallies == tried.tallies


def test_one_bad_cell_keeps_everything_out():
    office = make_office()
    indicators, targets = published.banyuwangi()
    rows = [list(row) for row in targets.rows[:3]]
    rows[0][3] = "89,3405,300"
    done = bring(office, indicators, replace(targets, rows=tuple(rows)))
    [conflict] = done.conflicts
    assert conflict.at == ("Target!D2",)
    assert done.total.rejected == 1
    assert not office.unit.indicators.exists()


def test_number_formats_of_real_tables_are_read_or_asked_about():
    office = plans.planning_office()
    texts = {
        "2027": "100 dari 110 Organisasi",
        "2028": "140 Kelompok (1400 orang)",
        "2029": "#DIV/0!",
        "2030": "91,5",
    }
    row = {"kode": "S", "jenis": "target", **texts}
    money = {"program": "7.01.02", "jenis": "pagu", "2027": "674.180.800"}
    done = bring(
        office,
        published.sheet(workbook.TARGETS, [row], texts),
        published.sheet(workbook.BUDGET, [money], ["2027"]),
        by=office.kasubbag,
    )
    assert [conflict.at for conflict in done.conflicts] == [
        ("Target!E2",),
        ("Target!F2",),
    ]
    assert done.tallies["Target"] == Tally(created=2, rejected=2)
    assert done.tallies["Anggaran"] == Tally(created=1)


def test_only_the_bendahara_or_the_administrator_brings_in_new_spending():
    office = plans.planning_office()
    row = {"program": "7.01.02", "jenis": "realisasi", "2024": 5}
    sheet = published.sheet(workbook.BUDGET, [row], ["2024"])
    [conflict] = bring(office, sheet, by=office.kasubbag).conflicts
    assert conflict.at == ("Anggaran!G2",)
    assert "Bendahara" in conflict.sentence
    assert bring(office, sheet).applied


def test_who_may_not_plan_may_not_import():
    office = make_office()
    with pytest.raises(Refusal, match="Kasubbag"):
        bring(office, *published.banyuwangi(), by=office.pelaksana)


def test_a_renstra_is_kept_and_comes_into_force_from_the_sheet():
    office = plans.planning_office()
    rows = [
        {"jenis": "renstra", "kode": "2025-2029", "uraian": "Perbup 1/2025"}
        | {"berlaku sejak": date(2025, 1, 1), "keputusan": "Perbup 1/2025"},
        {"jenis": "tujuan", "kode": "T1", "uraian": "Maju", "indikator": "T"},
        {"jenis": "sasaran", "kode": "S1", "uraian": "Tertib", "induk": "T1"}
        | {"indikator": "S"},
        {"jenis": "program", "kode": "7.01.01", "induk": "S1", "2025": 100},
    ]
    done = bring(office, published.sheet(workbook.RENSTRA, rows, ["2025"]))
    assert (done.conflicts, done.tallies["Renstra"]) == ((), Tally(created=1))
    version = queries.renstra_in_force(office.unit, plans.DAY)
    assert version.decision == "Perbup 1/2025"


def test_a_pk_is_made_from_the_sheet_and_its_conflicts_have_cells():
    office = plans.promising_office()
    plans.budget(office, "7.01.01", 100)
    titles = {pk: name for name, pk in queries.position_names(office.unit).items()}
    head = {
        "tahun": 2025,
        "pihak pertama": titles[office.position["camat"].pk],
        "pihak kedua": titles[office.position["bupati"].pk],
        "tanggal": plans.DAY,
    }
    rows = [
        head | {"jenis": "indikator", "isi": "S"},
        head | {"jenis": "program", "isi": "7.01.01", "keterangan": "APBD"},
        head | {"pihak kedua": "Gubernur", "jenis": "indikator", "isi": "S"},
    ]
    sheet = published.sheet(workbook.PROMISES, rows)
    done = bring(office, sheet)
    assert [conflict.at for conflict in done.conflicts] == [("PK!C4",)]
    right = replace(sheet, rows=sheet.rows[:2])
    assert bring(office, right).tallies["PK"] == Tally(created=1)
    assert bring(office, right).tallies["PK"] == Tally(unchanged=1)


def test_grades_travel_in_the_sheets_with_their_history():
    office = make_office()
    version = define(office, "OPINI", polarity=None, grades=OPINI_BPK)
    promise(office, version, "2025", "WTP")
    recall(office, version, "2023", "WDP")
    recall(office, version, "2024", "WTP")
    sheets = export(office)
    assert PriorActual.objects.all().delete()[0] == 2
    done = bring(office, *sheets, by=office.kasubbag)
    assert tallies(done)["Target"] == Tally(created=2, unchanged=1)
    assert not done.doubts
    kept = PriorActual.objects.order_by("period_code")
    assert [(row.value, row.figure) for row in kept] == [(None, "WDP"), (None, "WTP")]
    again = bring(office, *export(office), by=office.kasubbag)
    assert tallies(again)["Target"] == Tally(unchanged=3)
