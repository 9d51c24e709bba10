"""Forms of flow, each on a small example SOP that no app knows: run to the end."""

import pytest

from himpun.ledger.rules import SYSTEM
from himpun.organization.tests.builders import WHEN, make_office
from himpun.procedures import actions, queries
from himpun.procedures.queries import journey, overview, trail
from himpun.procedures.tests.builders import Run
from himpun.shared.refusals import Refusal
from himpun.sop.tests.builders import OTHER_OFFICE

pytestmark = pytest.mark.django_db
WHY = "contoh alasan yang cukup panjang"
AHEAD, DONE, NOW, SKIPPED = ("belum", 0), ("selesai", 1), ("kini", 1), ("dilewati", 0)


@pytest.fixture
def office():
    return make_office()


def about(run):
    return [line.about for line in trail.lines(run.case)]


def row(run):
    return overview.row(run.case, journey.journey(run.case, run.now))


# Any office's SOP


def test_an_sop_of_rooms_runs_to_the_end_by_files_signatures_and_a_key(office):
    """A signed paper and a thing: no app knows them, nothing is lacking in the end."""
    sent = "operasional:\n  tembusan: {serah: [kabid]}\n"
    version = actions.adopt(
        office.unit,
        (OTHER_OFFICE + sent).encode(),
        {
            "petugas": [office.position["pelaksana"]],
            "kabid": [office.position["kasubbag"]],
        },
        by=SYSTEM,
        at=WHEN,
    )
    run = Run(office, version=version)
    run.do("terima", "pelaksana")
    run.do("periksa", "kasubbag", "Ya")
    assert run.case.artefacts.filter(artefact="persetujuan").exclude(blob="").exists()
    run.do("serah", "pelaksana")
    assert run.case.artefacts.get(artefact="kunci").blob == ""
    run.do("serah", "kasubbag", part="mengetahui")
    assert run.case.state == "selesai"
    [receipt] = queries.receipts(run.case)
    actions.receive_copy(receipt, by=office.kasubbag, at=run.now)
    receipt.refresh_from_db()
    assert receipt.received_at


# Forward jump


def test_a_forward_jump_shows_what_it_passes_by_as_skipped(office):
    run = Run(office, "maju")
    run.do("catat", "pelaksana")
    assert run.stages()["jawab"] == AHEAD
    run.do("telaah", "kasubbag", "Cukup diarsipkan")
    assert run.stages() == {
        "catat": DONE,
        "telaah": DONE,
        "jawab": SKIPPED,
        "kirim": SKIPPED,
        "arsip": NOW,
    }
    assert run.marks()["jawab", "kasubbag"] == "dilewati"
    assert "Hasil: Cukup diarsipkan" in about(run)
    run.do("arsip", "pelaksana")
    assert run.case.state == "selesai"
    assert run.stages()["kirim"] == SKIPPED
    assert row(run).position == "Langkah 5 dari 5"


def test_the_other_outcome_takes_every_step(office):
    run = Run(office, "maju")
    run.do("catat", "pelaksana")
    run.do("telaah", "kasubbag", "Perlu dijawab")
    run.do("jawab", "pelaksana")
    run.do("jawab", "kasubbag", part="paraf")
    run.do("kirim", "pelaksana")
    run.do("arsip", "pelaksana")
    assert set(run.stages().values()) == {DONE}


# Back jump


def again(run):
    run.do("susun", "pelaksana")
    run.do("teliti", "kasubbag")
    run.do("putus", "camat", "Perbaiki")


def test_a_back_jump_opens_a_counted_round_and_what_follows_lies_ahead_again(office):
    run = Run(office, "mundur")
    again(run)
    assert run.stages() == {
        "susun": ("kini", 2),
        "teliti": AHEAD,
        "putus": AHEAD,
        "arsip": AHEAD,
    }
    assert run.marks() == {("susun", "pelaksana"): "kini"}
    assert "putaran 2" in about(run)
    run.do("susun", "pelaksana")
    assert run.stages()["susun"] == ("selesai", 2)
    assert run.stages()["teliti"] == ("kini", 2)


def test_decisions_stop_at_the_cap_of_rounds_until_the_sekcam_raises_it(office):
    run = Run(office, "mundur")
    again(run)
    again(run)
    with pytest.raises(Refusal, match="sudah 3 putaran"):
        again(run)
    page = overview.page(run.case, office.camat, run.now)
    [cap], [open_] = page["caps"], page["tasks"]
    assert (cap.source, cap.to, cap.made) == ("", "susun", 3)
    assert [bool(choice.obstacle) for choice in open_.choices] == [False, True]
    raised = {"step": "susun", "limit": 4, "reason": WHY}
    with pytest.raises(Refusal, match="oleh Sekcam"):
        actions.raise_round_cap(run.case, **raised, by=office.camat, at=run.now)
    actions.raise_round_cap(run.case, **raised, by=office.sekcam, at=run.now)
    assert "menjadi 4" in about(run)
    run.do("putus", "camat", "Perbaiki")
    assert run.stages()["susun"] == ("kini", 4)


def test_a_cap_is_only_raised(office):
    run = Run(office, "mundur")
    for limit in (3, 2):
        with pytest.raises(Refusal, match="lebih besar"):
            actions.raise_round_cap(
                run.case,
                step="susun",
                limit=limit,
                reason=WHY,
                by=office.sekcam,
                at=run.now,
            )


def test_a_decision_may_lead_to_its_own_step(office):
    run = Run(office, "mundur")
    version = run.case.version
    version.plan = version.plan.replace(
        '"name":"Perbaiki","to":"susun"', '"name":"Perbaiki","to":"putus"'
    )
    version.save()
    run.do("susun", "pelaksana")
    run.do("teliti", "kasubbag")
    run.do("putus", "camat", "Perbaiki")
    assert run.task("putus").round == 2


# Parallel


def test_both_branches_run_with_their_own_deadlines_and_the_join_waits(office):
    run = Run(office, "sejajar")
    run.do("mulai", "kasubbag")
    stages = run.stages()
    assert [stages["undang"], stages["susun"], stages["rapat"]] == [NOW, NOW, AHEAD]
    assert run.task("undang").deadline < run.task("susun").deadline
    assert row(run).position == "Langkah 2 dan 3 dari 5"
    marks = run.marks()
    assert marks["undang", "pelaksana"] == marks["susun", "kasubbag"] == "kini"
    run.do("undang", "pelaksana")
    assert not run.case.tasks.filter(step="rapat").exists()
    run.do("susun", "kasubbag")
    assert not run.case.tasks.filter(step="rapat").exists()
    run.do("susun", "camat", part="mengetahui")
    assert run.stages()["rapat"] == NOW
    run.do("rapat", "camat")
    run.do("notula", "pelaksana")
    assert run.case.state == "selesai"


def at_the_join(office):
    run = Run(office, "sejajar")
    run.do("mulai", "kasubbag")
    run.do("undang", "pelaksana")
    run.do("susun", "kasubbag")
    run.do("susun", "camat", part="mengetahui")
    return run


def give_back(run, to):
    actions.return_step(
        run.task("rapat"), to=to, reason=WHY, by=run.office.camat, at=run.now
    )
    run.case.refresh_from_db()


def test_a_return_before_the_split_does_both_branches_again(office):
    run = at_the_join(office)
    give_back(run, "mulai")
    assert run.stages()["undang"] == AHEAD
    run.do("mulai", "kasubbag")
    stages = run.stages()
    assert stages["undang"] == stages["susun"] == ("kini", 2)


def test_a_return_into_one_branch_leaves_the_other_done(office):
    run = at_the_join(office)
    give_back(run, "susun")
    stages = run.stages()
    assert stages["undang"] == DONE
    assert stages["susun"] == ("kini", 2)
    run.do("susun", "kasubbag")
    run.do("susun", "camat", part="mengetahui")
    assert run.stages()["rapat"] == ("kini", 2)


# Several people


def test_bersama_needs_so_many_people_each_by_an_act_of_his_own(office):
    run = Run(office, "bersama")
    run.do("hitung", "kasubbag")
    run.do("hitung", "pelaksana", part="bersama")
    assert run.stages()["hitung"] == NOW
    assert not queries.inbox(office.pelaksana, run.now)
    with pytest.raises(Refusal, match="sudah tercatat, 1 dari 2 orang"):
        run.do("hitung", "pelaksana", part="bersama")
    [open_] = overview.page(run.case, office.pelaksana2, run.now)["tasks"]
    assert (open_.wanted, open_.parts) == (2, ["Pelaksana Perencanaan Contoh"])
    run.do("hitung", "pelaksana2", part="bersama")
    assert run.stages()["simpan"] == NOW
    assert "Bersama: Pelaksana; 2 dari 2 orang" in about(run)


def test_bersama_with_too_few_people_says_what_to_do(office):
    run = Run(office, "bersama")
    office.position["pelaksana2"].officials.all().delete()
    tasks = overview.page(run.case, office.pelaksana, run.now)["tasks"]
    assert [o.too_few for o in tasks if o.part == "Bersama"] == [True]


@pytest.mark.parametrize(
    ("first", "part", "spared"),
    [("kasubbag", "salah-satu", "pelaksana"), ("pelaksana", "kerja", "kasubbag")],
)
def test_the_first_of_salah_satu_spares_the_other(office, first, part, spared):
    run = Run(office, "bersama")
    run.do("hitung", "kasubbag")
    run.do("hitung", "pelaksana", part="bersama")
    run.do("hitung", "pelaksana2", part="bersama")
    run.do("simpan", first, part=part)
    marks = run.marks()
    assert (marks["simpan", first], marks["simpan", spared]) == ("selesai", "dilewati")
    blocks = overview.page(run.case, office.camat, run.now)["blocks"]
    said = {act.label: act.said for act in blocks[-1].acts}
    assert said[spared.capitalize()] == "tidak diperlukan"
    run.do("simpan", "camat", part="mengetahui")
    assert run.case.state == "selesai"


def test_a_cancelled_case_shows_no_step_as_done_that_was_not(office):
    run = Run(office, "mundur")
    actions.cancel_case(run.case, reason=WHY, by=office.sekcam, at=run.now)
    run.case.refresh_from_db()
    assert set(run.stages().values()) == {AHEAD}
