"""Two printed plans written into the sheets of the import, as a Kasubbag would.

Nothing is corrected: codes, dashes and names go in as they were printed, with the table
they stand in as the source. What the tables do not print but the law asks of an
indicator (who answers for it, how it is calculated) is named as missing.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from himpun.documents import sheets as files
from himpun.documents.sheets import Column, Sheet
from himpun.formula import Polarity
from himpun.planning import rules
from himpun.planning.rules import workbook
from himpun.planning.tests import printed

NOT_PRINTED = "tidak tercetak pada tabel"
PAST = [str(year) for year in printed.YEARS]
AHEAD = [str(year) for year in range(2025, 2031)]
LEVELS = {"tujuan": "tujuan", "program": "program", "sub_kegiatan": "sub kegiatan"}
HIGHER = workbook.POLARITIES[Polarity.HIGHER]


def sheet(name, rows, periods=()):
    """Return a sheet of the import; ``rows`` are dictionaries by heading."""
    columns = workbook.SPECS[name].columns
    columns += tuple(Column(period) for period in periods)
    return Sheet(
        name,
        columns,
        tuple(tuple(row.get(column.title) for column in columns) for row in rows),
    )


def file(*sheets):
    """Return the XLSX of sheets."""
    return files.write(sheets, about="Petunjuk")


def value(text):
    """Return a printed figure as a sheet holds it: a number, else the text."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return text or None


def _years(row, column, years):
    return {year: value(row[column.format(year)]) for year in years}


def indicator(code, level, row, **more):
    return {
        "kode": code,
        "tingkat": level,
        "indikator": row["indikator"],
        "satuan": row["satuan"],
        "arah": HIGHER,
        "frekuensi": "tahun",
        "penanggung jawab": NOT_PRINTED,
        "mekanisme perhitungan": NOT_PRINTED,
        "media": NOT_PRINTED,
        "kelompok": NOT_PRINTED,
        "berlaku sejak": date(2020, 1, 1),
        **more,
    }


def past(path, source):
    """Return the indicators of 2020-2024 and their rows of targets."""
    rows = [row for _n, row in printed.lines(path)]
    codes = [f"L{row['no']}" for row in rows]
    levels = [LEVELS.get(row["level"], "sasaran") for row in rows]
    indicators = [
        indicator(code, level, row, sumber=source)
        for code, level, row in zip(codes, levels, rows, strict=True)
    ]
    targets = [
        {"kode": code, "jenis": kind, "sumber": source, **_years(row, column, PAST)}
        for code, row in zip(codes, rows, strict=True)
        for kind, column in (
            ("target", "target_{}"),
            ("realisasi", "realisasi_{}"),
            ("rasio tercetak", "rasio_{}_as_printed"),
        )
    ]
    return indicators, targets


def banyuwangi():
    """Return the sheets of Kecamatan Banyuwangi."""
    indicators, targets = past(printed.BANYUWANGI, "Renstra Banyuwangi, Bab II")
    source = "Renstra Banyuwangi, IKU 2025-2030"
    for _n, row in printed.lines(printed.HERE / "banyuwangi_iku_2025_2030.csv"):
        level = "tujuan" if row["kode"].startswith("T") else "sasaran"
        indicators.append(
            indicator(row["kode"], level, row, sumber=source)
            | {
                "mekanisme perhitungan": row["formula_as_printed"],
                "media": row["sumber_data"],
                "penanggung jawab": row["penanggung_jawab"],
            }
        )
        targets += [
            {"kode": row["kode"], "jenis": "kondisi awal", "sumber": source}
            | {"2024": value(row["baseline_2024"])},
            {"kode": row["kode"], "jenis": "target", "sumber": source}
            | _years(row, "target_{}", AHEAD),
        ]
    return (
        sheet(workbook.INDICATORS, indicators),
        sheet(workbook.TARGETS, targets, PAST + AHEAD),
    )


MISPRINTED = {"7.01.01.2.06.000": "7.01.01.2.06.0003"}


def programmes(*, answered):
    """Return the rows of the programmes, with ``answered`` its misprint corrected."""
    rows = [row for _n, row in printed.lines(printed.PROGRAMMES)]
    if not answered:
        return rows
    return [
        {title: "" if text == "-" else text for title, text in row.items()}
        | {"kode": MISPRINTED.get(row["kode"], row["kode"])}
        for row in rows
    ]


def muncar(*, answered=False):
    """Return the sheets of Kecamatan Muncar as printed.

    ``answered``: with the misprinted code corrected, dashes left empty, and the history
    of what the nomenclature knows by its name within the programme; what it does not
    know stays in the printed amount of its programme (`left_out`).
    """
    indicators, targets = past(printed.MUNCAR, "Renstra Muncar, Bab II")
    goals = []
    for _n, row in printed.lines(printed.HERE / "muncar_iku_2025_2030.csv"):
        level = "tujuan" if row["kode"].startswith("T") else "sasaran"
        code = row["kode"]
        indicators.append(indicator(code, level, row, sumber="Renstra Muncar, IKU"))
        goals.append(
            {"jenis": level, "kode": code, "uraian": NOT_PRINTED, "indikator": code}
            | ({"induk": "T1"} if level == "sasaran" else {})
        )
        targets += [
            {"kode": code, "jenis": "kondisi awal", "sumber": "Tabel 4.4"}
            | {"2024": value(row["baseline_2024"])},
            {"kode": code, "jenis": "target", "sumber": "Tabel 4.4"}
            | _years(row, "t4_4_{}", AHEAD[1:]),
            {"kode": code, "jenis": "target pembanding", "sumber": "Tabel 3.1"}
            | _years(row, "t3_1_{}", AHEAD[1:]),
        ]
    works, plan = [], []
    source = "Renstra Muncar, program dan pendanaan"
    for row in programmes(answered=answered):
        level, code = LEVELS.get(row["level"], row["level"]), row["kode"]
        works.append({"kode": code, "tingkat": level, "nama": row["nama"]})
        plan.append(
            {"jenis": "program", "kode": code, "uraian": row["outcome_output"]}
            | {"indikator": f"P{code}"}
            | _years(row, "pagu_{}", AHEAD)
        )
        indicators.append(indicator(f"P{code}", level, row, sumber=source))
        targets += [
            {"kode": f"P{code}", "jenis": "kondisi awal", "sumber": source}
            | {"2024": value(row["baseline_2024"])},
            {"kode": f"P{code}", "jenis": "target", "sumber": source}
            | _years(row, "target_{}", AHEAD),
        ]
    history = _history()
    if answered:
        names = left_out()
        history = [
            row | {"program": _code(row) or row["program"]}
            for row in history
            if (row.get("induk"), row["program"]) not in names
        ]
    head = {"jenis": "renstra", "kode": "2025-2030", "uraian": "Renstra Muncar"}
    return (
        sheet(workbook.INDICATORS, indicators),
        sheet(workbook.TARGETS, targets, PAST + AHEAD),
        sheet(workbook.PROGRAMMES, works),
        sheet(workbook.RENSTRA, [head | {"induk": "murni"}, *goals, *plan], AHEAD),
        sheet(workbook.BUDGET, history, PAST),
    )


def _history():
    rows, above = [], None
    for _n, row in printed.lines(printed.BUDGET):
        above = row["uraian"] if row["level"] == "program" else above
        named = {"program": row["uraian"], "sumber": "Renstra Muncar, anggaran"}
        if row["level"] not in {"total", "program"}:
            named["induk"] = above
        for kind, column in (("pagu", "anggaran"), ("realisasi", "realisasi")):
            growth = value(row[f"growth_{column}_pct_as_printed"])
            rows.append(
                named
                | {"jenis": kind, "pertumbuhan tercetak": growth}
                | _years(row, column + "_{}", PAST)
            )
        rows.append(
            named
            | {"jenis": "rasio tercetak"}
            | _years(row, "rasio_{}_pct_as_printed", PAST)
        )
    return rows


def _code(row):
    """Return the code that the nomenclature gives a row by its name, empty for none."""
    above = row.get("induk")
    if above is None:
        return ""
    [within] = rules.entries_named(above)
    found = rules.entries_named(row["program"], within.code)
    return found[0].code if len(found) == 1 else ""


def left_out():
    """Return (programme, name) of what no name of the nomenclature or plan matches."""
    planned = {
        (row["kode"][:7], rules.folded(row["nama"]))
        for row in programmes(answered=True)
    }
    names = dict.fromkeys((r.get("induk"), r["program"]) for r in _history())
    return [
        (above, name)
        for above, name in names
        if above
        and not _code({"induk": above, "program": name})
        and (rules.entries_named(above)[0].code, rules.folded(name)) not in planned
    ]
