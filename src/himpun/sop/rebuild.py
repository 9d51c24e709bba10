"""Prints an SOP back as the plain text form it was typed from.

It proves that no word of the source was lost or changed on the way into the file:
only tags, tabs, `**`, `[]` and the form's fixed words stand in this module; every
other letter comes from the file, from `asli`.
"""

from collections.abc import Iterable, Sequence

from .model import Identitas, Langkah, Sop, Tanggal, Teks

_TITLE = '<p align="center">{}</p> '
_LIST = '<ol style="list-style-type: none"> '
_MARK = "[]"


def rebuild(sop: Sop, name: str | None = None, nip: str | None = None) -> str:
    """Return the source text of an SOP, letter for letter.

    The signing official's `name` and `nip` are taken from the arguments, else from
    the file, else printed as `[nama]` and `[NIP]`.
    """
    parts = ["\n\n\n", *_identity(sop), *_blocks(sop), *_table(sop)]
    return "\n".join([*parts, *_signature(sop.identitas, name, nip)])


def _identity(sop: Sop) -> Iterable[str]:
    block = sop.identitas
    head = [*(block.instansi or ()), block.alamat, block.judul_kop]
    yield "**" + "\n".join(_source(line) for line in head) + "**"
    yield ""
    yield f"Nomor\t{_source(block.nomor)}"
    yield f"Tgl Pembuatan\t{_source(block.tgl_pembuatan)}"
    if block.tgl_revisi:
        yield f"Tgl Revisi\t{_source(block.tgl_revisi)}"
    if block.tgl_efektif:
        yield f"Tgl Efektif\t{_source(block.tgl_efektif)}"
    yield f"Disahkan oleh\t{_source(block.disahkan_oleh)}"
    yield f"Nama SOP\t{_source(block.nama)}"
    yield ""


def _blocks(sop: Sop) -> Iterable[str]:
    label = sop.label
    law = _titled(label.dasar_hukum, _LIST + _spaced(sop.dasar_hukum) + " ")
    skill = _titled(label.kualifikasi, _LIST + _spaced(sop.kualifikasi))
    yield law + "\t" + skill
    related = " ".join(
        word
        for other in sop.keterkaitan
        for word in (other.asli, other.sambung)
        if word
    )
    tools = _paragraph(label.peralatan, sop.peralatan.asli)
    yield _paragraph(label.keterkaitan, related) + "\t" + tools
    warning = _paragraph(label.peringatan, _spaced(sop.peringatan))
    records = _paragraph(label.pencatatan, _spaced(sop.pencatatan))
    yield warning + "\t" + records
    yield ""


def _table(sop: Sop) -> Iterable[str]:
    label, columns = sop.label, sop.pelaksana
    yield _source(sop.identitas.judul_tabel)
    yield ""
    blank = [""] * (len(columns) - 1)
    head = (label.nomor, label.kegiatan, label.pelaksana)
    quality = [label.mutu_baku.asli, "", ""]
    yield _row([*map(_source, head), *blank, *quality, label.ket.asli])
    cells = (label.kelengkapan, label.waktu, label.output)
    yield _row(["", "", *(c.label.asli for c in columns), *map(_source, cells), ""])
    for step in sop.langkah:
        yield _row(_step(sop, step))
    yield ""


def _step(sop: Sop, step: Langkah) -> Iterable[str]:
    marked = {step.penanggung_jawab, *(other.pelaksana for other in step.bersama)}
    time = step.waktu.teks if step.waktu.asli is None else step.waktu.asli
    return [
        str(step.nomor),
        step.kegiatan.asli,
        *(_MARK if column.id in marked else "" for column in sop.pelaksana),
        step.kelengkapan.asli,
        time,
        step.output.asli,
        step.ket.asli,
    ]


def _signature(identity: Identitas, name: str | None, nip: str | None) -> Iterable[str]:
    block = identity.pengesahan
    if block is None:
        return
    yield f"{_source(block.tempat)}, {_source(block.tanggal)}"
    yield _source(block.jabatan)
    yield ""
    yield name or _source(block.nama) or "[nama]"
    yield ""
    yield _source(block.pangkat)
    yield f"NIP. {nip or _source(block.nip) or '[NIP]'}"


def _source(text: Teks | Tanggal | None) -> str:
    return text.asli if text else ""


def _spaced(texts: Sequence[Teks]) -> str:
    return " ".join(text.asli for text in texts)


def _titled(title: Teks, content: str) -> str:
    return _TITLE.format(title.asli) + content


def _paragraph(title: Teks, content: str) -> str:
    return _titled(title, f"<p>{content}</p>")


def _row(cells: Iterable[str]) -> str:
    return "\t".join(cells)
