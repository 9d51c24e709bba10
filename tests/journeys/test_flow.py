"""SOPs that no app knows: jumps, loops, splits, and a revision, in a browser.

Long beside the other journeys: `make soak` carries them out.
"""

import pytest

from tests.journeys.browser import LOOKED, screens_of
from tests.journeys.carrying import Carry
from tests.journeys.flowing import EXAMPLES, Flow, adopt, adopt_files

pytestmark = [pytest.mark.journey, pytest.mark.soak]


@pytest.fixture(scope="module")
def people(october, people_of):
    return people_of(october, "jekulo")


def test_two_quarters_at_once_stand_behind_one_door(people):
    for period in ("Triwulan I 2026", "Triwulan II 2026"):
        carry = Carry(people, period, "jekulo_contoh.csv", "flow")
        carry.to_the_grid()
        carry.submit()
    carry.door("pelaksana", "/isian", "portal/door.html to the entries")
    carry.door("kasubbag", "/verifikasi", "portal/door.html to the verification")


def wait_for_somebody_outside(person, case):
    page = person.open(f"/kasus/{case}")
    person.follow("Menunggu pihak luar")
    page.get_by_label("Yang ditunggu").fill("Dinas Contoh")
    page.get_by_label("Alasan").fill("suratnya belum sampai ke kantor")
    person.looks_right("procedures/pause.html")
    person.press("Hentikan waktu")
    person.looks_right("procedures/case.html waiting")
    person.press("Lanjutkan")
    person.sees("Waktu berjalan lagi.")


NOW, DONE, PASSED = {"kini"}, {"selesai"}, {"dilewati"}


def test_the_form_shows_where_a_jump_a_loop_and_a_split_stand(october, people):
    """SOPs that no app knows: files, outcomes, and the marks in the rows of the form."""
    adopt(october, "maju", "mundur", "sejajar")
    letter = Flow(people, "SOP Surat Masuk")
    wait_for_somebody_outside(people["pelaksana"], letter.number)
    letter.close("pelaksana", file="Surat masuk")
    letter.close("kasubbag", file="Lembar disposisi", outcome="Cukup diarsipkan")
    marks = {"catat": DONE, "telaah": DONE, "jawab": PASSED, "kirim": PASSED}
    assert letter.marks(axe=True) == (marks | {"arsip": NOW}, [1, 2, 3, 4, 5])
    letter.close("pelaksana")

    draft = Flow(people, "SOP Konsep Naskah")
    draft.close("pelaksana", file="Konsep naskah")
    draft.close("kasubbag")
    draft.close("camat", outcome="Perbaiki")
    assert draft.marks() == ({"susun": NOW}, [1])
    people["kasubbag"].sees("putaran 2")
    draft.close("pelaksana", file="Konsep naskah")
    assert draft.marks() == ({"susun": DONE, "teliti": NOW}, [1, 2])
    draft.close("kasubbag")
    draft.close("camat", outcome="Setuju")
    draft.close("pelaksana")

    meeting = Flow(people, "SOP Rapat Koordinasi")
    meeting.close("kasubbag", file="Memo permintaan rapat")
    split = {"mulai": DONE, "undang": NOW, "susun": NOW}
    assert meeting.marks(axe=True) == (split, [1, 2, 3])
    meeting.close("pelaksana", file="Undangan rapat")
    meeting.close("kasubbag", file="Bahan rapat")
    assert meeting.marks()[0]["susun"] == {"selesai", "kini"}
    meeting.close("camat", "Mengetahui")
    meeting.close("camat")
    meeting.close("pelaksana", file="Notula rapat")
    people["pelaksana"].sees("Semua langkah SOP sudah ditutup")


def test_a_revised_sop_is_compared_and_its_case_moved(october, people, tmp_path):
    adopt(october, "bersama")
    flow = Flow(people, "SOP Hitung Kas")
    source = (EXAMPLES / "contoh-bersama.yaml").read_text()
    revised = tmp_path / "revisi.yaml"
    revised.write_text(source.replace("60, satuan: menit", "90, satuan: menit"))
    adopt_files(october, [revised])
    person = people["kasubbag"]
    person.open("/sop").get_by_role("link", name="SOP Hitung Kas").first.click()
    person.follow("Versi lain")
    person.looks_right("procedures/compare.html")
    person.follow("versi 2")
    person.follow("Pindahkan kasus berjalan")
    person.looks_right("procedures/move.html")
    person.page.get_by_label("Pindahkan Tahun 2026").check()
    person.page.get_by_label("Alasan").fill("SOP direvisi tahun ini.")
    person.press("Pindahkan yang dicentang")
    person.sees("Dipindahkan.")
    person.open(f"/kasus/{flow.number}/jejak")
    person.sees("Kasus dipindahkan ke versi SOP yang baru")


def test_a_cause_is_added_to_the_tree_and_taken_away(people):
    person = people["kasubbag"]
    person.open("/pohon-kinerja")
    person.follow("Tambah penyebab Terselenggaranya Musrenbang")
    page = person.page
    page.get_by_label("Kondisi yang ingin dicapai").fill("Surat dijawab (contoh)")
    page.get_by_label("Rumusan indikator lain").fill("Jumlah surat dijawab")
    person.looks_right("planning/node.html added")
    person.press("Simpan")
    person.sees("Kondisi disimpan.")
    person.looks_right("planning/tree.html")
    person.follow("Ubah Surat dijawab (contoh)")
    person.looks_right("planning/node.html changed")
    person.press("Hapus kondisi ini")
    person.sees("Kondisi dihapus dari pohon.")


PASTE = """text => {
  const data = new DataTransfer()
  data.setData('text', text)
  document.activeElement.dispatchEvent(
    new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))
}"""


def block_of_a_sheet_goes_into_the_grid(page):
    """Two lines of two cells, as Excel copies them; Ctrl+Z takes them back."""
    cells = page.locator(".kisi-target tbody tr").all()[:2]
    fields = [row.locator("input.in").nth(n) for row in cells for n in (0, 1)]
    shown = [field.input_value() for field in fields]
    fields[0].focus()
    page.evaluate(PASTE, "91,5\t22\n90\t21,5\n")
    assert [field.input_value() for field in fields] == ["91,5", "22", "90", "21,5"]
    page.keyboard.press("Control+z")
    assert [field.input_value() for field in fields] == shown
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert fields[3].evaluate("field => field === document.activeElement")


def test_an_indicator_is_read_given_targets_and_revised(people):
    person = people["kasubbag"]
    page = person.open("/indikator?tahun=2026")
    person.looks_right("measurement/indicators.html")
    person.follow("Isi target 2026")
    person.looks_right("planning/plan.html")
    block_of_a_sheet_goes_into_the_grid(page)
    person.follow("Batal")
    person.follow("Nilai SAKIP Kecamatan")
    person.looks_right("measurement/indicator.html")
    person.follow("Ubah target 2026")
    person.looks_right("planning/targets.html")
    page.get_by_label("Tahun 2026", exact=True).fill("90,5")
    person.press("Simpan target")
    person.sees("Target disimpan: 1 periode diubah.")
    person.follow("Ubah tempat")
    person.looks_right("planning/place.html")
    person.follow("Batal")
    person.follow("Ubah target 2026")
    page.get_by_role("link", name="Cabut").first.click()
    person.looks_right("collection/withdraw_target.html")
    page.go_back()
    person.follow("Batal")
    person.follow("Buat versi baru")
    person.looks_right("planning/definition.html of a version")
    page.get_by_text("Membetulkan yang lalu").click()
    person.press("Simpan versi baru")
    person.sees("Versi yang sudah dipakai tidak diubah")
    person.open("/indikator/baru")
    page.get_by_label("Nama indikator").fill("Persentase desa tertib")
    person.press("Tambah komponen")
    person.sees("Komponen 3")
    person.looks_right("planning/definition.html")


def test_a_scale_and_a_dimension_are_defined(people):
    person = people["kasubbag"]
    page = person.open("/indikator?tahun=2026")
    person.follow("Skala")
    person.looks_right("planning/scales.html")
    person.follow("Skala peringkat baru")
    person.looks_right("planning/scale_form.html")
    page.get_by_label("Nama skala").fill("Skala contoh")
    page.get_by_label("Dasar hukum atau sumber").fill("Contoh")
    for label, text in (
        ("Peringkat, baris 1", "Baik"),
        ("Mulai, baris 1", "91"),
        ("Peringkat, baris 2", "Kurang"),
        ("Sampai di bawah, baris 2", "90"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    person.press("Simpan skala")
    person.sees("Ada celah")
    person.looks_right("planning/scale_form.html refused")
    page.get_by_label("Sampai di bawah, baris 2", exact=True).fill("91")
    person.press("Simpan skala")
    person.sees("Skala Skala contoh versi 1 disimpan.")
    person.open("/indikator?tahun=2026")
    person.follow("Pemilahan")
    page.get_by_label("Nama pemilahan").fill("Jenis kelamin")
    page.get_by_label("Pilihan, satu per baris").fill("Laki-laki\nPerempuan")
    person.press("Simpan pemilahan")
    person.looks_right("planning/dimensions.html")


def money_of_the_year(person, kasubbag):
    person.open("/anggaran?tahun=2026")
    person.follow("Isi realisasi")
    person.looks_right("planning/money_grid.html realisasi")
    first = person.page.locator(".kisi-uang input.in").first
    first.fill("2.600.000")
    person.page.get_by_label("Asal angka").fill("SPJ (contoh)")
    person.press("Periksa")
    person.sees("melebihi pagu Rp2.500.000")
    first.fill("1.250.000")
    person.press("Simpan anggaran")
    person.sees("Anggaran disimpan: 1 angka diubah.")
    person.looks_right("planning/money.html")
    kasubbag.open("/anggaran/pagu?tahun=2026")
    kasubbag.looks_right("planning/money_grid.html pagu")
    kasubbag.open("/anggaran/program?tahun=2026")
    kasubbag.page.get_by_label("Program, kegiatan, dan sub kegiatan").fill("7.01.1")
    kasubbag.press("Simpan program")
    kasubbag.sees("Baris 1: Kode 7.01.1 tidak lengkap")
    kasubbag.looks_right("planning/programmes.html")


def test_a_year_is_promised_and_its_money_followed(october, people_of, people):
    person = people["kasubbag"]
    treasurer = people_of(october, "jekulo", ("bendahara",))["bendahara"]
    money_of_the_year(treasurer, person)
    page = person.open("/indikator/target?tahun=2026")
    page.get_by_label("T1, Tahun 2026", exact=True).fill("91")
    person.press("Simpan target")
    person.open("/rencana?tahun=2026")
    person.looks_right("planning/reading.html renstra")
    person.follow("IKU")
    person.looks_right("planning/reading.html iku")
    person.open("/perjanjian-kinerja?tahun=2026")
    person.follow("Buat Perjanjian Kinerja")
    person.looks_right("planning/agreement_form.html")
    first = "Sekretaris Kecamatan Jekulo"  # the Camat's is in the demo
    page.get_by_label("Pihak pertama", exact=True).select_option(label=first)
    page.get_by_label("Pihak kedua").select_option(label="Camat Jekulo")
    for other in page.locator("#id_indicators input").all()[1:]:
        other.uncheck()
    person.press("Simpan perjanjian")
    person.sees("disimpan sebagai versi 1")
    person.follow("Isi rencana aksi")
    person.looks_right("planning/steps.html")
    page.get_by_label("Indeks Kepuasan Masyarakat, Triwulan IV 2026, Kegiatan").fill(
        "Survei pelanggan (contoh)"
    )
    for number in ("I", "II", "III"):
        line = f"Indeks Kepuasan Masyarakat, Triwulan {number} 2026, Target"
        page.get_by_label(line).fill("")
    person.press("Simpan rencana aksi")
    person.sees("Rencana aksi disimpan.")
    person.looks_right("planning/agreement.html")
    person.follow("Ubah perjanjian")
    person.press("Simpan versi baru")
    person.sees("Pilih salah satu.")
    page.get_by_label("Perubahan strategi").check()
    page.get_by_label("Tempat").fill("Jekulo")
    person.looks_right("planning/agreement_form.html revised")
    person.press("Simpan versi baru")
    person.sees("disimpan sebagai versi 2")
    person.follow("Perjanjian Kinerja", within=page.locator("main"))
    person.looks_right("planning/agreements.html")


def test_a_renstra_is_changed_and_the_rkt_and_iku_follow(people):
    person = people["kasubbag"]
    page = person.open("/rencana?tahun=2026")
    person.follow("Susun Renstra masa berikutnya")
    person.looks_right("planning/renstra_start.html")
    person.follow("Batal")
    person.open("/rencana?tahun=2026")
    person.follow("Mulai perubahan")
    person.looks_right("planning/renstra_start.html of a change")
    page.get_by_label("Peraturan atau dokumen asal").fill("Perbup 3/2026 (contoh)")
    person.press("Mulai konsep")
    person.looks_right("planning/renstra_draft.html")
    person.follow("Ubah S1")
    person.looks_right("planning/renstra_part.html sasaran")
    page.get_by_label("Sasaran", exact=True).fill("Akuntabilitas naik (contoh)")
    person.press("Simpan ke konsep")
    person.sees("Konsep disimpan.")
    person.follow("Ubah  PROGRAM KOORDINASI KETENTRAMAN")
    person.looks_right("planning/renstra_part.html program")
    page.get_by_label("2027", exact=True).fill("4.000.000")
    person.press("Simpan ke konsep")
    person.follow("Berlakukan")
    person.sees("tahun 2027 diubah dari Rp3.802.000 menjadi Rp4.000.000")
    person.looks_right("planning/renstra_enact.html")
    page.get_by_label("Ditetapkan dengan").fill("Perbup 3/2026 (contoh)")
    page.get_by_label("Sudah saya periksa").check()
    person.press("Berlakukan Renstra")
    person.sees("Renstra diberlakukan.")
    person.follow("RKT")
    person.follow("Ubah RKT")
    person.looks_right("planning/annual_plan_form.html")
    page.get_by_label("Asal").fill("Renja 2026 (contoh)")
    person.press("Simpan versi baru")
    person.sees("RKT disimpan sebagai versi 2.")
    person.looks_right("planning/reading.html rkt")
    person.follow("IKU")
    person.follow("Tetapkan IKU")
    person.looks_right("planning/indicator_set_form.html")
    page.get_by_label("Nomor keputusan").fill("Keputusan 188/7/2026 (contoh)")
    person.press("Simpan penetapan")
    person.sees("Penetapan IKU disimpan.")


def test_a_plan_is_checked_before_it_is_brought_in(people):
    def send(value):
        table = f"kode,jenis,sumber,2031\n{code},target,PK (contoh),{value}\n"
        sheet = {"name": "target.csv", "mimeType": "text/csv"}
        field = page.get_by_label("Berkas rencana")
        field.set_input_files({**sheet, "buffer": table.encode()})
        person.press("Periksa berkas")

    person = people["kasubbag"]
    page = person.open("/indikator?tahun=2026")
    code = page.locator("td.kode").first.inner_text()
    person.follow("Impor")
    person.looks_right("planning/import.html")
    send("89.3405.300")
    person.looks_right("planning/import.html refused")
    send("91")
    person.looks_right("planning/import.html checked")
    person.press("Terapkan")
    person.sees("Rencana disimpan: 1 baru, 0 diperbarui, 0 sama.")


def test_axe_looked_at_every_screen_of_the_flow():
    assert screens_of("flow") - LOOKED == set()
