"""Running cases move to the version of their SOP that is in force: whole, or not at all."""

import pytest

from himpun.ledger import queries as ledger
from himpun.organization.models import Official
from himpun.organization.tests.builders import WHEN, make_office
from himpun.procedures import actions, queries
from himpun.procedures.models import Case
from himpun.procedures.queries import eventlog, journey, migrating, statistics, trail
from himpun.procedures.tests.builders import PLAIN, Run, adopt_example, adopt_plain
from himpun.shared.refusals import Refusal

pytestmark = pytest.mark.django_db
WHY = "SOP direvisi tahun ini."
TEXT = PLAIN.read_text()
A3 = TEXT[TEXT.index("  - id: a3\n") : TEXT.index("temuan: []")]


def revised(*edits):
    text = TEXT
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


LONGER = revised(("jumlah: 1, satuan: hari", "jumlah: 2, satuan: hari"))
INSERTED = revised(
    ("    berikut: a2\n", "    berikut: a1b\n"),
    (
        "  - id: a2\n    nomor: 2\n",
        A3.replace("id: a3", "id: a1b")
        .replace("nomor: 3", "nomor: 2")
        .replace("jenis: selesai", "jenis: proses")
        .replace("Mengarsipkan surat", "Memeriksa ejaan")
        .replace("artefak: [arsip]", "artefak: []")
        .replace("berikut: null", "berikut: a2")
        + "  - id: a2\n    nomor: 3\n",
    ),
    ("    nomor: 3\n    jenis: selesai", "    nomor: 4\n    jenis: selesai"),
)
ANEW = revised(
    ("id: a1\n", "id: b1\n"),
    ("id: a2\n", "id: b2\n"),
    ("id: a3\n", "id: b3\n"),
    ("berikut: a2\n", "berikut: b2\n"),
    ("ke: a3}", "ke: b3}"),
    ("ke: a1}", "ke: b1}"),
    ("{dari: a2, ke: a1,", "{dari: b2, ke: b1,"),
)


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def run(office):
    """A case of the plain SOP whose first step waits for the paraf."""
    run = Run(office, version=adopt_plain(office))
    run.do("a1", "pelaksana")
    return run


def move(run, to, way=None, by=None, reason=WHY):
    case = Case.objects.get(pk=run.case.pk)
    way = migrating.proposed(case, to) if way is None else way
    actions.migrate(
        case, to, way, reason=reason, by=by or run.office.kasubbag, at=run.now
    )
    run.case = Case.objects.get(pk=case.pk)
    return moved(run.case)


def moved(case):
    events = [e for e in queries.events_of(case) if e.type == "case.migrated"]
    return ledger.data_of(events[-1])


def refused(run, to, words, **more):
    before = list(run.case.tasks.values())
    with pytest.raises(Refusal, match=words):
        move(run, to, **more)
    assert list(run.case.tasks.values()) == before
    assert not [e for e in queries.events_of(run.case) if e.type == "case.migrated"]


def test_a_case_keeps_its_clock_and_takes_the_new_waktu(office, run):
    row = run.task("a1", "paraf")
    to = adopt_plain(office, LONGER)
    told = move(run, to)
    now = run.task("a1", "paraf")
    assert run.case.version == to
    assert now.row_opened_at == row.row_opened_at
    assert now.deadline > row.deadline
    (changed,) = told["deadlines"]
    assert (changed["step"], changed["round"]) == ("a1", 1)
    assert told["map"] == {"a1": "a1", "a2": "a2", "a3": "a3"}
    assert told["fingerprint"] == to.fingerprint


def test_a_deadline_stays_where_the_waktu_is_the_same(office, run):
    run.do("a1", "kasubbag", part="paraf")
    before = run.task("a2").deadline
    assert move(run, adopt_plain(office, LONGER))["deadlines"] == []
    assert run.task("a2").deadline == before


def test_a_case_by_default_ends_on_its_own_version(office, run):
    first = run.case.version
    adopt_plain(office, LONGER)
    run.do("a1", "kasubbag", part="paraf")
    assert run.case.version == first


def test_a_moved_case_goes_on_to_its_end(office, run):
    run.do("a1", "kasubbag", part="paraf")
    told = move(run, adopt_plain(office, INSERTED))
    assert told["passed"] == ["a1b"]
    stops = {stop.step: stop for stop in way_of(run)}
    assert stops["a1b"].short == "dilewati karena revisi"
    assert stops["a1"].stage == "selesai"
    run.do("a2", "camat", outcome="Setuju")
    run.do("a3", "pelaksana")
    assert run.case.state == "selesai"


def way_of(run):
    return journey.journey(run.case, run.now)


def test_what_was_done_keeps_the_standard_it_had(office, run):
    run.do("a1", "kasubbag", part="paraf")
    move(run, adopt_plain(office, LONGER))
    done = next(stop for stop in way_of(run) if stop.step == "a1")
    assert done.standard == "standar 1 hari"


def test_steps_with_new_ids_keep_their_rounds(office, run):
    run.do("a1", "kasubbag", part="paraf")
    run.do("a2", "camat", outcome="Tolak")
    told = move(run, adopt_plain(office, ANEW))
    assert told["map"] == {"a1": "b1", "a2": "b2", "a3": "b3"}
    assert run.stages()["b1"] == ("kini", 2)
    run.do("b1", "pelaksana")
    run.do("b1", "kasubbag", part="paraf")
    lines = trail.lines(run.case)
    opened = [line.step for line in lines if line.what == "Langkah dibuka"]
    assert opened == [
        "1. Menyusun konsep surat",
        "2. Menelaah konsep surat",
        "1. Menyusun konsep surat",
        "2. Menelaah konsep surat",
    ]
    made = run.case.artefacts.values_list("step", "number")
    assert list(made) == [("b1", 1), ("b1", 2)]


def test_who_made_a_row_may_not_initial_it_after_a_move_either(office, run):
    move(run, adopt_plain(office, ANEW))
    task = run.task("b1", "paraf")
    assert queries.makers([task])[task.pk] == {office.pelaksana.pk}


def test_a_step_that_is_gone_stays_in_trail_statistics_and_log(office):
    run = Run(office, version=adopt_plain(office, INSERTED))
    run.do("a1", "pelaksana")
    run.do("a1", "kasubbag", part="paraf")
    run.do("a1b", "pelaksana")
    to = adopt_plain(office)
    move(run, to)
    gone = run.case.tasks.get(step="v1.a1b")
    assert gone.done_by == office.pelaksana
    assert "2. Memeriksa ejaan" in [line.step for line in trail.lines(run.case)]
    log = {change.activity for change in eventlog.changes([run.case.procedure_id])}
    assert "2. Memeriksa ejaan (versi 1)" in log
    rows = statistics.rows([run.case.procedure_id], WHEN.year)
    assert "v1.a1b" in {row.step for row in rows}
    run.do("a2", "camat", outcome="Setuju")
    run.do("a3", "pelaksana")


def test_lines_of_the_kelengkapan_are_added_kept_and_closed(office, run):
    run.do("a1", "kasubbag", part="paraf")
    to = adopt_plain(
        office,
        revised(
            (
                "kelengkapan: {butir: [{id: surat, nama: Konsep surat, wajib: true, "
                "dari: konsep}]}\n    waktu: {jumlah: 60, satuan: menit}\n"
                "    output: {teks: Keputusan",
                "kelengkapan: {butir: [{id: telaah, nama: Telaahan, wajib: true}]}\n"
                "    waktu: {jumlah: 60, satuan: menit}\n    output: {teks: Keputusan",
            )
        ),
    )
    move(run, to)
    lines = {x.item.item: x for x in queries.checklist(run.case, "a2")}
    assert lines["telaah"].state == "belum"
    assert lines["surat"].state == "tidak-berlaku"
    assert lines["surat"].reason == "Tidak diminta lagi oleh SOP versi 2."
    assert [x.state for x in queries.checklist(run.case, "a3")] == ["ada"]


def test_open_work_goes_to_the_actor_that_the_new_version_names(office, run):
    run.do("a1", "kasubbag", part="paraf")
    other = "Menelaah konsep surat\n    penanggung_jawab: {}\n"
    to = adopt_plain(office, revised((other.format("camat"), other.format("kasubbag"))))
    move(run, to)
    assert run.task("a2").actor == "kasubbag"
    run.do("a2", "kasubbag", outcome="Setuju")


def hand_on(run, part="paraf", to="kasi"):
    """Let the Sekcam hand the open part of the first step to somebody else."""
    task, place = run.task("a1", part), run.office.position[to]
    reason = "pemegangnya sedang dinas luar"
    return actions.assign_task(
        task, place, reason=reason, by=run.office.sekcam, at=run.now
    )


def test_an_assignment_holds_while_the_part_is_of_the_same_positions(office, run):
    hand_on(run)
    assert move(run, adopt_plain(office, LONGER))["assignments_ended"] == []
    run.do("a1", "kasi", part="paraf")


def test_an_assignment_ends_where_the_new_version_names_others(office, run):
    """Its reason was about those whose part it was; the new SOP says whose it is."""
    hand_on(run)
    task = run.task("a1", "paraf")
    others = "bersama: [{{pelaksana: {}, cara: paraf}}]"
    to = adopt_plain(
        office, revised((others.format("kasubbag"), others.format("camat")))
    )
    way = migrating.proposed(run.case, to)
    [shown] = migrating.outlooks([run.case], to, way)
    assert shown.ended == (task,)
    assert move(run, to)["assignments_ended"] == [task.pk]
    assert "pengalihan tugas berakhir" in trail.lines(run.case)[-1].about
    assert not queries.may_work(office.kasi, run.task("a1", "paraf"), run.now)
    run.do("a1", "camat", part="paraf")


def test_a_mandate_follows_its_position_into_the_new_version(office, run):
    """It is given for a position: what the new SOP gives that position, it covers."""
    day = WHEN.date()
    actions.delegate(
        office.position["camat"],
        Official.objects.get(person=office.kasi),
        since=day,
        until=day,
        by=office.camat,
        at=WHEN,
    )
    task = run.task("a1", "paraf")
    assert not queries.may_work(office.kasi, task, run.now)
    others = "bersama: [{{pelaksana: {}, cara: paraf}}]"
    move(
        run,
        adopt_plain(
            office, revised((others.format("kasubbag"), others.format("camat")))
        ),
    )
    run.do("a1", "kasi", part="paraf")
    role = run.case.tasks.get(step="a1", part="paraf").done_role
    assert role == "a.n. Camat Contoh, Kasi Pemerintahan Contoh"


def test_what_was_closed_before_a_move_is_not_taken_back(office, run):
    first = run.case.tasks.get(step="a1", part="kerja")
    move(run, adopt_plain(office, LONGER))
    first.refresh_from_db()
    assert queries.withdrawable(run.case, office.pelaksana, run.now) == []
    with pytest.raises(Refusal, match="sudah dipindahkan ke versi SOP yang baru"):
        actions.withdraw_task(first, reason=WHY, by=office.pelaksana, at=run.now)
    run.do("a1", "kasubbag", part="paraf")
    after = run.case.tasks.get(step="a1", part="paraf")
    assert queries.withdrawable(run.case, office.kasubbag, run.now) == [after]


def test_an_open_paraf_that_is_gone_is_done_first(office, run):
    to = adopt_plain(
        office,
        revised(("bersama: [{pelaksana: kasubbag, cara: paraf}]", "bersama: []")),
    )
    refused(run, to, "Bagian paraf di langkah 1 sedang terbuka")
    run.do("a1", "kasubbag", part="paraf")
    move(run, to)


def test_those_who_now_make_the_row_together_get_their_part(office):
    run = Run(office, version=adopt_plain(office))
    both = "bersama: [{pelaksana: kasubbag, cara: bersama}]"
    to = adopt_plain(
        office, revised(("bersama: [{pelaksana: kasubbag, cara: paraf}]", both))
    )
    move(run, to)
    assert run.task("a1", "bersama").deadline == run.task("a1").deadline
    back = adopt_plain(office)
    move(run, back)
    (spared,) = run.case.tasks.filter(part="bersama")
    assert (spared.outcome, spared.done_by) == ("tidak-diperlukan", None)


def test_an_open_step_without_a_successor_is_refused(office, run):
    refused(
        run, adopt_plain(office, LONGER), "tidak mempunyai tujuan", way={"a2": "a2"}
    )


def test_only_the_version_in_force_of_the_same_sop_takes_cases(office, run):
    refused(run, run.case.version, "sudah berjalan menurut versi itu")
    second = adopt_plain(office, LONGER)
    adopt_plain(office)
    second.refresh_from_db()
    refused(run, second, "sudah digantikan")
    refused(run, adopt_example(office, "maju"), "milik SOP lain", way={"a1": "a1"})


@pytest.mark.parametrize("who", ["pelaksana", "kasi", "admin"])
def test_kasubbag_sekcam_or_camat_decide(office, run, who):
    to = adopt_plain(office, LONGER)
    refused(run, to, "Hanya Kasubbag, Sekcam", by=getattr(office, who))
    move(run, to, by=office.sekcam)


def test_a_move_needs_its_reason_and_a_case_that_runs(office, run):
    to = adopt_plain(office, LONGER)
    refused(run, to, "Tulis alasan", reason="revisi")
    actions.cancel_case(run.case, reason="salah mulai kasus", by=office.sekcam, at=WHEN)
    refused(run, to, "sudah dibatalkan")


def test_a_raised_cap_follows_its_steps(office, run):
    actions.raise_cap(
        run.case, source="a2", to="a1", limit=5, reason=WHY, by=office.sekcam, at=WHEN
    )
    move(run, adopt_plain(office, ANEW))
    assert run.case.return_caps == {"b2>b1": 5}


def test_a_task_that_was_closed_meanwhile_is_moved_as_closed(office, run):
    """The form was opened before the paraf; the move sees where the case stands now."""
    stale = Case.objects.get(pk=run.case.pk)
    run.do("a1", "kasubbag", part="paraf")
    to = adopt_plain(office, LONGER)
    way = migrating.proposed(stale, to)
    actions.migrate(stale, to, way, reason=WHY, by=office.kasubbag, at=run.now)
    run.case.refresh_from_db()
    assert run.case.position["open"] == ["a2"]


def test_parallel_branches_are_moved_with_the_ones_that_wait(office):
    run = Run(office, "sejajar")
    source = PLAIN.with_name("contoh-sejajar.yaml").read_text()
    to = adopt_plain(office, source.replace("satuan: hari", "satuan: jam", 1).encode())
    move(run, to)
    assert run.case.version == to


def test_a_signed_case_ends_on_its_own_version(office):
    signed = revised(
        ("konsep: {nama: Konsep surat,", "konsep: {tanda_tangan: pelaksana, nama: K,")
    )
    run = Run(office, version=adopt_plain(office, signed))
    run.do("a1", "pelaksana")
    refused(run, adopt_plain(office), "sudah memuat kertas bertanda tangan")


def test_a_row_that_waits_for_somebody_outside_waits_on(office, run):
    waiting = {"waits_for": "Dinas Uji", "reason": "rekap belum terbit"}
    task = run.task("a1", "paraf")
    actions.pause(task, **waiting, by=office.kasubbag, at=run.now)
    longer = ANEW.replace(b"jumlah: 1, satuan: hari", b"jumlah: 2, satuan: hari")
    move(run, adopt_plain(office, longer))
    fixed = run.task("b1", "paraf").deadline
    actions.resume(run.task("b1", "paraf"), by=office.kasubbag, at=run.now)
    assert run.task("b1", "paraf").deadline > fixed > task.deadline
    run.do("b1", "kasubbag", part="paraf")
