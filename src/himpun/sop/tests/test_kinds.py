"""The work of a step is seen in what flows through it, never in its name."""

import pytest

from himpun.sop.check import check
from himpun.sop.kinds import Work, work_of
from himpun.sop.plan import plan
from himpun.sop.shipped import shipped

from .builders import (
    OTHER_OFFICE,
    SEED,
    edited,
    needs,
    seed_sop,
    sop_of,
    source_of,
    step,
    yields,
)


def works(text):
    return {
        name: tuple(w.value for w in w_)
        for name, w_ in work_of(plan(sop_of(text))).items()
    }


def test_the_seed_asks_for_every_kind():
    assert work_of(plan(seed_sop())) == {
        "l1": (Work.PROPOSAL,),
        "l2": (Work.EVALUATION,),
        "l3": (Work.COLLECTION, Work.REPORT, Work.PER_UNIT),
        "l4": (Work.SIGNATURE,),
        "l5": (Work.DELIVERY,),
    }


def test_ids_and_words_play_no_part():
    text = SEED
    for old, new in {"l1": "satu", "l2": "dua", "l3": "tiga", "l4": "empat"}.items():
        for before, behind in (
            (": ", "\n"),
            (": ", ","),
            ("{butir: ", "."),
            (" ", ": {"),
        ):
            text = text.replace(before + old + behind, before + new + behind)
    text = text.replace("data-awal", "usul").replace("laporan-ttd", "x-y")
    assert list(works(text).values()) == list(works(SEED).values())
    assert list(works(text)) == ["satu", "dua", "tiga", "empat", "l5"]


def test_without_settings_nothing_is_collected_or_delivered():
    text = edited("verifikasi: {pada: l3, oleh: kasubbag}", "verifikasi: null")
    text = edited("tembusan: {l5: [kasubbag, sekcam]}", "tembusan: {}", text=text)
    assert works(text) == {"l1": (), "l2": (), "l3": ("per-unit",), "l4": (), "l5": ()}


def test_without_a_signature_a_document_is_no_report():
    text = edited(", tanda_tangan: camat", "")
    assert works(text)["l3"] == ("pengumpulan", "per-unit")
    assert works(text)["l4"] == ()


def test_a_signature_of_someone_else_is_no_work_of_this_step():
    text = edited("tanda_tangan: camat", "tanda_tangan: sekcam")
    assert works(text)["l4"] == ()


def test_a_set_of_data_out_of_a_set_of_data_is_evaluated_not_proposed():
    text = edited(
        "dari: data-awal}", "dari: data-awal}, {id: lain, nama: Lain, wajib: false}"
    )
    assert works(text)["l2"] == ("evaluasi",)
    text = edited(", dari: data-awal}", "}")
    assert works(text)["l2"] == ("usulan",)


def test_an_office_that_collects_no_values_has_plain_steps_only():
    assert works(OTHER_OFFICE) == {"terima": (), "periksa": (), "serah": ()}


def test_the_same_office_with_a_verifier_has_a_report_and_a_signature():
    verified = "operasional:\n  verifikasi: {pada: terima, oleh: kabid}\n"
    assert works(OTHER_OFFICE + verified) == {
        "terima": ("pengumpulan", "laporan"),
        "periksa": ("tanda-tangan",),
        "serah": (),
    }


RKT = shipped()["templat-penyusunan-rkt"].decode()


def test_a_paper_of_the_plan_is_made_in_one_step_and_signed_in_another():
    assert works(RKT) == {
        "l1": (),
        "l2": ("laporan",),
        "l3": (),
        "l4": ("tanda-tangan",),
        "l5": (),
    }


def test_without_the_setting_the_plan_is_a_file():
    text = edited("kertas: {konsep: rkt, rkt-ttd: rkt}", "kertas: {}", text=RKT)
    assert set(works(text).values()) == {()}


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("kertas: {konsep:", "kertas: {lain:", "E11", "yang tidak ada"),
        ("kertas: {konsep: rkt, ", "kertas: {", "E12", "satu dokumen konsep"),
        (
            "kertas: {konsep: rkt,",
            "kertas: {konsep: perjanjian-kinerja,",
            "E12",
            "kertas yang sama",
        ),
        ("kertas: {konsep:", "kertas: {tanda-terima:", "E12", "sebelum langkah"),
        ("tanda_tangan: camat", "tanda_tangan: sekcam", "E12", "pelaksana langkah"),
        (
            "kertas: {",
            "verifikasi: {pada: l2, oleh: sekcam}\n  kertas: {",
            "E12",
            "SOP sendiri",
        ),
        (
            "{teks: Konsep RKT, artefak: [konsep]}",
            "{teks: Konsep RKT, artefak: [konsep, bahan]}",
            "E12",
            "satu-satunya",
        ),
    ],
)
def test_papers_of_the_plan_that_could_not_be_made_are_refused(old, new, code, words):
    found = check(edited(old, new, text=RKT)).findings
    assert [str(f.sentence) for f in found if f.code == code and words in f.sentence]


def test_a_document_made_after_the_signature_is_no_report_even_in_a_loop():
    steps = [
        step("a", ["b"], kind="mulai", output=yields("konsep")),
        step("b", ["c"], kelengkapan=needs(konsep="konsep"), output=yields("surat")),
        step("c", {"Ya": "d", "Tidak": "a"}, output=yields("catatan")),
        step("d", kind="selesai"),
    ]
    verified = {"pada": "a", "oleh": "petugas"}
    text = source_of(
        steps, artefacts=("konsep", "surat", "catatan"), verifikasi=verified
    ).replace('"nama": "surat",', '"nama": "surat", "tanda_tangan": "petugas",')
    assert works(text) == {
        "a": ("pengumpulan", "laporan"),
        "b": ("tanda-tangan",),
        "c": (),
        "d": (),
    }


def test_a_document_that_someone_signs_is_no_report():
    text = edited(
        "formulir: {nama: Formulir peminjaman, jenis: dokumen, bentuk: [cetak]}",
        "formulir: {nama: Formulir peminjaman, jenis: dokumen, bentuk: [cetak],"
        " tanda_tangan: kabid}",
        text=OTHER_OFFICE,
    )
    assert works(text)["terima"] == ()
