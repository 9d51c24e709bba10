"""The way through the steps: one beginning, an end for everyone, inputs in time.

Codes E03, E04, E06 to E10 and W01. A broken arrow is reported once, as itself: what
follows from it (steps that cannot be reached any more) is looked at only when the
arrows are sound.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from himpun.wording import Sentence, say

from .findings import Remark, listed
from .flow import Block, Flow, blocks_of, flow_of, surely_produced
from .model import Langkah, Sop

_MIN_OUTCOMES = 2


@dataclass(frozen=True)
class Way:
    """The sound way through an SOP: its graph and parallel blocks."""

    flow: Flow
    blocks: tuple[Block, ...]


def named(step: Langkah) -> Sentence:
    """Name a step in a sentence: by its number on paper and its id."""
    return say("langkah %(number)s (%(id)s)", number=step.nomor, id=step.id)


def find_way(sop: Sop) -> tuple[Way | None, list[Remark]]:
    """Return the way through the steps, or None, with the remarks on it."""
    arrows = [*_starts(sop), *_ends(sop), *_targets(sop), *_exits(sop)]
    remarks = [*arrows, *_outcomes(sop)]
    if arrows:
        return None, remarks
    flow = flow_of(sop)
    lost = [*_unreached(sop, flow), *_endless(sop, flow)]
    if lost:
        return None, remarks + lost
    blocks, entangled = blocks_of(flow)
    if entangled:
        return None, [*remarks, *_entangled(sop, entangled)]
    way = Way(flow, blocks)
    return way, [*remarks, *_inputs(sop, way)]


def _starts(sop: Sop) -> Iterator[Remark]:
    """E03."""
    places = [i for i, step in enumerate(sop.langkah) if step.jenis == "mulai"]
    if not places:
        yield Remark(
            "E03",
            ("langkah", 0, "jenis"),
            say(
                "Belum ada langkah berjenis mulai. Ubah jenis %(step)s atau langkah "
                "lain yang menjadi awal menjadi mulai.",
                step=named(sop.langkah[0]),
            ),
        )
    for i in places[1:]:
        yield Remark(
            "E03",
            ("langkah", i, "jenis"),
            say(
                "%(step)s juga berjenis mulai, padahal %(first)s sudah menjadi awal. "
                "Sisakan satu saja.",
                step=named(sop.langkah[i]),
                first=named(sop.langkah[places[0]]),
            ),
        )


def _ends(sop: Sop) -> Iterator[Remark]:
    """E04."""
    if not any(step.jenis == "selesai" for step in sop.langkah):
        yield Remark(
            "E04",
            ("langkah", len(sop.langkah) - 1, "jenis"),
            say(
                "Belum ada langkah berjenis selesai. Ubah jenis %(step)s atau "
                "langkah akhir lainnya menjadi selesai.",
                step=named(sop.langkah[-1]),
            ),
        )


def _targets(sop: Sop) -> Iterator[Remark]:
    """E06."""
    known = {step.id for step in sop.langkah}
    for i, step in enumerate(sop.langkah):
        arrows = [(("berikut", k), to) for k, to in enumerate(step.berikut)]
        branches = [(("cabang", k, "ke"), c.ke) for k, c in enumerate(step.cabang)]
        for inner, target in (*arrows, *branches):
            if target not in known:
                yield Remark(
                    "E06",
                    ("langkah", i, *inner),
                    say(
                        '%(step)s menuju "%(target)s", langkah yang tidak ada. Pakai '
                        "id langkah yang ada atau tambahkan langkah itu.",
                        step=named(step),
                        target=target,
                    ),
                )


def _exits(sop: Sop) -> Iterator[Remark]:
    """E08."""
    ended = any(step.jenis == "selesai" for step in sop.langkah)
    for i, step in enumerate(sop.langkah):
        if sentence := _wrong_exit(step, ended=ended):
            part = "berikut" if step.berikut or not step.cabang else "cabang"
            yield Remark("E08", ("langkah", i, part), sentence)


def _wrong_exit(step: Langkah, *, ended: bool) -> Sentence | None:
    if step.berikut and step.cabang:
        return say(
            "%(step)s memuat berikut dan cabang sekaligus. Pakai cabang untuk "
            "keputusan, berikut untuk langkah lain.",
            step=named(step),
        )
    if step.jenis == "selesai" and step.tujuan:
        return say(
            "%(step)s berjenis selesai tetapi masih menuju langkah lain. Kosongkan "
            "tujuannya atau ubah jenisnya.",
            step=named(step),
        )
    # Without any end (E04) a step without a target is most likely the end itself.
    lacks_target = not step.tujuan and step.jenis not in {"selesai", "keputusan"}
    if lacks_target and ended:
        return say(
            "%(step)s buntu: bukan langkah selesai, tetapi tidak menuju langkah mana "
            "pun. Isi berikut atau ubah jenisnya menjadi selesai.",
            step=named(step),
        )
    return None


def _outcomes(sop: Sop) -> Iterator[Remark]:
    """E07, and E15 for outcomes of a step that decides nothing."""
    for i, step in enumerate(sop.langkah):
        part = "cabang" if step.cabang else "jenis"
        if step.jenis == "keputusan" and len(step.cabang) < _MIN_OUTCOMES:
            yield Remark(
                "E07",
                ("langkah", i, part),
                say(
                    "Keputusan pada %(step)s belum memiliki dua hasil. Isi cabang "
                    "dengan paling sedikit dua hasil, misalnya Ya dan Tidak.",
                    step=named(step),
                ),
            )
        if step.jenis != "keputusan" and step.cabang:
            yield Remark(
                "E15",
                ("langkah", i, "cabang"),
                say(
                    "Cabang hanya untuk keputusan, sedangkan %(step)s berjenis "
                    "%(kind)s. Ubah jenisnya menjadi keputusan atau pakai berikut.",
                    step=named(step),
                    kind=step.jenis,
                ),
            )
        yield from _twice(i, step)


def _twice(i: int, step: Langkah) -> Iterator[Remark]:
    seen: set[str] = set()
    for k, branch in enumerate(step.cabang):
        outcome = branch.hasil.strip().casefold()
        if outcome in seen:
            yield Remark(
                "E07",
                ("langkah", i, "cabang", k, "hasil"),
                say(
                    'Hasil "%(outcome)s" pada %(step)s tertulis dua kali. Beri nama '
                    "yang berbeda untuk setiap hasil.",
                    outcome=branch.hasil,
                    step=named(step),
                ),
            )
        seen.add(outcome)


def _unreached(sop: Sop, flow: Flow) -> Iterator[Remark]:
    """E09."""
    reached = flow.reached([flow.first])
    lost = [i for i, step in enumerate(sop.langkah) if step.id not in reached]
    if lost:
        names = listed([named(sop.langkah[i]) for i in lost])
        yield Remark(
            "E09",
            ("langkah", lost[0]),
            say(
                "%(names)s tidak dapat dicapai dari langkah mulai. Arahkan berikut "
                "atau cabang langkah sebelumnya ke sana, atau hapus langkah itu.",
                names=names,
            ),
        )


def _endless(sop: Sop, flow: Flow) -> Iterator[Remark]:
    """E10, steps from which no way leads to an end."""
    stuck = flow.reached([flow.first]) - flow.reaching(flow.ends)
    places = [i for i, step in enumerate(sop.langkah) if step.id in stuck]
    if places:
        names = listed([named(sop.langkah[i]) for i in places])
        yield Remark(
            "E10",
            ("langkah", places[-1], "berikut"),
            say(
                "Dari %(names)s tidak ada jalan ke langkah selesai; pekerjaan "
                "berputar tanpa akhir. Arahkan salah satunya ke langkah yang menuju "
                "selesai.",
                names=names,
            ),
        )


def _entangled(sop: Sop, splits: tuple[str, ...]) -> Iterator[Remark]:
    """E10, parallel branches that could leave their join waiting for ever."""
    for i, step in enumerate(sop.langkah):
        if step.id in splits:
            yield Remark(
                "E10",
                ("langkah", i, "berikut"),
                say(
                    "Cabang sejajar dari %(step)s tidak bertemu kembali dengan "
                    "tertib, sehingga langkah pertemuan dapat menunggu tanpa akhir. "
                    "Pastikan setiap cabang hanya dimasuki dari langkah ini dan "
                    "semuanya menuju satu langkah pertemuan.",
                    step=named(step),
                ),
            )


def _inputs(sop: Sop, way: Way) -> Iterator[Remark]:
    """W01."""
    produced = {step.id: frozenset(step.output.artefak) for step in sop.langkah}
    ready = surely_produced(way.flow, way.blocks, produced)
    for i, step in enumerate(sop.langkah):
        for k, item in enumerate(step.kelengkapan.butir):
            needed = item.dari
            if needed in sop.artefak and needed not in ready[step.id]:
                yield Remark(
                    "W01",
                    ("langkah", i, "kelengkapan", "butir", k, "dari"),
                    say(
                        '%(step)s memerlukan "%(needed)s" untuk butir "%(item)s", '
                        "tetapi belum tentu sudah dihasilkan pada setiap jalan ke "
                        "langkah itu. Periksa output langkah sebelumnya.",
                        step=named(step),
                        needed=needed,
                        item=item.id,
                    ),
                )
