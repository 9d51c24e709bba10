"""SOPs to draw, built from a few words."""

from datetime import date

from himpun.sop.model import Sop

TITLES = (
    *("dasar_hukum", "kualifikasi", "keterkaitan", "peralatan", "peringatan"),
    *("pencatatan", "nomor", "kegiatan", "pelaksana", "mutu_baku", "kelengkapan"),
    *("waktu", "output", "ket"),
)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Measure as a plain font would: narrow and wide letters, bold ones wider."""
    units = sum(0.28 if letter in " .,:;'iljtfI|" else 0.58 for letter in text)
    return size * units * (1.06 if bold else 1.0)


def make_step(number: int, actors: str, to: object = None, **more: object) -> dict:
    """Make a step: `actors` are letters, `to` ids, or outcomes as a mapping."""
    first, *others = actors
    step = {
        "id": f"l{number}",
        "nomor": number,
        "jenis": "proses",
        "kegiatan": f"Menyiapkan bahan kegiatan nomor {number}",
        "penanggung_jawab": first,
        "bersama": [{"pelaksana": other, "cara": "paraf"} for other in others],
        "kelengkapan": {
            "butir": [{"id": f"b{number}", "nama": "Berkas permohonan", "wajib": True}]
        },
        "waktu": {"jumlah": 15, "satuan": "menit"},
        "output": {"teks": f"Berkas nomor {number}"},
    }
    if isinstance(to, dict):
        step["jenis"] = "keputusan"
        step["cabang"] = [{"hasil": word, "ke": target} for word, target in to.items()]
    elif to:
        step["berikut"] = to
    return step | more


def make_sop(steps: list[dict], **more: object) -> Sop:
    """Make an SOP of these steps; the first begins it, those without a way on end it."""
    used = {step["penanggung_jawab"] for step in steps} | {
        other["pelaksana"] for step in steps for other in step["bersama"]
    }
    steps = [dict(step) for step in steps]
    for step in steps:
        if "berikut" not in step and "cabang" not in step:
            step["jenis"] = "selesai"
    steps[0]["jenis"] = "mulai"
    values = {
        "skema": "sop-ap/1",
        "id": "contoh",
        "versi": 1,
        "identitas": make_identity(),
        "label": {name: name.replace("_", " ").capitalize() for name in TITLES},
        "dasar_hukum": ["Peraturan Presiden Nomor 29 Tahun 2014 tentang SAKIP"],
        "kualifikasi": ["SMA/SMK", "Sarjana"],
        "keterkaitan": ["SOP Pembuatan LKJIP"],
        "peralatan": {"butir": ["Komputer", "Jaringan internet"]},
        "peringatan": ["Jika tidak dilaksanakan, laporan terlambat"],
        "pencatatan": ["Buku agenda"],
        "pelaksana": [
            {
                "id": actor,
                "label": NAMES.get(actor, f"Kepala Seksi Urusan {actor.upper()}"),
            }
            for actor in sorted(used)
        ],
        "artefak": {},
        "langkah": steps,
    }
    return Sop.model_validate(values | more)


NAMES = {
    "a": "Pemohon",
    "b": "Petugas Loket",
    "c": "Verifikator",
    "d": "Kasi Pelayanan",
    "e": "Sekcam",
    "f": "Camat",
}


def make_identity(**more: object) -> dict:
    """Make the identity part of an office that does not exist."""
    return {
        "instansi": ["PEMERINTAH KABUPATEN CONTOH", "KECAMATAN CONTOH"],
        "alamat": "Jalan Contoh Nomor 1",
        "judul_kop": "PELAYANAN SURAT",
        "nomor": "000/1/2026",
        "tgl_pembuatan": date(2026, 1, 5).isoformat(),
        "tgl_revisi": None,
        "tgl_efektif": None,
        "disahkan_oleh": "CAMAT CONTOH",
        "nama": "SOP Pelayanan Surat (contoh)",
        "judul_tabel": "CONTOH UJI TATA LETAK (SOP BUATAN)",
        "pengesahan": None,
    } | more


def make_hard_sop() -> Sop:
    """Thirteen steps, six actors, four decisions, returns, a jump, co-actors."""
    return make_sop(
        [
            make_step(1, "a", "l2"),
            make_step(2, "b", "l3"),
            make_step(3, "c", {"Lengkap": "l4", "Tidak": "l1"}),
            make_step(4, "d", "l5"),
            make_step(5, "d", {"Ya": "l6", "Tidak": "l8"}),
            make_step(6, "c", "l7"),
            make_step(7, "d", "l8"),
            make_step(8, "e", {"Setuju": "l9", "Perbaiki": "l4"}),
            make_step(9, "f", {"Setuju": "l10", "Tolak": "l12"}),
            make_step(10, "bd", "l11"),
            make_step(11, "b", "l13"),
            make_step(12, "d", "l10"),
            make_step(13, "a"),
        ]
    )


def make_parallel_sop() -> Sop:
    """A split into three branches that meet again."""
    return make_sop(
        [
            make_step(1, "a", "l2"),
            make_step(2, "b", ["l3", "l4", "l5"]),
            make_step(3, "a", "l6"),
            make_step(4, "c", "l6"),
            make_step(5, "d", "l6"),
            make_step(6, "b", "l7"),
            make_step(7, "e"),
        ]
    )


def make_tangled_sop() -> Sop:
    """Co-actors out of order, a decision with four outcomes and one with itself."""
    return make_sop(
        [
            make_step(1, "b", "l2"),
            make_step(2, "dae", "l3"),
            make_step(
                3, "cf", {"Ya": "l4", "Ulang": "l3", "Tidak": "l2", "Batal": "l9"}
            ),
            make_step(4, "bdf", "l5"),
            make_step(5, "f", {"Setuju": "l6", "Perbaiki": "l1", "Tunda": "l8"}),
            make_step(6, "a", "l7"),
            make_step(7, "af", {"Sudah lengkap dan benar": "l8", "Belum": "l2"}),
            make_step(8, "cb", {"Terima": "l9", "Kembali ke pemohon": "l6"}),
            make_step(9, "ed"),
        ]
    )


def make_crowded_band_sop() -> Sop:
    """A page whose off-page connectors stand so close that arrows must give way."""
    return make_sop(
        [
            make_step(1, "a", "l2"),
            make_step(2, "b", {"Tidak": "l3", "Ya": "l9", "Belum lengkap": "l7"}),
            make_step(
                3, "a", {"Lengkap": "l4", "Perlu perbaikan": "l6", "Tolak": "l1"}
            ),
            make_step(4, "b", {"Belum lengkap": "l5", "Tolak": "l6"}),
            make_step(5, "a", "l6"),
            make_step(6, "bc", {"Tidak": "l7", "Tolak": "l9", "Belum": "l8"}),
            make_step(7, "b", {"Ya": "l8", "Perlu perbaikan": "l5"}),
            make_step(8, "b", "l9"),
            make_step(9, "ac", {"Lengkap": "l10", "Tidak": "l12", "Tolak": "l9"}),
            make_step(10, "b", {"Ya": "l11", "Perlu perbaikan": "l6"}),
            make_step(11, "bac", ["l1", "l4", "l8"]),
            make_step(12, "ca"),
        ]
    )
