"""The shipped rating scales and scales of grades, each with where it comes from.

Which one holds is the office's choice. Bounds are those of each label; where a source
prints whole numbers, a band reaches up to the next one's bound. Sources: regulations
where one is named, else the office's own system or report as published.
"""

from __future__ import annotations

from decimal import Decimal

from .grades import Grade, GradeScale
from .rating import Band, Scale


def _from(name: str, lower: int) -> Band:
    return Band(name, Decimal(lower))


def _above(name: str, lower: int) -> Band:
    return Band(name, Decimal(lower), above=True)


def _rest(name: str) -> Band:
    return Band(name, None)


def _first(name: str, source: str, *bands: Band) -> Scale:
    return Scale(name, 1, source, bands)


PERMENDAGRI_86_2017 = _first(
    "Skala Nilai Peringkat Kinerja",
    "Permendagri 86/2017",
    _from("Sangat tinggi", 91),
    _from("Tinggi", 76),
    _from("Sedang", 66),
    _from("Rendah", 51),
    _rest("Sangat rendah"),
)
"""The default. It goes back to Permendagri 54/2010, which prints bands of whole numbers
(91-100, 76-90, 66-75, 51-65, up to 50); to be compared with the annex."""
SAMPANG_2019 = _first(
    "Kategori capaian Inspektorat Sampang",
    "LKjIP Inspektorat Kabupaten Sampang 2019",
    _from("Sangat Baik", 91),
    _from("Baik", 76),
    _from("Cukup", 66),
    _from("Kurang", 51),
    _rest("Sangat Kurang"),
)
CEPU = _first(
    "Kategori capaian Kecamatan Cepu",
    "Kecamatan Cepu, Kabupaten Blora",
    _above("Sangat Baik", 100),
    _from("Baik", 75),
    _from("Cukup", 55),
    _rest("Kurang"),
)
"""75 is printed in two bands; it belongs to the one whose lower bound it is."""
MAGETAN = _first(
    "Kategori capaian Magetan",
    "e-SAKIP Kabupaten Magetan (wp-eval-sakip)",
    _from("Sangat Berhasil", 100),
    _from("Berhasil", 75),
    _from("Cukup Berhasil", 55),
    _rest("Kurang Berhasil"),
)
SEMARANG = _first(
    "Kategori capaian Semarang",
    "e-SAKIP Kota Semarang",
    _from("Istimewa", 90),
    _from("Baik", 80),
    _from("Butuh Perbaikan", 70),
    _from("Kurang", 60),
    _rest("Sangat Kurang"),
)
BANJARNEGARA = _first(
    "Warna capaian Banjarnegara",
    "e-SAKIP Kabupaten Banjarnegara",
    _above("Hijau", 90),
    _from("Kuning", 70),
    _rest("Merah"),
)
PRINGSEWU = _first(
    "Status capaian Pringsewu",
    "AKSARA Kabupaten Pringsewu",
    _above("Melampaui", 105),
    _from("Tercapai", 95),
    _from("Mendekati Target", 80),
    _from("Perlu Perhatian", 60),
    _rest("Kritis"),
)
AKIP_12_2015 = _first(
    "Predikat akuntabilitas kinerja",
    "PermenPANRB 12/2015",
    _above("AA", 90),
    _above("A", 80),
    _above("BB", 70),
    _above("B", 60),
    _above("CC", 50),
    _above("C", 30),
    _rest("D"),
)
"""Of the value of an evaluation, not of an achievement: 80,00 is BB, since the
regulation prints ">80 - 90" for A."""
ABSORPTION_MAGETAN = _first(
    "Warna serapan anggaran Magetan",
    "e-SAKIP Kabupaten Magetan (wp-eval-sakip)",
    _from("Hijau", 75),
    _from("Kuning", 50),
    _rest("Merah"),
)
EFFICIENCY_BANJARNEGARA = _first(
    "Efisiensi: selisih capaian dan serapan",
    "e-SAKIP Kabupaten Banjarnegara",
    _above("Efisien", 5),
    _from("Cukup efisien", -5),
    _rest("Tidak efisien"),
)
"""Of the difference of achievement and absorption, in percentage points."""

ACHIEVEMENT_SCALES = (
    PERMENDAGRI_86_2017,
    SAMPANG_2019,
    CEPU,
    MAGETAN,
    SEMARANG,
    BANJARNEGARA,
    PRINGSEWU,
)
"""What an office may choose for achievements, the default first."""
SCALES = (
    *ACHIEVEMENT_SCALES,
    AKIP_12_2015,
    ABSORPTION_MAGETAN,
    EFFICIENCY_BANJARNEGARA,
)

OPINI_BPK = GradeScale(
    name="Opini atas laporan keuangan",
    version=1,
    source="UU 15/2004, penjelasan Pasal 16 ayat (1)",
    grades=(
        Grade("WTP", "Wajar Tanpa Pengecualian"),
        Grade("WDP", "Wajar Dengan Pengecualian"),
        Grade("TMP", "Tidak Memberikan Pendapat"),
        Grade("TW", "Tidak Wajar"),
    ),
)
"""The law names the four opinions; that TMP stands above TW is a reading, so an office
that reads it the other way keeps a scale of its own."""
PREDIKAT_AKIP = GradeScale(
    name="Predikat akuntabilitas kinerja",
    version=1,
    source="PermenPANRB 12/2015",
    grades=tuple(
        Grade(code, name)
        for code, name in (
            ("AA", "Sangat Memuaskan"),
            ("A", "Memuaskan"),
            ("BB", "Sangat Baik"),
            ("B", "Baik"),
            ("CC", "Cukup (Memadai)"),
            ("C", "Kurang"),
            ("D", "Sangat Kurang"),
        )
    ),
)
YA_TIDAK = GradeScale(
    name="Ya atau tidak",
    version=1,
    source="PermenPANRB 12/2015, jawaban ya/tidak",
    grades=(Grade("Ya", "Ya"), Grade("Tidak", "Tidak")),
)
GRADE_SCALES = (OPINI_BPK, PREDIKAT_AKIP, YA_TIDAK)
