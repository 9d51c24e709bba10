"""SOPs on paper, as DOCX, XLSX and text, become drafts: nothing lost, nothing invented."""

import re

import pytest

from himpun import sop
from himpun.documents import grids
from himpun.sop import drafting
from himpun.sop.rebuild import rebuild
from himpun.sop.tests.builders import DATA as SOURCES

from . import forms
from .forms import as_docx, as_xlsx, codes, drafted, found, plain, with_step

SOURCE = (SOURCES / "jekulo-teks-sumber.txt").read_bytes()
SEED = sop.check(sop.shipped()["jekulo-pengumpulan-data-kinerja"]).sop
FILES = {"docx": as_docx, "xlsx": as_xlsx}
BOTH = pytest.mark.parametrize("ending", FILES)
TECHNICAL = {"id", "skema", "versi", "sumber", "jenis", "satuan", "nilai", "cara"} | {
    *("penanggung_jawab", "pelaksana", "berikut", "ke", "label", "temuan", "wajib")
}


def texts_of(part):
    """Yield every text of a draft that stands for words on the paper."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key not in TECHNICAL or isinstance(value, list):
                yield from texts_of(value if key != "temuan" else [])
    elif isinstance(part, list):
        for item in part:
            yield from texts_of(item) if isinstance(item, dict | list) else [item]
    elif isinstance(part, str) and part:
        yield part


def squeezed(text):
    return re.sub(r"\s+", " ", str(text)).strip()


def words_of(scan):
    """Return all that stands in a file, each cell in one line."""
    return [squeezed(cell.text) for block in scan.blocks for cell in block.cells]


def accounted(scan, draft):
    """Return the names of cells that are neither in the draft nor in a finding."""
    named = {name for names in draft.places.values() for name in names}
    named |= {name for one in draft.findings for name in one.cells}
    return [
        cell.name
        for block in scan.blocks
        for cell in block.cells
        if (cell.text.strip() or any(cell.numbers) or cell.shapes)
        and cell.name not in named
    ]


def assert_nothing_invented(scan, draft):
    written = words_of(scan)
    labels = [label["label"] for label in draft.tree["pelaksana"]]
    for text in [*texts_of(draft.tree), *texts_of(labels)]:
        if text.startswith("l") and text[1:].isdigit():
            continue  # the id of a step in a list of targets
        assert any(squeezed(text) in cell for cell in written), text


def people(step):
    if isinstance(step, dict):
        return [step["penanggung_jawab"], *(o["pelaksana"] for o in step["bersama"])]
    return [step.penanggung_jawab, *(o.pelaksana for o in step.bersama)]


def asli(value):
    return value.get("asli", value.get("teks")) if isinstance(value, dict) else value


def assert_steps_of_the_seed(draft):
    steps = draft.tree["langkah"]
    assert [step["nomor"] for step in steps] == [1, 2, 3, 4, 5]
    for step, shipped in zip(steps, SEED.langkah, strict=True):
        assert asli(step["kegiatan"]) == shipped.kegiatan.asli
        assert people(step) == people(shipped)
        assert step["jenis"] == shipped.jenis
        assert step["kelengkapan"]["asli"] == shipped.kelengkapan.asli
        assert step["waktu"] == {
            "jumlah": shipped.waktu.jumlah,
            "satuan": shipped.waktu.satuan,
            "asli": shipped.waktu.asli,
        }
        assert step["output"]["asli"] == shipped.output.asli
        assert (step["ket"] or "") == shipped.ket.asli
        assert [step["berikut"]] == [*(shipped.berikut or [None])]


def test_the_seeds_text_gives_the_steps_of_the_shipped_sop():
    draft = drafting.read(grids.read(SOURCE, "sop.txt"), "sop.txt", "0" * 64)
    assert_steps_of_the_seed(draft)


def test_the_seeds_text_can_be_printed_back_from_its_draft():
    draft = drafting.read(grids.read(SOURCE, "sop.txt"), "sop.txt", "0" * 64)
    for step in draft.tree["langkah"]:
        for other in step["bersama"]:
            other["cara"] = "paraf"
    checked = sop.check(drafting.to_yaml(draft.tree))
    assert checked.errors == ()
    assert rebuild(checked.sop).encode() == SOURCE


@BOTH
@pytest.mark.parametrize("how", [{}, {"number_row": True, "second_page": 3}])
def test_the_seed_as_an_office_file_gives_the_same_steps(ending, how):
    scan, draft = forms.read(FILES[ending](forms.seed(), **how), ending)
    assert_steps_of_the_seed(draft)
    assert accounted(scan, draft) == []
    assert_nothing_invented(scan, draft)


@BOTH
def test_the_identity_part_of_the_seed_is_read(ending):
    tree = drafted(forms.seed(), ending).tree
    identity = tree["identitas"]
    assert identity["instansi"] == ["PEMERINTAH KABUPATEN KUDUS", "KECAMATAN JEKULO"]
    assert identity["alamat"].startswith("Jln. Raya")
    assert identity["judul_kop"] == "MEKANISME PENGUMPULAN DATA SAKIP"
    assert identity["nomor"] == "800.1/ 142 /33.01/2020"
    assert identity["tgl_pembuatan"] == {"nilai": "2020-03-02", "asli": "2 Maret 2020"}
    assert identity["disahkan_oleh"] == "CAMAT JEKULO"
    assert identity["nama"] == "SOP Mekanisme Pengumpulan Data"
    assert identity["judul_tabel"] == "SOP PENGUMPULAN DATA KINERJA"
    assert identity["pengesahan"]["tempat"] == "Kudus"
    assert identity["pengesahan"]["pangkat"] == "Pembina Tk. I"
    assert tree["dasar_hukum"] == [law.asli for law in SEED.dasar_hukum]
    assert tree["keterkaitan"] == [other.asli for other in SEED.keterkaitan]
    assert tree["peringatan"] == [text.asli for text in SEED.peringatan]
    assert tree["pencatatan"] == [text.asli for text in SEED.pencatatan]
    assert tree["label"]["pelaksana"] == {"teks": "Pelaksana", "asli": "Pekasanaan"}
    assert tree["label"]["mutu_baku"] == {"teks": "Mutu Baku", "asli": "Mutu Buku"}


@BOTH
@pytest.mark.parametrize("number", ["02", "03"])
def test_sops_of_other_offices_become_drafts_in_which_nothing_is_invented(
    number, ending
):
    form = forms.other_office(number)
    scan, draft = forms.read(FILES[ending](form), ending)
    assert_nothing_invented(scan, draft)
    assert accounted(scan, draft) == []
    steps = draft.tree["langkah"]
    assert [asli(s["kegiatan"]) for s in steps] == [s.activity for s in form.steps]
    assert [s["penanggung_jawab"] for s in steps] == [None] * len(form.steps)
    assert len(found(draft, "D09")) == len(form.steps)


@BOTH
def test_minutes_that_only_the_title_names_are_read_with_a_finding(ending):
    draft = drafted(forms.other_office("02"), ending)
    times = [step["waktu"] for step in draft.tree["langkah"]]
    assert [(t["jumlah"], t["satuan"], t["asli"]) for t in times] == [
        (int(s.time), "menit", s.time) for s in forms.other_office("02").steps
    ]
    assert len(found(draft, "D05")) == len(times)


@BOTH
def test_an_actor_named_only_in_words_is_offered_and_not_taken(ending):
    draft = drafted(forms.other_office("03"), ending)
    asked = {one.di: one.pilihan for one in found(draft, "D09")}
    assert asked["langkah.l2.penanggung_jawab"] == ("Tim",)
    assert len(asked["langkah.l5.penanggung_jawab"]) == 5


@BOTH
def test_an_sop_without_times_and_actors_cannot_be_adopted(ending):
    scan, draft = forms.read(FILES[ending](forms.other_office("04")), ending)
    assert accounted(scan, draft) == []
    assert_nothing_invented(scan, draft)
    count = len(draft.tree["langkah"])
    assert count == 23
    told = drafting.obstacles(draft.tree)
    assert told[0] == "Pelaksana belum ada. Tambahkan kolom pelaksana."
    for step in range(1, count + 1):
        assert sum(f"Langkah {step}: waktu belum ada" in line for line in told) == 1
        assert sum(f"Langkah {step}: pelaksana belum" in line for line in told) == 1
    assert len(told) == 1 + 2 * count
    assert sop.check(drafting.to_yaml(draft.tree)).sop is None


def test_a_completed_draft_has_no_obstacle_and_passes_the_check():
    draft = drafted(plain())
    assert drafting.obstacles(draft.tree) == ()
    assert sop.check(drafting.to_yaml(draft.tree)).errors == ()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda tree: tree.update(id=None),
        lambda tree: tree.update(pelaksana=[]),
        lambda tree: tree.update(langkah=[]),
        lambda tree: tree["langkah"][0].update(kegiatan=None),
        lambda tree: tree["langkah"][0].update(penanggung_jawab=None),
        lambda tree: tree["langkah"][0].update(waktu=None),
        lambda tree: tree["langkah"][1].update(jenis="keputusan", cabang=[]),
        lambda tree: tree["langkah"][0].update(
            bersama=[{"pelaksana": "camat", "cara": None}]
        ),
        lambda tree: tree["langkah"][0].update(berikut="l9"),
    ],
)
def test_what_the_check_refuses_has_a_sentence_in_the_draft(spoil):
    tree = drafted(plain()).tree
    spoil(tree)
    assert sop.check(drafting.to_yaml(tree)).sop is None
    assert drafting.obstacles(tree)


@BOTH
@pytest.mark.parametrize("mark", ["[]", "[ ]", "v", "V", "√", "x", "✓", "●", "○"])
def test_every_sort_of_tick_marks_an_actor_without_a_shape(mark, ending):
    draft = drafted(with_step(marks={"Kasubbag": mark}), ending)
    step = draft.tree["langkah"][1]
    assert (step["penanggung_jawab"], step["jenis"]) == ("kasubbag", "proses")
    assert "D12" in codes(draft)


@BOTH
@pytest.mark.parametrize(
    ("mark", "kind"), [("▭", "proses"), ("◇", "keputusan"), ("⬭", "proses")]
)
def test_a_shape_written_as_a_character_gives_the_kind(mark, kind, ending):
    draft = drafted(with_step(marks={"Kasubbag": mark}), ending)
    assert draft.tree["langkah"][1]["jenis"] == kind
    assert bool(found(draft, "D14")) == (kind == "keputusan")


@BOTH
def test_words_in_the_column_of_an_actor_are_told_and_mark_nobody(ending):
    draft = drafted(with_step(marks={"Kasubbag": "setelah apel"}), ending)
    assert draft.tree["langkah"][1]["penanggung_jawab"] is None
    assert "setelah apel" in found(draft, "D25")[0].masalah


@BOTH
def test_two_actors_in_a_row_are_kept_and_their_roles_asked(ending):
    draft = drafted(with_step(marks={"Staf": "v", "Camat": "paraf"}), ending)
    step = draft.tree["langkah"][1]
    assert step["penanggung_jawab"] == "staf"
    assert step["bersama"] == [{"pelaksana": "camat", "cara": "paraf"}]
    assert found(draft, "D10")[0].di == "langkah.l2.bersama"


def test_actors_written_in_one_column_become_columns():
    steps = [
        forms.Step("1", "Menulis", {"": "Staf"}, "a", "1 jam", "b"),
        forms.Step("2", "Membaca", {"": "Camat, Sekcam"}, "a", "1 jam", "b"),
    ]
    form = plain(actors=("",), steps=tuple(steps))
    draft = drafted(form, "xlsx")
    assert [actor["label"] for actor in draft.tree["pelaksana"]] == [
        "Staf",
        "Camat",
        "Sekcam",
    ]
    assert people(draft.tree["langkah"][1]) == ["camat", "sekcam"]


def test_two_columns_of_one_title_are_two_actors_and_told():
    draft = drafted(plain(actors=("Staf", "Kasubbag", "Kasubbag")), "xlsx")
    ids = [actor["id"] for actor in draft.tree["pelaksana"]]
    assert ids == ["staf", "kasubbag", "kasubbag-2"]
    assert "D11" in codes(draft)


@BOTH
@pytest.mark.parametrize(
    ("remark", "option"),
    [
        ("kembali ke langkah 1", "keputusan dengan hasil ke langkah 1"),
        ("jika tidak lengkap kembali ke no 1", "keputusan dengan hasil ke langkah 1"),
        ("bila perlu", "jadikan keputusan"),
        ("bersamaan dengan kegiatan lain", "jadikan langkah sejajar"),
    ],
)
def test_a_jump_in_words_is_told_and_not_made(remark, option, ending):
    draft = drafted(with_step(remark=remark), ending)
    step = draft.tree["langkah"][1]
    assert (step["berikut"], step["ket"]) == ("l3", remark)
    assert option in found(draft, "D13")[0].pilihan


@BOTH
@pytest.mark.parametrize(
    ("value", "code"), [("31 Februari 2020", "D16"), ("secepatnya", "D16")]
)
def test_an_impossible_date_is_left_out_and_told(value, code, ending):
    form = plain(identity=(("Tanggal Pembuatan", value), ("Nama SOP", "SOP A")))
    draft = drafted(form, ending)
    assert draft.tree["identitas"]["tgl_pembuatan"] is None
    assert value in found(draft, code)[0].masalah


@BOTH
def test_a_nip_of_the_wrong_length_is_kept_and_told(ending):
    form = plain(
        signature=("Contoh, 2 Maret 2020", "CAMAT", "NAMA, SH", "NIP. 0000 00 000 1")
    )
    draft = drafted(form, ending)
    block = draft.tree["identitas"]["pengesahan"]
    assert (block["nama"], block["nip"]) == ("NAMA, SH", "0000 00 000 1")
    assert "10 angka" in found(draft, "D17")[0].masalah


@BOTH
def test_a_hidden_part_is_told_and_not_read(ending):
    def hide(document, _):
        if ending == "xlsx":
            other = document.create_sheet("Lama")
            other.sheet_state = "hidden"
            other["A1"] = "SOP versi lama"
        else:
            from docx.oxml import parse_xml

            space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            document.paragraphs[-1]._p.append(
                parse_xml(
                    f'<w:del xmlns:w="{space}"><w:r><w:delText>SOP versi lama'
                    "</w:delText></w:r></w:del>"
                )
            )

    draft = drafted(plain(), ending, change=hide)
    assert "SOP versi lama" in found(draft, "D19")[0].masalah


def test_a_hidden_row_of_a_sheet_is_read_and_told():
    def hide(_, sheet):
        sheet.row_dimensions[sheet.max_row].hidden = True

    draft = drafted(plain(), "xlsx", change=hide)
    assert len(draft.tree["langkah"]) == 3
    assert found(draft, "D19")


def test_numbers_that_word_counts_itself_are_read():
    def count(document, tables):
        for row in tables[0].rows[2:]:
            row.cells[0].paragraphs[0].style = "List Number"

    steps = tuple(forms.replace(step, number="") for step in plain().steps)
    draft = drafted(plain(steps=steps), change=count)
    assert [step["nomor"] for step in draft.tree["langkah"]] == [1, 2, 3]
    assert "D18" not in codes(draft)


@BOTH
def test_a_number_out_of_line_is_told(ending):
    draft = drafted(with_step(number=2) if ending == "" else _renumbered(), ending)
    assert [step["nomor"] for step in draft.tree["langkah"]] == [1, 2, 2]
    assert found(draft, "D18")


def _renumbered():
    steps = list(plain().steps)
    steps[2] = forms.replace(steps[2], number="2")
    return plain(steps=tuple(steps))


@BOTH
def test_another_sop_in_the_same_file_is_told(ending):
    def add(document, _):
        if ending == "xlsx":
            sheet = document.create_sheet("SOP 2")
            for row in forms.openpyxl.load_workbook(
                forms.io.BytesIO(as_xlsx(plain()))
            ).active.iter_rows(values_only=True):
                sheet.append(row)
        else:
            table = forms._docx_header(document, plain())
            forms._docx_row(table, plain().rows()[0])

    draft = drafted(plain(), ending, change=add)
    assert len(draft.tree["langkah"]) == 3
    assert found(draft, "D21")


def test_a_table_that_goes_on_without_a_header_is_one_table():
    def split(document, tables):
        table = document.add_table(0, plain().width)
        for cells in plain().rows()[1:]:
            forms._docx_row(table, cells)

    form = plain()
    draft = drafted(plain(steps=form.steps[:1]), change=split)
    assert [step["nomor"] for step in draft.tree["langkah"]] == [1, 2, 3]


def test_what_has_no_place_is_named_whole():
    def add(document, _):
        document.add_paragraph("Catatan tangan: harap dipercepat")

    scan, draft = forms.read(as_docx(plain(), change=add))
    assert accounted(scan, draft) == []
    assert "harap dipercepat" in found(draft, "D01")[-1].masalah


def test_a_step_over_merged_rows_gathers_its_cells():
    def merge(_, sheet):
        last = sheet.max_row
        sheet.cell(last + 1, 4, "v")
        sheet.cell(last + 1, 6, "Lampiran")
        for column in "ABCGHI":
            sheet.merge_cells(f"{column}{last}:{column}{last + 1}")

    draft = drafted(plain(), "xlsx", change=merge)
    step = draft.tree["langkah"][2]
    assert len(draft.tree["langkah"]) == 3
    assert people(step) == ["kasubbag", "camat"]
    assert [item["nama"] for item in step["kelengkapan"]["butir"]] == [
        "Konsep",
        "Lampiran",
    ]


def test_the_draft_is_read_back_as_the_same_values():
    odd = "0o7 # 'x': \"y\" - [z]"
    draft = drafted(with_step(remark=odd, needs="10", output="null"))
    step = sop.reading.read(drafting.to_yaml(draft.tree)).tree["langkah"][1]
    assert step["ket"] == odd
    assert step["kelengkapan"]["asli"] == "10"
    assert step["output"]["asli"] == "null"
