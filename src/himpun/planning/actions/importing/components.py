"""The rows of the sheet Komponen: the variables of a formula, each of its indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from himpun.formula import Component, OverTime
from himpun.shared.refusals import Refusal, say

from ... import queries, rules
from ...rules import Change, workbook

if TYPE_CHECKING:
    from ...rules.workbook import Line
    from .run import Run


class Variables:
    """What the rows say, read before any indicator is kept.

    The rows of a new indicator are a part of what it means; those of one that is there
    must say the same, cell by cell.
    """

    def __init__(self, run: Run) -> None:
        """Read all rows; what is wrong with one is noted at once."""
        self._known = {
            code: {one.key: one for one in queries.components_of(version)}
            for code, version in run.versions.items()
        }
        self._found: dict[str, dict[str, Component]] = {}
        self._lines: list[tuple[Line, str, bool]] = []
        self._wrong: dict[str, str] = {}
        for line in run.book.of(workbook.COMPONENTS):
            code = line.text("indikator")
            sound = not line.spoilt and self._read(run, line, code)
            self._lines.append((line, code, sound))
            if not sound:
                self._wrong.setdefault(code, line.at("kode"))

    def of(self, code: str) -> tuple[Component, ...]:
        """Return the variables of a new indicator; raises Refusal where one is wrong."""
        if code in self._wrong:
            raise Refusal(
                say("Menunggu %(place)s dibetulkan.", place=self._wrong[code]),
                field="kode",
            )
        return tuple(self._found.get(code, {}).values())

    def count(self, run: Run) -> None:
        """Count the rows by what became of their indicators."""
        for line, code, sound in self._lines:
            change = None
            if sound and code in self._known:
                change = Change.UNCHANGED
            elif sound and code in run.versions:
                change = Change.CREATED
            elif sound:
                run.refuse(line, "indikator", run.no_indicator(code))
            run.count(workbook.COMPONENTS, change)

    def _read(self, run: Run, line: Line, code: str) -> bool:
        try:
            line.filled("indikator", "kode")
            key = line.text("kode").casefold()
            found = self._found.setdefault(code, {})
            rules.refuse_repeated([*found, key], "kode")
            known = self._known.get(code)
            if known is None:
                line.filled("nama")
                found[key] = _written(line, Component(line.text("kode"), ""))
            else:
                found[key] = _same(line, code, known.get(key))
        except Refusal as refusal:
            run.refuse(line, refusal.field or "terendah", refusal.sentence)
            return False
        return True


def _written(line: Line, base: Component) -> Component:
    least = line.number("terendah")
    over_time: OverTime | None = line.worded("setahun", workbook.OVER_TIMES)
    return Component(
        base.code,
        line.text("nama") or base.name,
        line.text("satuan") or base.unit,
        base.least if least is None else least,
        over_time or base.over_time,
    )


TITLES = {
    "name": "nama",
    "unit": "satuan",
    "least": "terendah",
    "over_time": "setahun",
}


def _same(line: Line, code: str, stands: Component | None) -> Component:
    if stands is None:
        raise Refusal(
            say(
                "Rumus %(code)s tidak mempunyai komponen ini. Buat versi baru dari "
                "halaman indikator itu, atau hapus barisnya."
            ),
            field="kode",
            code=code,
        )
    written = _written(line, stands)
    for name, title in TITLES.items():
        old, new = getattr(stands, name), getattr(written, name)
        if (rules.one_line(old) if isinstance(old, str) else old) != new:
            raise Refusal(
                say(
                    "Komponen ini sudah ada dengan %(what)s lain. Buat versi baru dari "
                    "halaman indikator %(code)s, atau samakan selnya."
                ),
                field=title,
                code=code,
                what=title,
            )
    return stands
