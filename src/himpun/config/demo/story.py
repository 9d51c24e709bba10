"""The yearly case 2024 of Kecamatan Muncar, carried to its end by ordinary actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from himpun.collection import actions as collection
from himpun.collection import queries as collected
from himpun.collection.rules import Evaluation
from himpun.documents import fonts
from himpun.documents.drawing import svg_to_pdf
from himpun.organization import queries as organization
from himpun.procedures import actions as procedures
from himpun.procedures import queries as running
from himpun.reporting import actions as reporting
from himpun.reporting.rules import Backend
from himpun.worktime.periods import Period, PeriodKind

from . import figures
from .offices import PASSPHRASE, people_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from himpun.collection.models import Round
    from himpun.config.offices import Office
    from himpun.procedures.models import Case, ProcedureVersion
    from himpun.reporting.models import Snapshot


WIB = ZoneInfo("Asia/Jakarta")
YEAR = Period(PeriodKind.YEAR, figures.LAST)
OPENED = datetime(2025, 1, 2, 8, 0, tzinfo=WIB)
A4 = (210, 297)
"""Millimetres."""
RETURNED = "S2"
"""The indicator whose value is returned once and corrected."""


@dataclass
class Clock:
    """The story's time: it only moves on."""

    now: datetime

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        """Go to a moment of January 2025 (WIB) and return it in UTC."""
        self.now = OPENED.replace(day=day, hour=hour, minute=minute).astimezone(UTC)
        return self.now

    def later(self, minutes: int = 4) -> datetime:
        """Return a moment some minutes after the last one."""
        self.now += timedelta(minutes=minutes)
        return self.now


def evidence(title: str) -> bytes:
    """Return a generated PDF that says of itself that it is an example."""
    lines = (
        (58, "700", "PEMERINTAH KABUPATEN BANYUWANGI"),
        (66, "700", "KECAMATAN MUNCAR"),
        (92, "700", title),
        (102, "400", f"Tahun {figures.LAST}"),
        (124, "400", "CONTOH: dibuat untuk peragaan, bukan data dukung asli."),
        (132, "400", "Berkas ini tidak memuat angka dan tidak ditandatangani."),
    )
    words = "".join(
        f'<text x="105" y="{y}" font-size="5" font-weight="{weight}">{escape(text)}</text>'
        for y, weight, text in lines
    )
    page = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297" '
        f'font-family="{fonts.FAMILY}" text-anchor="middle">'
        '<rect x="78" y="26" width="54" height="13" fill="none" stroke="#222"/>'
        '<text x="105" y="35" font-size="7" font-weight="700">CONTOH</text>'
        f'<path d="M30 73h150" stroke="#222" stroke-width="0.8"/>{words}</svg>'
    )
    return svg_to_pdf([page], title=f"Contoh: {title}", size=A4)


def carry(
    office: Office, version: ProcedureVersion, *, stop_after: datetime | None = None
) -> Case:
    """Open the case on 2 January 2025 and carry it to its sealed end.

    With ``stop_after`` only the days up to that moment are told: the case then stands
    where it stood.
    """
    story = Story(office, version)
    for chapter_at, chapter in story.chapters():
        if stop_after and chapter_at > stop_after:
            break
        chapter()
    return story.case


class Story:
    """What each person does, step by step."""

    def __init__(self, office: Office, version: ProcedureVersion) -> None:
        self.office, self.version = office, version
        self.who = people_of(office)
        self.clock = Clock(OPENED)
        self.case: Case
        self.paper: Snapshot

    def chapters(self) -> list[tuple[datetime, Callable[[], None]]]:
        """Return when each step's chapter happens, and the chapter."""
        days = (2, 3, 7, 8, 8)
        tell = (self.gather, self.evaluate, self.collect, self.sign, self.report)
        return [(OPENED.replace(day=d), t) for d, t in zip(days, tell, strict=True)]

    @property
    def round(self) -> Round:
        """The collection of the case."""
        found = collected.round_of(self.case)
        if found is None:
            raise LookupError("the case has no round yet")
        return found

    def close(self, who: str, step: str, part: str = "kerja") -> None:
        """Let somebody close an open task."""
        task = self.case.tasks.get(step=step, part=part, done_at__isnull=True)
        procedures.complete_task(task, by=self.who[who], at=self.clock.later())

    def gather(self) -> None:
        """Step 1: the reports of the months and a first figure for each indicator."""
        self.case = procedures.start_case(
            self.version, YEAR, by=self.who["kasubbag"], at=self.clock.at(2, 8)
        )
        for line in running.checklist(self.case, "l1"):
            procedures.attach(
                line.item,
                content=evidence(line.item.name),
                filename=f"contoh {line.item.name}.pdf",
                by=self.who["pelaksana"],
                at=self.clock.later(2),
            )
        known = {row.code: row for row in figures.rows()}
        for proposal in self.round.proposals.select_related("version__indicator"):
            row = known[proposal.version.indicator.code]
            collection.save_proposal(
                proposal,
                text=comma(row.actual[figures.LAST]),
                absent_reason="",
                rests_on="Data laporan semester/tahun (contoh)",
                row_version=proposal.row_version,
                by=self.who["pelaksana"],
                at=self.clock.later(2),
            )
        self.close("pelaksana", "l1")
        self.clock.at(2, 14)
        self.close("kasubbag", "l1", "paraf")

    def evaluate(self) -> None:
        """Step 2: the team is named and each proposal judged."""
        self.clock.at(3, 8)
        members = [
            self.who[key].tenures.get() for key in ("pelaksana", "pelaksana2", "kasi")
        ]
        collection.form_team(
            self.round,
            name=f"Tim Pengumpul Data Kinerja {figures.LAST} (contoh)",
            members=members,
            by=self.who["kasubbag"],
            at=self.clock.later(),
        )
        for proposal in self.round.proposals.all():
            collection.evaluate(
                proposal,
                Evaluation.ENOUGH,
                by=self.who["kasubbag"],
                at=self.clock.later(),
            )
        self.close("kasubbag", "l2")
        self.clock.at(3, 13, 30)
        self.close("sekcam", "l2", "paraf")

    def collect(self) -> None:
        """Step 3: requests, values with evidence, verification, the two papers."""
        self.clock.at(7, 8)
        person = self.who["pelaksana"]
        today = self.clock.now.astimezone(WIB).date()
        for request in self.round.requests.all():
            collection.plan_request(
                request,
                due=today,
                what="Data pendukung indikator tahun 2024 (contoh)",
                by=person,
                at=self.clock.later(1),
            )
        collection.send_requests(self.round, by=person, at=self.clock.later())
        collection.close_requests(
            self.round.requests.all(),
            via="WhatsApp (contoh)",
            on=today,
            by=person,
            at=self.clock.later(60),
        )
        self.fill({row.code: row.actual[figures.LAST] for row in figures.rows()})
        self.verify()
        self.papers()

    def fill(self, values: dict[str, object]) -> None:
        """Type the values with a file for each and send them."""
        person = self.who["pelaksana"]
        for entry in self.round.entries.select_related("version__indicator"):
            code = entry.version.indicator.code
            saved = collection.save_value(
                entry,
                text=comma(values[code]),
                row_version=entry.row_version,
                by=person,
                at=self.clock.later(2),
            )
            collection.add_evidence(
                saved,
                content=evidence(entry.version.name),
                filename=f"contoh bukti {code}.pdf",
                by=person,
                at=self.clock.later(1),
            )
        collection.submit_values(self.round, by=person, at=self.clock.later())

    def verify(self) -> None:
        """Accept the values; one is returned, its evidence completed, sent again."""
        self.clock.at(7, 13, 30)
        verifier, person = self.who["kasubbag"], self.who["pelaksana"]
        entries = {
            e.version.indicator.code: e
            for e in self.round.entries.select_related("version__indicator")
        }
        for code, entry in entries.items():
            if code != RETURNED:
                collection.accept_value(
                    entry,
                    row_version=entry.row_version,
                    by=verifier,
                    at=self.clock.later(),
                )
        collection.return_value(
            entries[RETURNED],
            why="Rekap pengaduan bulan Desember belum dilampirkan.",
            row_version=entries[RETURNED].row_version,
            by=verifier,
            at=self.clock.later(),
        )
        returned = self.round.entries.get(pk=entries[RETURNED].pk)
        collection.add_evidence(
            returned,
            content=evidence("Rekap pengaduan Desember"),
            filename="contoh rekap pengaduan Desember.pdf",
            by=person,
            at=self.clock.later(20),
        )
        collection.submit_values(self.round, by=person, at=self.clock.later())
        entry = self.round.entries.get(pk=returned.pk)
        collection.accept_value(
            entry, row_version=entry.row_version, by=verifier, at=self.clock.later()
        )

    def papers(self) -> None:
        """Make Rekapitulasi and Laporan Kinerja, print, close the step."""
        person = self.who["pelaksana"]
        reporting.make_recap(self.case, by=person, at=self.clock.later())
        self.paper = reporting.make_performance_report(
            self.case, by=person, at=self.clock.later()
        )
        reporting.record_print(self.paper, by=person, at=self.clock.later())
        self.close("pelaksana", "l3")
        self.clock.at(8, 7, 45)
        self.close("sekcam", "l3", "paraf")

    def sign(self) -> None:
        """Step 4: the Camat signs with the demonstration's certificate."""
        at, camat = self.clock.at(8, 8, 5), self.who["camat"]
        reporting.make_certificate(
            camat,
            role=organization.own_role(camat, at),
            passphrase=PASSPHRASE,
            again=PASSPHRASE,
            at=at,
        )
        prepared = reporting.prepare(
            self.paper, backend=Backend.TEST_CA, by=camat, at=self.clock.later(12)
        )
        sealed = reporting.seal(prepared, at=self.clock.later(1))
        reporting.sign_as_example(
            sealed, passphrase=PASSPHRASE, by=camat, at=self.clock.later(1)
        )

    def report(self) -> None:
        """Step 5: the collection report, copies received, noted, sealed."""
        self.clock.at(8, 8, 30)
        person = self.who["pelaksana"]
        reporting.make_collection_report(self.case, by=person, at=self.clock.later())
        reporting.send(self.case, by=person, at=self.clock.later())
        self.close("pelaksana", "l5")
        for receipt in running.receipts(self.case):
            procedures.receive_copy(
                receipt, by=self.who[receipt.actor], at=self.clock.later()
            )
        self.close("camat", "l5", "mengetahui")
        self.case.refresh_from_db()
        reporting.seal_case(self.case, at=self.clock.later())


def comma(value: object) -> str:
    """Return a number as an officer types it: with a decimal comma."""
    return str(value).replace(".", ",")
