"""The Laporan Kinerja as HTML for WeasyPrint: what the Typst template prints."""

from __future__ import annotations

import base64
import io
from html import escape

import segno
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from himpun.documents.fonts import FONT_DIR

DASH = "\N{EN DASH}"
STYLE = """
@font-face { font-family: L; src: url(file://%(fonts)s/LiberationSans-Regular.ttf) }
@font-face { font-family: L; font-weight: bold;
  src: url(file://%(fonts)s/LiberationSans-Bold.ttf) }
@page { size: A4; margin: 22mm 18mm 31mm 22mm;
  @top-center { content: element(mark) }
  @bottom-left { content: element(foot) }
  @bottom-right { content: "Halaman " counter(page) " dari " counter(pages);
    font: 6.8pt L } }
body { font: 10pt L } h1 { font-size: 13pt; text-align: center }
h2 { font-size: 10.5pt } h3 { font-size: 9.5pt }
table { width: 100%%; border-collapse: collapse; font-size: 8.7pt }
td, th { border: .5pt solid; padding: 3.5pt 4pt; text-align: left; vertical-align: top }
th { background: #e8e8e8 } thead { display: table-header-group }
.mark { position: running(mark); text-align: center; font: bold 9pt L }
.foot { position: running(foot); font-size: 6.8pt; width: 140mm }
.foot img { width: 17mm; float: left; margin-right: 3mm }
.head { text-align: center; border-bottom: 2.2pt solid } .annex { break-before: page }
"""


def table(titles, rows):
    head = "".join(f"<th>{escape(t)}</th>" for t in titles)
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def said(text):
    return escape(text).replace("\n", "<br>") or DASH


def grouped(digits, first=64):
    cut = digits[:first]
    return " ".join(cut[i : i + 4] for i in range(0, len(cut), 4))


def foot(stamp):
    buffer = io.BytesIO()
    segno.make(stamp.link, error="m", micro=False).save(buffer, kind="svg", border=0)
    code = base64.b64encode(buffer.getvalue()).decode()
    return (
        f'<div class="foot"><img alt="QR" src="data:image/svg+xml;base64,{code}">'
        f"Kode dokumen <b>{stamp.code}</b>, periksa di {stamp.link}<br>"
        f"Kepala catatan <b>{grouped(stamp.head, 16)}</b>, {stamp.count} peristiwa<br>"
        f"Sidik sertifikat segel (SHA-256):<br>{grouped(stamp.certificate)}</div>"
    )


def opening(paper, stamp):
    head = paper.head
    kop = head.letterhead
    return (
        f'<div class="mark">{said(stamp.mark)}</div>{foot(stamp)}'
        f'<div class="head"><b>{said(kop.government)}</b><br><b>{said(kop.office)}</b>'
        f"<br>{said(kop.address)}</div><h1>{paper.title.upper()}</h1>"
        f"<p><b>{head.period.upper()}</b><br>Nomor: {said(head.number)}</p>"
        + "".join(f"<p>{said(s)}</p>" for s in paper.sentences)
    )


def achievement(paper):
    rows, number = [], 0
    for group in dict.fromkeys(row.group for row in paper.rows):
        rows.append([f"<b>{said(group)}</b>", "", "", "", "", ""])
        for row in paper.rows:
            if row.group == group:
                number += 1
                name = f"{said(row.name)} <small>({row.unit}, {row.code})</small>"
                figures = [row.target, row.actual, row.achievement, row.rank]
                rows.append([str(number), name, *map(said, figures)])
    titles = ("No.", "Indikator kinerja", "Target", "Realisasi", "Capaian", "Peringkat")
    bands = "; ".join(f"{b.name} {b.bound}" for b in paper.scale.bands)
    return (
        "<h2>A. Capaian kinerja</h2>"
        + table(titles, rows)
        + f"<p><small>Rumus capaian: {paper.rows[0].formula}. Skala: "
        f"{paper.scale.name} ({paper.scale.source}): {bands}.</small></p>"
    )


def comparison(paper):
    periods = paper.comparison.periods
    titles = ["Indikator kinerja"]
    titles += [f"{p.label} {'1)' if p.origin else ''}" for p in periods]
    rows = [
        [f"{said(r.name)} <small>({r.code})</small>", *map(said, r.values)]
        for r in paper.comparison.rows
    ]
    return (
        "<h2>B. Perbandingan realisasi dengan periode sebelumnya</h2>"
        + table(titles, rows)
        + f"<p><small>1) {said(periods[0].origin)}.</small></p>"
    )


def notes(paper):
    rows = [[n.code, said(n.name), said(n.text)] for n in paper.notes]
    files = [
        [e.about, said(e.name), e.size, grouped(e.sha256, 16)] for e in paper.evidence
    ]
    return (
        "<h2>C. Catatan per indikator</h2>"
        + table(("Kode", "Indikator kinerja", "Catatan"), rows)
        + "<h2>D. Bukti dukung</h2>"
        + table(("Untuk", "Nama berkas", "Ukuran", "SHA-256 (16 angka pertama)"), files)
    )


def exceptions(paper):
    waived = [
        [w.step, said(w.item), w.kind, said(w.reason), said(w.decided_by)]
        for w in paper.waivers
    ]
    exempt = [
        [
            said(e.about),
            f"{e.kind}, diverifikasi oleh {said(e.verifier)}",
            said(e.reason),
            e.letter,
            f"{said(e.decided_by)}, {e.decided_at}",
        ]
        for e in paper.exemptions
    ]
    return (
        "<h2>E. Butir yang tidak berlaku, dikecualikan, dan pengecualian aturan tiga "
        "orang</h2><p>Butir yang tidak berlaku atau dikecualikan:</p>"
        + table(("Langkah", "Butir", "Jenis", "Alasan", "Diputuskan oleh"), waived)
        + "<p>Pengecualian aturan tiga orang (penulis, verifikator, penanda tangan):</p>"
        + table(
            (
                "Mengenai",
                "Jenis dan verifikator",
                "Alasan",
                "Nomor surat",
                "Diputuskan oleh, waktu",
            ),
            exempt,
        )
    )


def signing(paper):
    initials = [[said(i.role), escape(i.note)] for i in paper.initials]
    by = paper.signatory
    return (
        "<p>Demikian laporan ini dibuat untuk dipergunakan sebagaimana mestinya.</p>"
        + table(("Pejabat", "Paraf"), initials)
        + f"<p>{said(by.opening)}<br>{said(by.title)},<br><br><br><b>{said(by.name)}</b>"
        f"<br>{said(by.rank)}<br>NIP {said(by.nip)}</p>"
    )


def annex(paper):
    parts = [
        '<h2 class="annex">Lampiran: definisi, rumus, skala, dan target yang dibekukan'
        "</h2><p>Beginilah tiap indikator berbunyi ketika nilainya diterima (dibekukan "
        f"{paper.head.made_at}). Perubahan definisi sesudahnya tidak mengubah laporan "
        "ini.</p>"
    ]
    for d in paper.definitions:
        facts = [[said(f.label), said(f.text)] for f in d.facts]
        parts.append(
            f"<h3>{d.code} {said(d.name)}</h3>" + table(("Unsur", "Isi"), facts)
        )
    return "".join(parts)


def render(paper, stamp):
    parts = (achievement, comparison, notes, exceptions, signing, annex)
    body = opening(paper, stamp) + "".join(part(paper) for part in parts)
    fonts = FontConfiguration()
    style = CSS(string=STYLE % {"fonts": FONT_DIR}, font_config=fonts)
    page = f'<html lang="id"><title>{paper.title}</title><body>{body}</body></html>'
    return HTML(string=page).write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"
    )
