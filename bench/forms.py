"""An SOP of 200 steps: checked and compiled, then drawn.

References in the same run: reading the same file as plain YAML, and the same work for an
SOP of five steps, forty times as short.
"""

from __future__ import annotations

import time
from statistics import median

import yaml

from bench.timing import ratio
from himpun.documents import fonts
from himpun.sop import check
from himpun.sop.drawing import pages
from himpun.sop.plan import plan
from himpun.sop.shipped import shipped

STEPS = 200


def of_steps(count):
    """Return the shipped SOP's frame with ``count`` plain steps, decisions among them."""
    text = next(iter(shipped().values())).decode()
    head = text[: text.index("langkah:\n")]
    tail = text[text.index("\ntemuan:") : text.index("\noperasional:")]
    return (
        head + "langkah:\n" + "".join(_step(n, count) for n in _to(count)) + tail
    ).encode()


def _to(count):
    return range(1, count + 1)


def _step(number, count):
    actors = ("pelaksana", "kasubbag", "sekcam", "camat")
    kind = {1: "mulai", count: "selesai"}.get(number, "proses")
    leads = f"berikut: s{number + 1}" if number < count else "berikut: null"
    if number % 5 == 0 and 1 < number < count:
        kind = "keputusan"
        on, back = (
            f"{{hasil: Ya, ke: s{number + 1}}}",
            f"{{hasil: Tidak, ke: s{number - 2}}}",
        )
        leads = f"cabang: [{on}, {back}]"
    return f"""  - id: s{number}
    nomor: {number}
    jenis: {kind}
    kegiatan: Memeriksa dan meneruskan berkas bagian {number}
    penanggung_jawab: {actors[number % 4]}
    kelengkapan: {{teks: Berkas, butir: []}}
    waktu: {{jumlah: 15, satuan: menit}}
    output: {{teks: Berkas diperiksa, artefak: []}}
    {leads}
"""


def milliseconds(do, times):
    do()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        do()
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


def run(*, times):
    long, short = of_steps(STEPS), of_steps(5)
    compiled = milliseconds(lambda: plan(check(long).sop), times)
    read = milliseconds(lambda: yaml.safe_load(long), times)
    print(
        f"   check and compile {STEPS} steps: {compiled:6.0f} ms, plain YAML "
        f"{read:6.0f} ms, ratio {ratio(compiled, read)}"
    )
    drawn = {n: check(text).sop for n, text in ((STEPS, long), (5, short))}
    for_long = milliseconds(
        lambda: pages(drawn[STEPS], fonts.measure), max(times // 3, 3)
    )
    for_short = milliseconds(lambda: pages(drawn[5], fonts.measure), times)
    print(
        f"   draw {STEPS} steps: {for_long:6.0f} ms, 5 steps {for_short:6.0f} ms, "
        f"ratio {ratio(for_long, for_short)} for 40 x the steps"
    )
