"""The six systems: the issued SOP and five templates that nobody has signed."""

import pytest

from himpun.sop.check import check
from himpun.sop.document import fingerprint
from himpun.sop.drawing import layout
from himpun.sop.drawing.tests import measuring
from himpun.sop.drawing.tests.builders import width
from himpun.sop.plan import plan
from himpun.sop.shipped import mark_of, name_of, shipped

from .builders import SEED, codes, edited, seed_sop

SOPS = {name: check(source).sop for name, source in shipped().items()}
BY_ID = {sop.id: sop for sop in SOPS.values()}
TEMPLATES = [sop for sop in SOPS.values() if sop.id.startswith("templat.")]


PROPOSED = "SOP Penyusunan Perjanjian Kinerja"
"""Proposed by us alone: the issued SOP does not name it beside itself."""


def test_the_six_systems_are_shipped():
    assert [*shipped()] == [
        "jekulo-pengumpulan-data-kinerja",
        "templat-laporan-capaian-kinerja",
        "templat-pembuatan-lkjip",
        "templat-penyusunan-perjanjian-kinerja",
        "templat-penyusunan-rkt",
        "templat-penyusunan-sakip",
    ]
    named = {row.teks for row in seed_sop().keterkaitan}
    assert {sop.identitas.nama.teks for sop in TEMPLATES} == {*named, PROPOSED}


@pytest.mark.parametrize("name", SOPS)
def test_a_shipped_sop_has_no_error_and_lacks_only_its_date(name):
    assert [found.code for found in check(shipped()[name]).findings] == ["W02"]


@pytest.mark.parametrize("sop", TEMPLATES, ids=lambda sop: sop.id)
def test_a_template_names_nobody_and_leaves_every_proposal_to_be_confirmed(sop):
    identity = sop.identitas
    signed = identity.pengesahan
    assert not any((identity.instansi, identity.nomor, identity.tgl_pembuatan))
    assert not any((identity.tgl_efektif, signed.nama, signed.nip, signed.tanggal))
    assert {found.status for found in sop.temuan} == {"perlu-konfirmasi"}
    assert {"T-IDENTITAS", "T-PELAKSANA", "T-WAKTU"} <= {t.id for t in sop.temuan}
    assert mark_of(sop) == "TEMPLAT, perlu disahkan"


def test_a_template_is_named_by_its_id():
    assert name_of("templat.pembuatan-lkjip") == "SOP Pembuatan LKJIP"
    assert name_of("kantor.lain") == "kantor.lain"


def test_the_mark_goes_when_the_office_gives_a_number():
    [sop] = [s for s in TEMPLATES if s.id == "templat.penyusunan-rkt"]
    numbered = sop.identitas.model_copy(update={"nomor": "065/12"})
    assert mark_of(sop.model_copy(update={"identitas": numbered})) == ""
    assert mark_of(seed_sop()) == ""


@pytest.mark.parametrize("sop", TEMPLATES, ids=lambda sop: sop.id)
def test_a_template_is_drawn_without_fault_and_without_crossings(sop):
    pages = layout(sop, width)
    assert measuring.all_faults(sop, pages) == []
    assert sum(measuring.crossings(page) for page in pages if page.symbols) == 0


def test_what_one_system_hands_on_is_an_item_that_the_next_one_needs():
    links = [(sop, link) for sop in SOPS.values() for link in sop.operasional.terkait]
    assert len(links) == 11
    for _sop, link in links:
        items = {
            f"{step.id}.{item.id}": item
            for step in BY_ID[link.sop].langkah
            for item in step.kelengkapan.butir
        }
        for path in (path for paths in link.bawa.values() for path in paths):
            assert items[path].dari is None


def test_one_case_leads_to_the_next_up_to_the_frame_of_the_year():
    starts = {
        sop.id: [link.sop for link in sop.operasional.terkait if link.mulai]
        for sop in SOPS.values()
    }
    assert starts == {
        "jekulo.pengumpulan-data-kinerja": ["templat.laporan-capaian-kinerja"],
        "templat.laporan-capaian-kinerja": ["templat.pembuatan-lkjip"],
        "templat.pembuatan-lkjip": ["templat.penyusunan-sakip"],
        "templat.penyusunan-perjanjian-kinerja": [],
        "templat.penyusunan-rkt": [],
        "templat.penyusunan-sakip": [],
    }


def test_links_are_settings_and_leave_the_signed_document_as_it_is():
    before, _, links = SEED.rpartition("  terkait:")
    bare = check(before).sop
    assert links
    assert bare.operasional.terkait == ()
    assert fingerprint(bare) == fingerprint(seed_sop())
    assert plan(bare).links == ()
    [link] = plan(seed_sop()).links
    assert (link.starts, link.period) == (True, None)
    assert [(c.artefact, c.step, c.item) for c in link.carries] == [
        ("laporan-ttd", "l1", "laporan-kinerja"),
        ("laporan-kumpul", "l1", "laporan-kumpul"),
    ]


LINK = "{sop: templat.laporan-capaian-kinerja, mulai: true, bawa: {laporan-ttd: ["
NEXT, OWN = "templat.laporan-capaian-kinerja", "jekulo.pengumpulan-data-kinerja"
WRONG = {
    "an artefact that is not there": ("laporan-ttd: [l1.", "hilang: [l1.", "E11"),
    "the SOP itself": (f"sop: {NEXT}", f"sop: {OWN}", "E12"),
    "an SOP twice": (LINK, f"{{sop: {NEXT}, mulai: true}}\n    - {LINK}", "E15"),
    "a link that does nothing": (LINK, f"{{sop: x}}\n    - {LINK}", "E15"),
    "a period without a start": (
        LINK,
        f"{{sop: x, periode: tahun, bawa: {{laporan-ttd: [a.b]}}}}\n    - {LINK}",
        "E15",
    ),
    "an item without its step": ("l1.laporan-kumpul]", "laporan-kumpul]", "E15"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_link_that_cannot_hold_is_refused(case):
    old, new, code = WRONG[case]
    checked = check(edited(old, new))
    assert codes(checked) == [code]
    assert "terkait" in checked.errors[0].path
