"""The rows of the sheet Program: programmes, activities and sub-activities."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from himpun.shared.refusals import Refusal, say
from himpun.wording import joined

from ... import rules
from ...models import Programme
from ...rules import Kept, Level, ProgrammeLine, workbook
from ..programmes import keep_programme

if TYPE_CHECKING:
    from himpun.wording import Sentence

    from ...rules.workbook import Line
    from .run import Run

MOST_GUESSED = 50
"""Misprinted codes for which the nearest is looked for, which takes its time."""


def keep(run: Run) -> None:
    """Keep the programmes, each after what it is part of."""
    rows = list(Programme.objects.filter(unit=run.unit))
    run.works = {row.pk: row for row in rows}
    for known in rows:
        run.know(known)
    lines = run.book.of(workbook.PROGRAMMES)
    seen: dict[str, str] = {}
    for order, line in sorted(enumerate(lines, 1), key=lambda pair: _depth(*pair)):
        code = line.text("kode")
        if line.spoilt or _is_twice(run, line, code, seen):
            run.count(workbook.PROGRAMMES, None)
            continue
        row = run.kept(
            line,
            "kode" if code else "nama",
            partial(_keep, run, line, order),
        )
        if row is not None:
            run.know(row)
        elif code:
            run.refused[workbook.PROGRAMMES, code] = line.at("kode")


def _depth(order: int, line: Line) -> tuple[int, int]:
    code, level = line.text("kode"), line.text("tingkat").casefold()
    words = [level.value for level in rules.WORK]
    known = words.index(level) if level in words else len(words)
    return (code.count("."), order) if code else (100 + known, order)


def _is_twice(run: Run, line: Line, code: str, seen: dict[str, str]) -> bool:
    if not code or code not in seen:
        seen[code] = line.at("kode")
        return False
    sentence = say(
        "Kode %(code)s sudah ditulis di %(place)s. Betulkan salah satunya.",
        code=code,
        place=seen[code],
    )
    run.refuse(line, "kode", sentence)
    return True


def _keep(run: Run, line: Line, order: int) -> Kept[Programme]:
    code = line.text("kode")
    level = line.choice("tingkat", Level)
    wrong = code and not rules.CODE.fullmatch(code)
    if wrong and run.tally(workbook.PROGRAMMES).rejected > MOST_GUESSED:
        raise Refusal(say("Kode ini tidak lengkap atau salah ketik."), field="kode")
    parent = None if code else _parent(run, line)
    above = rules.parent_code(code)
    if (workbook.PROGRAMMES, above) in run.refused:
        raise Refusal(run.missing(workbook.PROGRAMMES, above, say("")), field="kode")
    known = run.names.get(code or rules.folded(line.text("nama")), [])
    return keep_programme(
        run.unit,
        ProgrammeLine(
            line.text("nama"),
            code,
            level,
            parent.pk if parent else None,
            known[0].order if known else order,
        ),
        by=run.by,
        at=run.at,
    )


def _parent(run: Run, line: Line) -> Programme | None:
    text = line.text("induk")
    if not text:
        return None
    found = run.work_named(text)
    if len(found) != 1:
        raise Refusal(unclear(text, len(found)), field="induk")
    return found[0]


def unclear(text: str, many: int) -> Sentence:
    """Return why a name of a programme does not say which one is meant."""
    if many:
        return say(
            "Ada %(many)s program, kegiatan, atau sub kegiatan bernama %(name)s. Tulis "
            "kodenya, atau isi induknya.",
            many=many,
            name=rules.cut(text),
        )
    wrong = say(
        "%(name)s tidak ada pada program kantor ini. Tambahkan pada lembar Program, atau "
        "tulis kodenya.",
        name=rules.cut(text),
    )
    same = [
        say("Nama itu di nomenklatur berkode %(code)s.", code=entry.code)
        for entry in rules.entries_named(text)
    ]
    return joined([wrong, *same], " ")
