"""Papers with the published figures of Kecamatan Muncar; people named by position."""

from dataclasses import replace
from datetime import UTC, datetime

from himpun.documents import papers
from himpun.documents.papers import (
    Act,
    Brought,
    Comparison,
    ComparisonRow,
    Definition,
    EarlierPeriod,
    EvidenceFile,
    Exemption,
    Fact,
    Funding,
    Head,
    IndicatorNote,
    Initial,
    LaporanKinerja,
    LaporanPengumpulan,
    LembarKendali,
    LembarSegel,
    Letterhead,
    Measured,
    Party,
    PerjanjianKinerja,
    Promise,
    Receipt,
    Rekapitulasi,
    RencanaKinerja,
    Return,
    Scale,
    ScaleBand,
    Signatory,
    SignedReport,
    Stamp,
    Step,
    StepTime,
    Supply,
    Value,
    Waiver,
)

AT = datetime(2025, 1, 6, 3, 20, tzinfo=UTC)
MARK = "CONTOH, belum disahkan \N{MIDDLE DOT} BUKAN TTE BSrE"
STAMP = Stamp(
    at=AT,
    public_url="https://himpun.banyuwangikab.example",
    code="7KQ2-M9TD-X4HB",
    certificate="9f2c41ab" * 8,
    head="0123456789abcdef" * 4,
    count=57,
    mark=MARK,
)
HEAD = Head(
    letterhead=Letterhead(
        government="PEMERINTAH KABUPATEN BANYUWANGI",
        office="KECAMATAN MUNCAR",
        address="Jalan Raya Muncar (contoh alamat), Muncar, Banyuwangi",
    ),
    office="Kecamatan Muncar",
    number="000.8/12/429.510/2025 (contoh)",
    period="Tahun 2024",
    case="PK-MUNCAR-2024",
    sop="SOP Mekanisme Pengumpulan Data (contoh, belum disahkan), versi 1",
    made_at="6 Januari 2025 10.12 WIB",
)
SCALE = Scale(
    name="Skala Nilai Peringkat Kinerja",
    source="Permendagri 86/2017",
    bands=(
        ScaleBand("Sangat tinggi", "mulai 91"),
        ScaleBand("Tinggi", "mulai 76"),
        ScaleBand("Sedang", "mulai 66"),
        ScaleBand("Rendah", "mulai 51"),
        ScaleBand("Sangat rendah", "di bawah 51"),
    ),
)
FORMULA = "realisasi / target \N{MULTIPLICATION SIGN} 100"
FIGURES = (
    (
        "Tujuan",
        "T1",
        "Indeks Kepuasan Masyarakat",
        "nilai",
        "91,33",
        "97,66",
        "106,93%",
    ),
    ("Sasaran 1", "S1", "Nilai SAKIP Kecamatan", "nilai", "82,53", "82,32", "99,75%"),
    (
        "Sasaran 2",
        "S2",
        "Persentase Penyelesaian Pengaduan Masyarakat",
        "%",
        "90,00",
        "100,00",
        "111,11%",
    ),
    (
        "Sasaran 3",
        "S3",
        "Persentase ketercapaian kinerja kecamatan",
        "%",
        "90,00",
        "97,31",
        "108,12%",
    ),
)
EARLIER = (
    ("91,00", "93,50", "97,95", "93,93", "97,66"),
    ("81,03", "85,46", "86,14", "87,92", "82,32"),
    ("97,50", "94,00", "94,00", "94,00", "100,00"),
    ("97,00", "94,62", "95,15", "95,87", "97,31"),
)
PRIOR = (
    "data sebelum Himpun, tidak diverifikasi di sini (Renstra Kecamatan Muncar "
    "2025-2029, tabel kinerja 2020-2024)"
)
PELAKSANA = "Pelaksana Subbag Program (contoh)"
KASUBBAG = "Kasubbag Program dan Keuangan (contoh)"
SEKCAM = "Sekretaris Kecamatan Muncar (contoh)"
CAMAT = "Camat Muncar (contoh)"

VALUES = tuple(
    Value(
        code=code,
        name=name,
        unit=unit,
        target=target,
        actual=actual,
        achievement=reached,
        rank="Sangat tinggi",
        evidence=2,
        author=PELAKSANA,
        verifier=KASUBBAG,
        verified_at="3 Jan 2025 14.05",
    )
    for _, code, name, unit, target, actual, reached in FIGURES
)
EVIDENCE = tuple(
    EvidenceFile(
        about=code,
        name=f"contoh-bukti-{code.lower()}-{number}.pdf",
        size="184 KB",
        sha256=f"{index}{number}ab41" + "c0ffee42" * 7 + "00",
    )
    for index, (_, code, *_) in enumerate(FIGURES)
    for number in (1, 2)
)
WAIVERS = (
    Waiver(
        step="1",
        item="Data laporan per bulan, Februari 2024",
        kind="dikecualikan",
        reason="Laporan Februari tergabung dalam laporan Maret (contoh).",
        decided_by=KASUBBAG,
    ),
)
EXEMPTIONS = (
    Exemption(
        about=KASUBBAG,
        kind="verifikator lain",
        verifier="Kasubbag Umum dan Kepegawaian (contoh)",
        reason="Kasubbag Program menulis sendiri nilai S1 selama Pelaksana cuti.",
        letter="800/31/429.510/2025",
        decided_by=SEKCAM,
        decided_at="3 Jan 2025 09.40",
    ),
)
INITIALS = (
    Initial("Kasubbag Program dan Keuangan", "diparaf di Himpun, 3 Jan 2025 15.10"),
    Initial("Sekretaris Kecamatan"),
)
SIGNATORY = Signatory(
    opening="Muncar, 6 Januari 2025",
    title="Camat Muncar",
    name="[nama] (contoh)",
    rank="Pembina Tk. I",
    nip="[NIP]",
)


def recap() -> Rekapitulasi:
    """Return the recapitulation of the year 2024."""
    return Rekapitulasi(
        head=HEAD,
        values=VALUES,
        scale=SCALE,
        waivers=WAIVERS,
        exemptions=EXEMPTIONS,
        initials=INITIALS,
    )


def definition(code: str, name: str) -> Definition:
    """Return an indicator's frozen meaning."""
    return Definition(
        code=code,
        name=name,
        facts=(
            Fact("Definisi", f"{name} menurut dokumen perencanaan (contoh)."),
            Fact("Satuan, frekuensi", "nilai; tahunan"),
            Fact("Rumus capaian", FORMULA),
            Fact("Arah", "makin tinggi makin baik"),
            Fact("Target dan asalnya", "91,33; Renstra 2021-2026"),
            Fact("Penanggung jawab", KASUBBAG),
            Fact("Mekanisme perhitungan", "hasil survei dirata-ratakan"),
            Fact("Media", "laporan hasil survei"),
            Fact("Skala", "Skala Nilai Peringkat Kinerja, versi 1"),
            Fact("Versi", "1, berlaku sejak 1 Januari 2020"),
        ),
    )


def performance(rows: tuple[Measured, ...] = ()) -> LaporanKinerja:
    """Return the Laporan Kinerja of the year 2024, with other rows when given."""
    return LaporanKinerja(
        head=HEAD,
        rows=rows
        or tuple(
            Measured(*row, rank="Sangat tinggi", formula=FORMULA) for row in FIGURES
        ),
        scale=SCALE,
        signatory=SIGNATORY,
        comparison=Comparison(
            periods=(
                *(EarlierPeriod(str(year), PRIOR) for year in range(2020, 2024)),
                EarlierPeriod("2024"),
            ),
            rows=tuple(
                ComparisonRow(row[1], row[2], values)
                for row, values in zip(FIGURES, EARLIER, strict=True)
            ),
        ),
        notes=(
            IndicatorNote(
                "S1",
                "Nilai SAKIP Kecamatan",
                "Turun 5,60 poin dari 2023.\nTindak lanjut hasil evaluasi disusun "
                "bersama Inspektorat (contoh catatan).",
            ),
        ),
        evidence=EVIDENCE,
        waivers=WAIVERS,
        exemptions=EXEMPTIONS,
        initials=INITIALS,
        definitions=tuple(definition(row[1], row[2]) for row in FIGURES),
    )


def collection() -> LaporanPengumpulan:
    """Return the Laporan Pengumpulan Data Kinerja of the year 2024."""
    return LaporanPengumpulan(
        head=replace(HEAD, number="000.8/13/429.510/2025 (contoh)"),
        signed_report=SignedReport(
            title="Laporan Kinerja Kecamatan Muncar Tahun 2024",
            number=HEAD.number,
            signed_at="6 Januari 2025 10.41 WIB",
            signer="Camat Muncar",
            how="Tercatat di arsip; tanda tangan basah, dipindai",
            sha256="41ab9f2c" * 8,
            attached_as="laporan-kinerja.pdf",
        ),
        team="Tim Pengumpul Data Kinerja Kecamatan Muncar (contoh), tanpa SK",
        team_members=(KASUBBAG, PELAKSANA, "Kepala Seksi Pelayanan Umum (contoh)"),
        supplies=(
            Supply(
                unit="Seksi Pelayanan Umum",
                what="Rekap survei kepuasan masyarakat 2024",
                due="3 Jan 2025",
                state="diterima",
                received="lewat WhatsApp, 3 Jan 2025",
                closed_by=PELAKSANA,
            ),
            Supply(
                unit="Seksi Ketentraman dan Ketertiban",
                what="Rekap pengaduan 2024",
                due="3 Jan 2025",
                state="diterima",
                received="di Himpun, 2 Jan 2025",
                closed_by="Kepala Seksi Ketentraman dan Ketertiban (contoh)",
            ),
        ),
        values=VALUES,
        evidence=EVIDENCE,
        times=tuple(
            StepTime(
                step.number, step.name, who, step.standard, step.actual, step.state
            )
            for step, who in zip(
                STEPS,
                ("Pelaksana", "Kasubbag", "Pelaksana", "Camat", "Pelaksana"),
                strict=True,
            )
        ),
        waivers=WAIVERS,
        exemptions=EXEMPTIONS,
        receipts=RECEIPTS,
        signatories=(
            Signatory(
                opening="Mengetahui,",
                title="a.n. Camat Muncar",
                name="[nama] (contoh)",
                own="Sekretaris Kecamatan",
                basis="berdasarkan Surat nomor 800/4",
            ),
            Signatory(
                opening="Muncar, 6 Januari 2025",
                title="Pelaksana",
                name="[nama] (contoh)",
            ),
        ),
    )


def _act(part: str, role: str, times: str, number: int = 1) -> Act:
    opened, started, done = (time.strip() for time in times.split("|"))
    return Act(part, role, opened, started, done, number)


STEPS = (
    Step(
        "1",
        "Menghimpun data awal (data kinerja)",
        "1 hari",
        "5 jam 12 menit",
        "sesuai",
        (
            _act("mengerjakan", PELAKSANA, "2 Jan 08.00 | 2 Jan 08.10 | 2 Jan 13.05"),
            _act("paraf", KASUBBAG, "2 Jan 13.05 |  | 2 Jan 14.12"),
        ),
    ),
    Step(
        "2",
        "Membentuk tim",
        "1 hari",
        "1 hari 40 menit",
        "lewat 40 menit",
        (
            _act("mengerjakan", KASUBBAG, "2 Jan 14.12 | 2 Jan 14.20 | 3 Jan 09.02"),
            _act("paraf", SEKCAM, "3 Jan 09.02 |  | 3 Jan 09.31"),
        ),
    ),
    Step(
        "3",
        "Menyusun rencana kegiatan, melaksanakan kegiatan pengumpulan data",
        "3 hari",
        "1 hari 3 jam",
        "sesuai",
        (
            _act("mengerjakan", PELAKSANA, "3 Jan 09.31 | 3 Jan 09.40 | 3 Jan 15.02"),
            _act("paraf", SEKCAM, "3 Jan 15.02 |  | 3 Jan 15.10"),
            _act(
                "mengerjakan", PELAKSANA, "6 Jan 08.20 | 6 Jan 08.31 | 6 Jan 09.50", 2
            ),
            _act("paraf", SEKCAM, "6 Jan 09.50 |  | 6 Jan 10.02", 2),
        ),
    ),
    Step(
        "4",
        "Menghimpun data kinerja, menyusun konsep laporan untuk disampaikan kepada "
        "Camat",
        "60 menit",
        "54 menit",
        "sesuai",
        (
            _act("mengerjakan", CAMAT, "3 Jan 15.10 | 3 Jan 15.20 | 6 Jan 08.20"),
            _act("mengerjakan", CAMAT, "6 Jan 10.02 | 6 Jan 10.10 | 6 Jan 10.41", 2),
        ),
    ),
    Step(
        "5",
        "Melaporkan hasil pengumpulan data kinerja yang sudah ditandatangani Camat "
        "kepada Kasubbag dan Sekcam",
        "60 menit",
        "48 menit",
        "sesuai",
        (
            _act("mengerjakan", PELAKSANA, "6 Jan 10.41 | 6 Jan 10.50 | 6 Jan 11.22"),
            _act("mengetahui", CAMAT, "6 Jan 11.22 |  | 6 Jan 11.29"),
        ),
    ),
)
RECEIPTS = (
    Receipt(KASUBBAG, "6 Jan 2025 11.10", "6 Jan 2025 11.15", KASUBBAG),
    Receipt(SEKCAM, "6 Jan 2025 11.10"),
)


def control(rounds: int = 1) -> LembarKendali:
    """Return the lembar kendali; with more rounds the sheet gets fuller."""
    return LembarKendali(
        head=replace(HEAD, number=""),
        steps=tuple(replace(step, acts=step.acts * rounds) for step in STEPS),
        opened_at="2 Januari 2025 08.00 WIB",
        finished_at="6 Januari 2025 11.29 WIB",
        returns=(
            Return(
                round=2,
                source="4",
                to="3",
                by=CAMAT,
                at="6 Jan 2025 08.20",
                reason="Catatan penurunan Nilai SAKIP belum menyebut penyebabnya.",
            ),
        ),
        receipts=RECEIPTS,
        brought=(
            Brought(
                step="1",
                item="RKT",
                source="dari SOP Penyusunan RKT Tahun 2024 (kasus 3), langkah 4, "
                "sidik 9f2c41ab7d31",
            ),
        ),
    )


def seal() -> LembarSegel:
    """Return the seal sheet of the finished case."""
    return LembarSegel(
        head=replace(HEAD, number="", made_at="6 Januari 2025 11.29 WIB"),
        stream="case:7",
        count=61,
        head_hash="0123456789abcdef" * 4,
        values_hash="fedcba9876543210" * 4,
        papers=(
            EvidenceFile(
                "Laporan Kinerja yang ditandatangani",
                "laporan-kinerja.pdf",
                "212 KB",
                "41ab9f2c" * 8,
            ),
        ),
        kept_by=(KASUBBAG, SEKCAM),
    )


PROMISES = (
    Promise("Meningkatnya kualitas pelayanan", FIGURES[0][2], "91,33 nilai"),
    Promise("", FIGURES[1][2], "82,53 nilai"),
    Promise("Meningkatnya ketertiban", FIGURES[2][2], "90,00 %"),
)
HEAD_OF_PLAN = replace(HEAD, number="", period="Tahun 2025", case="RKT-MUNCAR-2025")
SIGNING = Signatory("Muncar, 6 Januari 2025", "Camat Muncar", "[nama] (contoh)")


def agreement() -> PerjanjianKinerja:
    """Return the PK of the Camat with two indicators of one sasaran."""
    return PerjanjianKinerja(
        head=HEAD_OF_PLAN,
        first=Party("[nama] (contoh)", "Camat Muncar"),
        second=Party("[nama] (contoh)", "Bupati Banyuwangi"),
        promises=PROMISES,
        funding=(Funding("Program Penunjang Urusan", "Rp1.250.000.000", "APBD"),),
        signatories=(
            replace(SIGNING, opening="Pihak Kedua,", title="Bupati Banyuwangi"),
            replace(SIGNING, opening="Pihak Pertama,"),
        ),
        dated="Muncar, 6 Januari 2025",
        change="Perubahan ke-1, karena perubahan strategi.",
    )


def annual_plan() -> RencanaKinerja:
    """Return the RKT of the same promises."""
    return RencanaKinerja(
        head=HEAD_OF_PLAN,
        promises=PROMISES,
        funding=(Funding("Program Penunjang Urusan", "Rp1.250.000.000"),),
        version="Versi 2, berdasarkan Renstra 2025-2029 murni.",
        initials=(Initial(SEKCAM),),
        signatories=(SIGNING,),
    )


def all_papers() -> tuple[papers.Paper, ...]:
    """Return one of each."""
    cases = (recap(), performance(), collection(), control(), seal())
    return (*cases, agreement(), annual_plan())
