"""What the people of an office do in a case, screen by screen, as they would."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from tests.journeys.browser import LOOKED, screens_of

DATA = Path(__file__).parent / "data"
PASSPHRASE = "frasa sandi peragaan 2025"


def example(name):
    """Return a file that says of itself that it is an example."""
    text = f"CONTOH, dibuat untuk peragaan\r\n{name}\r\n"
    return {
        "name": f"contoh {name}.csv",
        "mimeType": "text/csv",
        "buffer": text.encode(),
    }


def number(text):
    """Return a figure as a number, however many decimals it is shown with."""
    return Decimal(text.replace(",", "."))


@dataclass
class Carry:
    """One case on its way through the SOP.

    ``period`` as the start page offers it, ``table`` the CSV with the figures,
    ``journey`` whose screens of screens.toml axe looks at, each once; "" for none.
    """

    people: dict
    period: str
    table: str
    journey: str = ""
    number: int = 0
    rows: list = field(default_factory=list)

    def __post_init__(self):
        text = (DATA / self.table).read_text()
        self.rows = list(csv.DictReader(text.splitlines(), delimiter=";"))

    @property
    def block(self):
        """The table as it lies in the clipboard after copying it from a spreadsheet."""
        return (DATA / self.table).read_text().replace(";", "\t")

    @property
    def figures(self):
        """Indicator -> figure as typed."""
        column = next(name for name in self.rows[0] if name.startswith("Realisasi"))
        return {row["Indikator"]: row[column] for row in self.rows}

    def open(self, who, page=""):
        """Let somebody go to a page of the case."""
        person = self.people[who]
        person.open(f"/kasus/{self.number}{page}")
        return person

    def due(self, screen):
        """Tell whether this journey still has to look at a screen."""
        return screen in screens_of(self.journey) - LOOKED

    def look(self, person, screen):
        """Let axe look at a screen, when this journey has to and did not yet."""
        if self.due(screen):
            person.looks_right(screen)

    def close(self, who, word="Tutup langkah"):
        """Close the open task of a step."""
        if word == "Paraf":
            self.look_back(who)
        person = self.open(who)
        person.press(word)
        person.sees("Tugas ditutup")

    def to_the_grid(self):
        """Carry the case through steps 1 and 2, and put the figures of step 3 in."""
        self.start()
        self.attach()
        self.propose()
        self.close_first()
        self.name_team()
        self.evaluate()
        self.close_second()
        self.request()
        self.paste()
        self.prove()

    def look_back(self, who):
        """Look at the form that would send the work back, and leave it."""
        if self.due("procedures/return.html"):
            person = self.open(who)
            person.follow("Kembalikan")
            self.look(person, "procedures/return.html")

    def home(self, who, screen):
        """Look at somebody's home page while a task waits there."""
        person = self.people[who]
        person.open("/")
        self.look(person, screen)

    def door(self, who, path, screen):
        """Look at the menu's way to several cases."""
        person = self.people[who]
        person.open(path)
        self.look(person, screen)

    def form(self, who):
        """Look at every part of the official form while the case runs."""
        person = self.people[who]
        person.open("/sop")
        self.look(person, "procedures/sops.html")
        person.follow("SOP Mekanisme Pengumpulan Data")
        address = person.page.url.partition("?")[0]
        self.sop = address.rpartition("/")[2]
        for part in ("bagan", "identitas", "kasus", "temuan"):
            person.page.goto(f"{address}?bagian={part}")
            self.look(person, f"procedures/sop.html {part}")

    def around(self):
        """Look at what Kasubbag may do beside the case: remind, cancel, go astray."""
        person = self.open("kasubbag")
        person.follow("Ingatkan")
        self.look(person, "procedures/remind.html")
        person.press("Kirim pemberitahuan")
        person.sees("orang diberi tahu")
        person.open(f"/kasus/{self.number}/batal")
        self.look(person, "procedures/cancel.html")
        assert person.page.goto("/kasus/999999").status == 404
        self.look(person, "portal/error.html 404")
        assert person.page.goto("/pengaturan").status == 403
        self.look(person, "portal/error.html 403")
        person = self.people["pelaksana"]
        assert person.page.goto("/kasus/mulai").status == 403
        self.look(person, "shared/refused.html")

    def stand_in(self):
        """Look at who may hand the task on, who is away, who acts for whom."""
        person = self.open("sekcam")
        person.follow("Alihkan")
        self.look(person, "procedures/assign.html")
        person = self.people["pelaksana"]
        person.open("/kalender")
        self.look(person, "portal/calendar.html read")
        person.open("/penggantian/tidak-hadir")
        self.look(person, "portal/standing_in_form.html absence")
        person.page.get_by_label("Jenis").select_option("dinas-luar")
        person.press("Simpan")
        person.sees("Ketidakhadiran dicatat")
        person.open("/penggantian/limpahkan")
        self.look(person, "portal/standing_in_form.html mandate")
        person.page.get_by_label("Dilimpahkan kepada").select_option(index=1)
        person.press("Limpahkan")
        person.sees("Tugas dilimpahkan")
        self.look(person, "portal/standing_in.html")
        person.press("Cabut")
        person.sees("Pelimpahan dicabut")
        person.press("Batalkan")
        person.sees("Catatan dibatalkan")

    def look_forward(self, who):
        """Look at the form that would take back what one has just closed."""
        if self.due("procedures/withdraw.html"):
            person = self.open(who)
            person.follow("Tarik kembali")
            self.look(person, "procedures/withdraw.html")

    # Step 1

    def start(self):
        """Kasubbag opens the case."""
        person = self.people["kasubbag"]
        person.open("/kasus/mulai")
        person.page.get_by_label("Periode").select_option(label=self.period)
        self.look(person, "procedures/start.html")
        person.press("Mulai kasus")
        person.sees("Kasus dibuka")
        self.number = int(re.search(r"/kasus/(\d+)", person.page.url)[1])

    def attach(self):
        """Pelaksana attaches a file to every open line of the step."""
        person = self.open("pelaksana")
        lines = person.page.locator("li[id^=butir-]:has(.tanda.belum)")
        lines = lines.filter(has_text="Lampirkan berkas")
        while count := lines.count():
            line = lines.first
            name = line.locator(".tebal").inner_text()
            line.get_by_text("Lampirkan berkas").click()
            line.locator("input[type=file]").set_input_files(example(name))
            person.press("Lampirkan", within=line)
            person.sees(f"Berkas terlampir pada: {name}")
            assert lines.count() == count - 1
        self.look(person, "procedures/case.html step 1")

    def propose(self):
        """Pelaksana proposes a first figure for every indicator."""
        person = self.open("pelaksana", "/usulan")
        for name, figure in self.figures.items():
            row = person.page.get_by_role("group", name=name)
            row.get_by_label("Angka usulan").fill(figure)
            row.get_by_label("Laporan yang menjadi dasar").fill("Laporan (contoh)")
        person.press("Simpan usulan")
        person.sees("Usulan tersimpan")
        self.look(person, "collection/proposals.html")

    def close_first(self):
        """Pelaksana closes step 1, Kasubbag initials it."""
        self.close("pelaksana")
        self.close("kasubbag", "Paraf")

    # Step 2

    def name_team(self):
        """Kasubbag names a new collection team."""
        person = self.open("kasubbag", "/evaluasi")
        page = person.page
        page.get_by_label("Tim baru").check()
        page.get_by_label("Nama tim").fill("Tim Pengumpul Data Kinerja (contoh)")
        for name in ("Pelaksana Perencanaan", "Kasi Tata Pemerintahan"):
            page.get_by_role("group", name="Anggota").get_by_label(name).check()
        person.press("Tetapkan tim")
        person.sees("Tim pengumpul data ditetapkan")

    def evaluate(self):
        """Kasubbag judges every proposal."""
        person = self.open("kasubbag", "/evaluasi")
        for name in self.figures:
            row = person.page.get_by_role("group", name=f"Penilaian {name}")
            row.get_by_text("Cukup").click()
        person.press("Simpan penilaian")
        person.sees("Penilaian tersimpan")
        self.look(person, "collection/evaluation.html")

    def close_second(self):
        """Kasubbag closes step 2, Sekcam initials it."""
        self.close("kasubbag")
        self.close("sekcam", "Paraf")

    # Step 3

    def request(self):
        """Pelaksana sends the requests and notes that the data came in."""
        person = self.open("pelaksana", "/rencana")
        person.press(re.compile("permintaan terkirim"))
        person.sees("permintaan tercatat dikirim")
        page = person.page
        for box in page.get_by_role("checkbox").all():
            box.check()
        page.get_by_label("Diterima lewat").fill("WhatsApp (contoh)")
        self.look(person, "collection/plan.html")
        person.press("Catat diterima")
        person.sees("unit tercatat diterima")

    def paste(self):
        """Pelaksana pastes the block from the spreadsheet and confirms the preview."""
        person = self.open("pelaksana", "/isian")
        page = person.page
        first = page.get_by_role("textbox", name=next(iter(self.figures)))
        first.click()
        page.evaluate("text => navigator.clipboard.writeText(text)", self.block)
        page.keyboard.press("Control+V")
        dialog = page.get_by_role("dialog")
        dialog.get_by_text("Periksa sebelum ditempel").wait_for()
        self.look(person, "collection/paste.html over the grid")
        person.press(f"Tempel {len(self.figures)} baris", within=dialog)
        person.sees(f"{len(self.figures)} isian ditempel")
        stored = {
            name: page.get_by_role("textbox", name=name).input_value()
            for name in self.figures
        }
        assert {n: number(v) for n, v in stored.items()} == {
            n: number(v) for n, v in self.figures.items()
        }

    def cell(self, name):
        """Return the field of an indicator in the grid that the Pelaksana has open."""
        return self.people["pelaksana"].page.get_by_role("textbox", name=name)

    def chip(self, text):
        """Wait until the grid says this of what is saved."""
        page = self.people["pelaksana"].page
        page.locator("#chip-teks", has_text=text).wait_for()

    def mistype(self, name, wrong):
        """Pelaksana types a wrong figure over a pasted one; it is saved by itself."""
        self.open("pelaksana", "/isian")
        self.cell(name).fill(wrong)
        self.cell(name).press("Enter")
        self.chip("Semua tersimpan")

    def prove(self):
        """Pelaksana adds a file to every value."""
        person = self.open("pelaksana", "/isian")
        link = person.page.get_by_role("link", name="Lampirkan")
        pages = {n: link.filter(has_text=n).get_attribute("href") for n in self.figures}
        for name, address in pages.items():
            person.open(address)
            person.page.get_by_label("Tambah berkas").set_input_files(example(name))
            person.press("Simpan berkas")
            person.sees("Data dukung tersimpan")
            self.look(person, "collection/evidence.html")

    def submit(self):
        """Pelaksana sends the values to the verifier."""
        person = self.open("pelaksana", "/isian")
        self.look(person, "collection/entries.html")
        person.press("Kirim ke Kasubbag")
        person.sees("isian dikirim ke Kasubbag")

    def give_back(self, name, why):
        """Kasubbag returns one value with a reason."""
        person = self.open("kasubbag", "/verifikasi")
        self.look(person, "collection/verify.html")
        person.follow(f"Kembalikan {name}")
        row = person.page.locator("tr.alasan")
        row.get_by_text("Angka tidak cocok dengan bukti.").click()
        row.get_by_role("textbox", name="Penjelasan").fill(why)
        self.look(person, "collection/verify.html returning")
        person.press("Kembalikan", within=row)
        person.sees("Nilai dikembalikan dengan alasan")

    def correct(self, name):
        """Pelaksana types the right figure and, at once, presses the button that sends."""
        person = self.open("pelaksana", "/isian?saring=perbaiki")
        self.look(person, "collection/entries.html returned")
        self.cell(name).fill(self.figures[name])
        person.press("Kirim ke Kasubbag")
        person.sees("1 isian dikirim ke Kasubbag")

    def accept(self):
        """Kasubbag accepts what fits."""
        person = self.open("kasubbag", "/verifikasi")
        person.press(re.compile(r"Terima \d+ yang sesuai"))
        person.sees("nilai diterima")

    def make_papers(self, version=1):
        """Pelaksana makes Rekapitulasi and Laporan Kinerja and ticks the print."""
        person = self.open("pelaksana", "/laporan")
        for paper in ("Rekapitulasi", "Laporan Kinerja"):
            person.press(re.compile(f"^Buat.*: {paper}"))
            person.sees(re.compile(f"{paper}.* versi {version} dibuat"))
        person.press(f"Tandai versi {version} sudah dicetak")
        person.sees("ditandai tercetak")
        self.look(person, "reporting/papers.html")

    def close_third(self):
        """Pelaksana closes step 3, Sekcam initials it."""
        self.close("pelaksana")
        self.close("sekcam", "Paraf")

    # Step 4

    def return_report(self, name, why):
        """Camat returns the report to step 3 on the telephone, with one wrong value."""
        person = self.open("camat", "/tanda-tangan")
        person.follow("Kembalikan")
        page = person.page
        page.get_by_label("Kembalikan ke").locator(
            "option", has_text="Langkah 3"
        ).wait_for(state="attached")
        page.get_by_role("checkbox", name=name).check()
        page.get_by_label("Alasan").fill(why)
        self.look(person, "reporting/return.html")
        person.press("Kembalikan")
        person.sees("Dikembalikan dengan alasan, putaran baru")

    def sign_as_example(self):
        """Camat reads the summary on the telephone and signs with a passphrase."""
        person = self.people["camat"]
        person.open("/tanda-tangan")
        self.look(person, "reporting/desk.html")
        person.follow("Tandatangani")
        person.page.get_by_label("Frasa sandi", exact=True).fill(PASSPHRASE)
        person.page.get_by_label("Ulangi frasa sandi").fill(PASSPHRASE)
        self.look(person, "reporting/passphrase.html")
        person.press("Tandatangani sekarang")
        person.sees("Contoh tanda tangan tersimpan")
        self.look(person, "reporting/signed.html")

    def seal_for_print(self, folder):
        """Pelaksana seals the report and downloads it to print; return the file."""
        person = self.open("pelaksana", "/tanda-tangan")
        person.press("Segel untuk dicetak")
        person.sees("Unduh PDF bersegel")
        return person.download("Unduh PDF bersegel", folder)

    def upload_scan(self, scan):
        """Pelaksana uploads what the scanner made of the signed paper."""
        person = self.open("pelaksana", "/tanda-tangan")
        person.page.get_by_label("Pindaian kertas").set_input_files(scan)
        person.press("Unggah pindaian")
        person.sees("Pindaian sudah diunggah")
        self.look(person, "reporting/desk.html by hand")

    def state(self):
        """Camat states on the telephone that the scan is the paper that he signed."""
        person = self.open("camat", "/tanda-tangan")
        person.page.get_by_label("Pindaian itu adalah kertas").check()
        person.press("Nyatakan dan selesaikan")
        person.sees("Tanda tangan tercatat di arsip")
        self.look(person, "reporting/signed.html by hand")

    # Step 5

    def deliver(self):
        """Pelaksana makes the report of step 5 and sends it."""
        person = self.open("pelaksana", "/penyampaian")
        person.press("Buat laporan")
        person.sees("Laporan Pengumpulan Data Kinerja versi 1 dibuat")
        person.press("Sampaikan laporan")
        person.sees("Laporan disampaikan")
        person.press("Selesaikan penyampaian")
        person.sees("Belum dicatat diterima")

    def receive(self):
        """Kasubbag and Sekcam note that they have it."""
        for who in ("kasubbag", "sekcam"):
            person = self.open(who, "/penyampaian")
            person.press("Catat sudah diterima")
            person.sees("Penerimaan tembusan tercatat")

    def take_note(self):
        """Camat takes note: the case ends and is sealed."""
        person = self.open("camat", "/penyampaian")
        person.press("Mengetahui")
        person.sees("disegel")
        self.look(person, "reporting/delivery.html")
