"""Drafts of SOPs: who writes them, what is kept, what keeps them from being adopted."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from himpun.organization.tests.builders import WHEN, make_office, make_outsider
from himpun.procedures import actions
from himpun.procedures.models import Draft, ProcedureVersion
from himpun.procedures.queries import adopting, drafts
from himpun.procedures.tests.browsing import Inputs
from himpun.procedures.tests.builders import (
    PLAIN,
    SEED,
    Run,
    adopt_plain,
    adopt_seed,
    crowded_sop,
    start,
)
from himpun.shared.refusals import Conflict, Refusal
from himpun.shared.tests.clock import signed_in
from himpun.sop import editing
from himpun.sop.check import check
from himpun.sop.shipped import shipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
BAD = [
    (b"", "kosong.docx", "kosong"),
    (b"PK\x03\x04 bukan zip", "rusak.docx", ""),
    (b"%PDF-1.7", "sop.pdf", "tidak cocok"),
    (b"a: &x 1\nb: *x\n", "sop.yaml", "Rujukan YAML"),
    (b"[1, 2]", "sop.yaml", "bukan SOP"),
    (b"langkah: [1]", "sop.yml", "id"),
    (b"<!DOCTYPE x><x/>", "sop.bpmn", ""),
]


@pytest.fixture
def office():
    return make_office()


def text(answer):
    return html.unescape(answer.content.decode())


def begun(office, **how):
    return actions.draft_from_file(
        office.unit,
        content=how.pop("content", PLAIN.read_bytes()),
        filename=how.pop("filename", "contoh.yaml"),
        by=how.pop("by", office.kasubbag),
        at=WHEN,
    )


def save(draft, part, step="", *, by, **typed):
    """Save a part as its page would send it with these fields typed."""
    tree = drafts.tree_of(Draft.objects.get(pk=draft.pk))
    seen = editing.stamp(tree, part, step)
    return actions.save_part(draft, part, step, typed, seen=seen, by=by, at=WHEN)


@pytest.mark.parametrize("who", ["kasubbag", "sekcam", "admin"])
def test_kasubbag_sekcam_and_administrator_write_drafts(office, who):
    draft = begun(office, by=getattr(office, who))
    assert draft.state == "draf"
    assert "Draf SOP" in text(signed_in(getattr(office, who)).get("/sop/draf"))


@pytest.mark.parametrize("who", ["pelaksana", "camat", "kasi"])
def test_nobody_else_writes_drafts(office, who):
    person = getattr(office, who)
    with pytest.raises(Refusal, match="Kasubbag atau Sekcam"):
        begun(office, by=person)
    draft = begun(office)
    client = signed_in(person)
    assert client.get("/sop/draf").status_code == 403
    assert client.get(f"/sop/draf/{draft.pk}").status_code == 403
    assert client.get(f"/sop/draf/{draft.pk}/berlakukan").status_code == 403
    assert client.get(f"/sop/draf/{draft.pk}/naskah.yaml").status_code == 403


def test_a_draft_is_not_there_for_another_office(office):
    draft = begun(office)
    stranger = signed_in(make_outsider())
    assert stranger.get(f"/sop/draf/{draft.pk}").status_code == 404


@pytest.mark.parametrize(("content", "name", "why"), BAD)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    office, content, name, why
):
    client = signed_in(office.kasubbag)
    answer = client.post(
        "/sop/draf",
        {
            "way": "berkas",
            "office": office.unit.pk,
            "file": SimpleUploadedFile(name, content),
        },
    )
    assert answer.status_code == 422
    assert "pesan-salah" in text(answer)
    assert why in text(answer)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("way", "more"),
    [
        ("kosong", {}),
        ("templat", {"template": SEED}),
        ("berlaku", {}),
        ("berkas", {"file": True}),
    ],
)
def test_a_draft_begins_in_four_ways(office, way, more):
    version = adopt_seed(office)
    if way == "berlaku":
        more = {"version": version.pk}
    if "file" in more:
        more = {"file": SimpleUploadedFile("a.yaml", PLAIN.read_bytes())}
    client = signed_in(office.kasubbag)
    sent = {"way": way, "office": office.unit.pk, **more}
    answer = client.post("/sop/draf", sent, follow=True)
    assert answer.status_code == 200
    assert Draft.objects.get().origin == way


@pytest.mark.parametrize(
    ("part", "step"),
    [("identitas", ""), ("daftar", ""), ("kantor", ""), ("langkah", "l1")],
)
def test_a_page_sent_back_as_it_was_shown_changes_nothing(office, part, step):
    draft = begun(office, content=shipped()[SEED])
    client = signed_in(office.kasubbag)
    page = f"/sop/draf/{draft.pk}?bagian={part}&langkah={step}"
    answer = client.post(page, Inputs(client.get(page).content.decode()).sent)
    assert answer.status_code == 302, text(answer)
    before = draft.content
    draft.refresh_from_db()
    assert draft.content == before, "not even the layout"


def test_an_unchanged_revision_is_not_adopted_again(office):
    version = adopt_seed(office)
    draft = actions.draft_from_version(version, by=office.kasubbag, at=WHEN)
    with pytest.raises(Refusal, match="Tidak ada perubahan"):
        adopt(draft, office)
    page = text(signed_in(office.kasubbag).get(f"/sop/draf/{draft.pk}/berlakukan"))
    assert "Tidak ada perubahan" in page


def adopt(draft, office, **bindings):
    tree = drafts.tree_of(Draft.objects.get(pk=draft.pk))
    seats = {
        name: [office.position[name]]
        for name in ("pelaksana", "kasubbag", "sekcam", "camat")
    }
    return actions.adopt_draft(
        draft,
        bindings or seats,
        seen=editing.stamp(tree, "yaml"),
        mark="CONTOH",
        by=office.kasubbag,
        at=WHEN,
    )


def test_a_revision_tells_what_it_changes_and_comes_into_force(office):
    version = adopt_plain(office, mark="CONTOH")
    start(office, version=version)
    draft = actions.draft_from_version(version, by=office.kasubbag, at=WHEN)
    client = signed_in(office.kasubbag)
    page = f"/sop/draf/{draft.pk}?bagian=langkah&langkah=a1"
    client.post(page, {**Inputs(text(client.get(page))).sent, "jumlah": "2"})
    address = f"/sop/draf/{draft.pk}/berlakukan"
    shown = text(client.get(address))
    assert "versi 1 yang berlaku" in shown
    assert 'Langkah 1. Waktu: "1 hari" menjadi "2 hari".' in shown
    assert re.search(r'class="beda baru"[^>]* data-sel="waktu"', shown)
    assert "1 kasus sedang berjalan" in shown
    sent = {"terlihat": re.search('terlihat" value="(.*?)"', shown)[1]}
    sent["tanda"] = re.search('name="tanda".*? value="(.*?)"', shown)[1]
    ticked = re.findall(r'name="(jabatan-\w+)" value="(\d+)" checked', shown)
    assert len(ticked) == 4, "as the version before has them"
    for name, seat in ticked:
        sent.setdefault(name, []).append(seat)
    shown = text(client.post(address, sent, follow=True))
    new = ProcedureVersion.objects.get(state="berlaku")
    assert (new.procedure_id, new.number, new.mark) == (
        version.procedure_id,
        2,
        "CONTOH",
    )
    draft.refresh_from_db()
    assert draft.version == new
    assert "1 kasus masih berjalan dengan versi lama" in shown
    assert f'href="/sop/{new.pk}/pindah"' in shown
    assert "/pindah" not in text(signed_in(office.pelaksana).get(f"/sop/{new.pk}"))


def test_seats_are_proposed_by_the_title_of_the_actor_or_of_the_settings(office):
    draft = begun(office)
    title = office.position["sekcam"].title
    save(draft, "kantor", by=office.kasubbag, **{"peran-kasubbag": title.upper()})
    draft.refresh_from_db()
    document = check(draft.content.encode()).sop
    positions = adopting.positions_to_bind(office.unit)
    seats = adopting.proposed_bindings(draft, document, None, positions)
    assert seats["kasubbag"] == {office.position["sekcam"].pk}
    assert seats["pelaksana"] == set()


def test_what_is_carried_to_no_open_line_is_told_before_adoption(office):
    links = "terkait: [{sop: contoh.maju, bawa: {arsip: [m1.tidak-ada]}}]"
    source = PLAIN.read_text().replace("operasional:\n", f"operasional:\n  {links}\n")
    name = adopt_plain(office, source.encode()).procedure.name
    maju = PLAIN.with_name("contoh-maju.yaml").read_bytes()
    draft = begun(office, content=maju)
    (told,) = adopting.broken_links(draft, check(maju).sop)
    assert told.startswith(f"{name} membawa Surat di arsip ke ")
    assert "m1.tidak-ada tidak ada di sana" in told


def test_a_draft_with_missing_parts_is_not_adopted_and_says_each(office):
    draft = actions.blank_draft(office.unit, by=office.sekcam, at=WHEN)
    for _n in range(2):
        actions.change_draft(draft, "langkah-tambah", "", by=office.sekcam, at=WHEN)
    with pytest.raises(Refusal, match="masih ada"):
        adopt(draft, office)
    page = text(signed_in(office.sekcam).get(f"/sop/draf/{draft.pk}/berlakukan"))
    for sentence in (
        "Nama SOP belum ada",
        "Pelaksana belum ada",
        "Langkah 1: kegiatan belum ada",
        "Langkah 2: waktu belum ada",
    ):
        assert sentence in page
    assert "Berlakukan</button>" not in page


def test_an_actor_without_a_position_is_told_and_what_was_ticked_stays(office):
    draft = begun(office)
    client = signed_in(office.kasubbag)
    address = f"/sop/draf/{draft.pk}/berlakukan"
    seen = re.search('terlihat" value="(.*?)"', text(client.get(address)))[1]
    seat = office.position["kasubbag"].pk
    sent = {"terlihat": seen, "jabatan-kasubbag": seat, "tanda": "CONTOH"}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert "belum dihubungkan dengan jabatan" in text(answer)
    assert f'value="{seat}" checked' in text(answer)
    assert 'value="CONTOH"' in text(answer)


def test_nobody_adopts_what_changed_behind_the_page(office):
    draft = begun(office)
    old = editing.stamp(drafts.tree_of(draft), "yaml")
    save(draft, "pelaksana", by=office.sekcam, **{"pelaksana-baru": "Tim"})
    with pytest.raises(Refusal, match="berubah sejak"):
        actions.adopt_draft(draft, {}, seen=old, mark="", by=office.kasubbag, at=WHEN)


def test_a_conflict_overwrites_nothing_and_shows_both(office):
    draft = begun(office)
    client = signed_in(office.kasubbag)
    page = f"/sop/draf/{draft.pk}?bagian=identitas"
    mine = Inputs(client.get(page).content.decode()).sent
    save(draft, "identitas", by=office.sekcam, nama="SOP Nama Sekcam")
    answer = client.post(page, {**mine, "nama": "SOP Nama Kasubbag"})
    assert answer.status_code == 409
    shown = text(answer)
    assert "SOP Nama Sekcam" in shown
    assert "SOP Nama Kasubbag" in shown
    draft.refresh_from_db()
    assert draft.title == "SOP Nama Sekcam"
    again = Inputs(answer.content.decode()).sent
    assert client.post(page, again).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "SOP Nama Kasubbag"


def test_two_people_work_on_two_parts_without_conflict(office):
    draft = begun(office)
    stamps = {
        part: editing.stamp(drafts.tree_of(draft), part)
        for part in ("identitas", "pelaksana")
    }
    for part, typed in (
        ("identitas", {"nama": "SOP Satu"}),
        ("pelaksana", {"pelaksana-baru": "Tim"}),
    ):
        actions.save_part(
            draft, part, "", typed, seen=stamps[part], by=office.kasubbag, at=WHEN
        )
    draft.refresh_from_db()
    assert draft.title == "SOP Satu"
    assert "Tim" in draft.content
    with pytest.raises(Conflict):
        actions.save_part(
            draft,
            "identitas",
            "",
            {},
            seen=stamps["identitas"],
            by=office.kasubbag,
            at=WHEN,
        )


def test_a_wrong_yaml_is_kept_on_the_page_and_not_saved(office):
    draft = begun(office)
    client = signed_in(office.kasubbag)
    page = f"/sop/draf/{draft.pk}?bagian=yaml"
    sent = Inputs(client.get(page).content.decode()).sent
    wrong = sent["isi"] + "\nskema: dua kali\n"
    answer = client.post(page, {**sent, "isi": wrong})
    assert answer.status_code == 422
    assert "skema: dua kali" in text(answer)
    assert "ditulis dua kali" in text(answer)
    last = wrong.splitlines().index("skema: dua kali") + 1
    assert f'<a href="#baris-{last}"' in text(answer)
    assert f'<li id="baris-{last}" class="ditemukan">' in text(answer)
    right = sent["isi"] + "\n# catatan\n"
    assert client.post(page, {**sent, "isi": right}).status_code == 302
    draft.refresh_from_db()
    assert draft.content.endswith("# catatan\n")


def test_a_discarded_draft_stays_and_is_not_changed(office):
    draft = begun(office)
    client = signed_in(office.kasubbag)
    assert client.post(f"/sop/draf/{draft.pk}/buang").status_code == 302
    with pytest.raises(Refusal, match="dibuang"):
        save(draft, "pelaksana", by=office.kasubbag)
    shown = text(client.get(f"/sop/draf/{draft.pk}"))
    assert "tidak dapat diubah" in shown
    assert 'id="kelompok-1" disabled' in shown
    assert client.get(f"/sop/draf/{draft.pk}/berlakukan").status_code == 200


def test_an_sop_that_cannot_be_drawn_says_so(office):
    draft = begun(office, content=crowded_sop())
    page = text(signed_in(office.kasubbag).get(f"/sop/draf/{draft.pk}"))
    assert "paling banyak 600" in page


def test_removing_a_step_tells_what_followed_or_what_still_names_it(office):
    draft = begun(office)
    client = signed_in(office.kasubbag)
    page = f"/sop/draf/{draft.pk}?bagian=langkah&langkah=a1"
    sent = Inputs(client.get(page).content.decode()).sent
    answer = client.post(page, {**sent, "tindakan": "langkah-hapus:a1"}, follow=True)
    assert "masih disebut di Pengaturan kantor: Pengembalian." in text(answer)
    save(draft, "kantor", by=office.kasubbag)
    answer = client.post(page, {**sent, "tindakan": "langkah-hapus:a1"}, follow=True)
    assert 'Hasil keputusan "Tolak" pada langkah 1 kini belum bertujuan' in text(answer)
    assert len(drafts.tree_of(Draft.objects.get())["langkah"]) == 2


def test_a_hostile_text_is_shown_as_text(office):
    draft = begun(office)
    save(draft, "identitas", by=office.kasubbag, nama="<script>alert(1)</script>")
    for part in editing.PARTS:
        answer = signed_in(office.kasubbag).get(f"/sop/draf/{draft.pk}?bagian={part}")
        assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("strange", ["?bagian=x", "?bagian=langkah&langkah=zz", "?x=1"])
def test_a_strange_address_shows_a_page(office, strange):
    draft = begun(office)
    client = signed_in(office.kasubbag)
    assert client.get(f"/sop/draf/{draft.pk}{strange}").status_code == 200


def test_a_draft_adopted_in_the_editor_is_carried_to_its_end(office):
    draft = begun(office)
    seats = {n: [office.position[n]] for n in ("pelaksana", "kasubbag", "camat")}
    version = adopt(draft, office, **seats)
    run = Run(office, version=version)
    assert run.stages()["a1"][0] == "kini"
    client = signed_in(office.kasubbag)
    for file in (f"/sop/draf/{draft.pk}/naskah.yaml", f"/sop/{version.pk}/naskah.yaml"):
        answer = client.get(file)
        assert answer.content.decode() == draft.content, "letter for letter"
        assert "attachment" in answer["Content-Disposition"]
