"""Rows of each sheet as they are filled in: instructions show them, a test tries them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from himpun.formula import PERMENDAGRI_86_2017, Polarity

from . import words

if TYPE_CHECKING:
    from himpun.documents.sheets import Value

_YEAR = 2026
_HEAD = "Camat Contoh"

SAMPLES: dict[str, tuple[dict[str, Value], ...]] = {
    words.INDICATORS: (
        {
            "kode": "S1",
            "tingkat": "sasaran",
            "indikator": "Persentase pengaduan yang selesai",
            "satuan": "%",
            "desimal": 2,
            "arah": words.POLARITIES[Polarity.HIGHER],
            "skala peringkat": PERMENDAGRI_86_2017.name,
            "rumus": "persen(selesai; masuk)",
            "setahun": "terakhir",
            "gabungan": "rata-rata berbobot",
            "frekuensi": "triwulan",
            "penanggung jawab": "Kasi Pelayanan Umum",
            "mekanisme perhitungan": "Pengaduan selesai dibagi pengaduan masuk",
            "media": "Buku pengaduan",
            "kelompok": "Meningkatnya kualitas pelayanan publik",
            "berlaku sejak": date(2025, 1, 1),
        },
    ),
    words.COMPONENTS: (
        {
            "indikator": "S1",
            "kode": "selesai",
            "nama": "Pengaduan yang selesai",
            "satuan": "pengaduan",
            "terendah": 0,
            "setahun": "jumlah",
        },
        {
            "indikator": "S1",
            "kode": "masuk",
            "nama": "Pengaduan yang masuk",
            "satuan": "pengaduan",
            "terendah": 0,
            "setahun": "jumlah",
        },
    ),
    words.WEIGHTS: ({"indikator": "S1", "unit": "Desa Uji 1", "bobot": 2},),
    words.TARGETS: ({"kode": "S1", "jenis": "target", str(_YEAR): 90},),
    words.DIMENSIONS: (
        {"pemilahan": "Jenis kelamin", "bagian": "Perempuan"},
        {"pemilahan": "Jenis kelamin", "bagian": "Laki-laki"},
    ),
    words.PARTS: (
        {"kode": "S1", "jenis": "target", "bagian": "Desa Uji 1", str(_YEAR): 90},
        {
            "kode": "S1",
            "jenis": "target",
            "pemilahan": "Jenis kelamin",
            "bagian": "Perempuan",
            str(_YEAR): 90,
        },
    ),
    words.PROGRAMMES: (
        {
            "kode": "7.01.02",
            "tingkat": "program",
            "nama": "PROGRAM PENYELENGGARAAN PEMERINTAHAN DAN PELAYANAN PUBLIK",
        },
    ),
    words.RENSTRA: (
        {
            "jenis": "renstra",
            "kode": "2025-2029",
            "uraian": "Renstra Kecamatan",
            "induk": "murni",
            "berlaku sejak": date(2025, 1, 1),
            "keputusan": "Perbup 1/2025",
        },
        {"jenis": "tujuan", "kode": "T1", "uraian": "Meningkatnya pelayanan"},
        {
            "jenis": "sasaran",
            "kode": "1",
            "uraian": "Pengaduan selesai",
            "induk": "T1",
            "indikator": "S1",
        },
        {"jenis": "program", "kode": "7.01.02", "induk": "1", str(_YEAR): 70000000},
    ),
    words.BUDGET: ({"program": "7.01.02", "jenis": "pagu", str(_YEAR): 70000000},),
    words.ANNUAL: (
        {"tahun": _YEAR, "jenis": "indikator", "isi": "S1"},
        {"tahun": _YEAR, "jenis": "program", "isi": "7.01.02"},
    ),
    words.PROMISES: (
        {
            "tahun": _YEAR,
            "pihak pertama": _HEAD,
            "pihak kedua": "Sekretaris Kecamatan Contoh",
            "tanggal": date(_YEAR, 1, 15),
            "jenis": "indikator",
            "isi": "S1",
        },
    ),
    words.ACTIONS: (
        {
            "tahun": _YEAR,
            "pihak pertama": _HEAD,
            "indikator": "S1",
            "periode": f"{_YEAR}-TW1",
            "target": 90,
            "kegiatan": "Menutup pengaduan dalam tujuh hari",
            "penanggung jawab": "Kasi Pelayanan Umum",
        },
    ),
    words.KEY: (
        {
            "keputusan": "188/12/2025",
            "tanggal": date(2025, 1, 2),
            "berlaku sejak": date(2026, 1, 1),
            "indikator": "S1",
        },
    ),
}
"""Together they are a small plan, from an indicator to its rencana aksi."""
