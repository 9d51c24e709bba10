"""The check of an SOP file: everything that is wrong with it, at once.

Codes, sentences and the order of work:
reading (E15, E16) -> shape (E01, E13, E14, E15) -> ids -> meaning, way, settings.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from himpun.wording import Sentence, say

from . import meaning, routing, settings
from .findings import Finding, Remark, place
from .model import Sop
from .reading import read
from .shape import fit

__all__ = ["Checked", "Finding", "as_json", "check", "report"]


@dataclass(frozen=True)
class Checked:
    """The SOP of a file, or None when an error refuses it, and all findings."""

    sop: Sop | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that refuse the file."""
        return tuple(found for found in self.findings if found.is_error)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that do not."""
        return tuple(found for found in self.findings if not found.is_error)


def check(source: bytes | str) -> Checked:
    """Check the YAML of an SOP (schema `sop-ap/1`); never raises.

    Findings come in the order of lines. An error in the shape of the file hides what
    can only be seen in a file of the right shape.
    """
    reading = read(source)
    if reading.findings:
        return Checked(None, reading.findings)
    shaped = fit(reading.tree)
    remarks = [*shaped.remarks]
    if shaped.sop:
        remarks += _remarks(shaped.sop, remarks)
    findings = {place(remark, reading.tree, reading.lines) for remark in remarks}
    refused = any(found.is_error for found in findings)
    return Checked(None if refused else shaped.sop, tuple(sorted(findings)))


def _remarks(sop: Sop, earlier: list[Remark]) -> Iterator[Remark]:
    """Check the meaning; what rests on ids waits until these are sound."""
    twice = [*meaning.ids_used_twice(sop)]
    unsound = {r.path[0] for r in (*earlier, *twice) if _is_name(r)}
    yield from twice
    yield from meaning.numbers(sop)
    yield from meaning.activities(sop)
    yield from meaning.co_actors(sop)
    yield from meaning.artefacts(sop)
    yield from meaning.identity(sop)
    yield from meaning.empty_cells(sop)
    yield from settings.links(sop)
    yield from settings.papers(sop)
    if "pelaksana" not in unsound:
        yield from meaning.actors(sop)
        yield from settings.actors_named(sop)
    if "langkah" not in unsound:
        way, remarks = routing.find_way(sop)
        yield from remarks
        yield from settings.steps_named(sop)
        yield from settings.returns(sop, way)
        yield from settings.round_limits(sop, way)


def _is_name(remark: Remark) -> bool:
    """Say whether an id that others refer to is missing or used twice."""
    return remark.code == "E01" and len(remark.path) == len(("langkah", 0, "id"))


def report(checked: Checked) -> list[Sentence]:
    """Return one line of text for each finding: `BARIS 57  E05  ...`."""
    return [
        say(
            "BARIS %(line)s  %(code)s  %(sentence)s",
            line=found.line,
            code=found.code,
            sentence=found.sentence,
        )
        for found in checked.findings
    ]


def as_json(checked: Checked) -> dict[str, object]:
    """Return the findings as plain values for a program."""
    return {
        "sop": checked.sop.id if checked.sop else None,
        "errors": len(checked.errors),
        "warnings": len(checked.warnings),
        "findings": [
            {
                "code": found.code,
                "line": found.line,
                "path": found.path,
                "sentence": found.sentence,
            }
            for found in checked.findings
        ],
    }
