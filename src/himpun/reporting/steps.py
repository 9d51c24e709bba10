"""What this app knows of the steps of an SOP: laporan, tanda-tangan, penyampaian."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.procedures.registry import Act, Missing, PlainKind, Summary
from himpun.procedures.rules import DOING, ItemState
from himpun.shared.refusals import say

from . import actions, queries, rules
from .rules import ReportKind, SignatureState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from himpun.procedures.models import Case, Task

EVIDENCE = "data-dukung"
"""The line of the kelengkapan that the evidence of the case itself fulfils."""


def _page(name: str, task: Task, anchor: str = "") -> str:
    return reverse(f"reporting:{name}", args=[task.case_id]) + anchor


class Reporting(PlainKind):
    """Rekapitulasi and Laporan Kinerja from the accepted values, printed."""

    def missing(self, task: Task, *, at: datetime) -> list[Missing]:
        """Return which paper is not made, older than the last acceptance, not printed."""
        if task.part not in DOING:
            return []
        link = _page("papers", task)
        if queries.signed_kind(task.case) in rules.PLANS:
            return _unmade_plan(task, link)
        papers = {paper.kind: paper for paper in queries.case_papers(task.case)}
        wanted = (ReportKind.RECAP, ReportKind.PERFORMANCE)
        found = [
            Missing(
                say(
                    "Buat %(name)s dari nilai yang sudah diterima.",
                    name=rules.TITLES[kind],
                ),
                f"{link}#{kind}",
            )
            for kind in wanted
            if not papers[kind].fresh
        ]
        report = papers[ReportKind.PERFORMANCE]
        if report.fresh and not report.printed:
            found.append(
                Missing(
                    say(
                        "Cetak Laporan Kinerja versi %(number)s, lalu tandai tercetak.",
                        number=report.current.number if report.current else "",
                    ),
                    f"{link}#{ReportKind.PERFORMANCE}",
                )
            )
        return found

    def returned(self, task: Task, *, reason: str, values: list[int]) -> None:
        """Make history of the papers: what comes back is reported anew."""
        for paper in queries.case_papers(task.case):
            signature = paper.signature
            if signature and signature.state != SignatureState.SIGNED:
                actions.drop(signature)
            if paper.current:
                paper.current.stale = True
                paper.current.save(update_fields=["stale"])

    def told(self, case: Case, acts: Sequence[Act]) -> list[str]:
        """Return the paper and its version that an event is about."""
        return [
            say(
                "%(paper)s versi %(number)s",
                paper=_(rules.TITLES[ReportKind(data["kind"])]),
                number=data["number"],
            )
            if kind.startswith("document.") and "kind" in data
            else ""
            for kind, data in acts
        ]


def _unmade_plan(task: Task, link: str) -> list[Missing]:
    kind = queries.signed_kind(task.case)
    if queries.is_of_round(queries.snapshot_of(task.case, kind), task):
        return []
    words = say("Buat %(name)s dari data perencanaan.", name=rules.TITLES[kind])
    return [Missing(words, f"{link}#{kind}")]


class Signing(PlainKind):
    """The paper of the case is read and signed, or given back."""

    def missing(self, task: Task, *, at: datetime) -> list[Missing]:
        """Lack the signature until it stands in the archive."""
        if task.part not in DOING or queries.signed_of(task.case):
            return []
        title = rules.TITLES[queries.signed_kind(task.case)]
        words = say("%(name)s belum ditandatangani.", name=title)
        return [Missing(words, _page("sign", task))]

    def summary(self, task: Task) -> Summary | None:
        """Return what waits on the signer's desk."""
        kind = queries.signed_kind(task.case)
        snapshot = queries.snapshot_of(task.case, kind)
        if snapshot is None:
            return None
        return Summary(
            title=say("Tandatangani %(name)s", name=rules.TITLES[kind]),
            text=say(
                "%(period)s, %(pages)s halaman",
                period=task.case.period.label,
                pages=snapshot.pages,
            ),
            link=_page("sign", task),
        )


class Delivering(PlainKind):
    """The report of step 5 goes to those whom the SOP names; the head takes note."""

    def opened(self, task: Task, *, at: datetime) -> None:
        """Close the line "data dukung" by the evidence that the case already holds."""
        count = queries.evidence_count(task.case)
        if not count:
            return
        for line in cases.checklist(task.case, task.step):
            item = line.item
            own = item.item.startswith(EVIDENCE) and not item.source
            if own and line.state == ItemState.OPEN:
                procedures.fulfil(
                    task.case,
                    task.step,
                    item.item,
                    note=f"{count} berkas data dukung di dalam kasus ini",
                    at=at,
                )

    def missing(self, task: Task, *, at: datetime) -> list[Missing]:
        """Return what is to be made and sent; before the note, the receipts."""
        link = _page("delivery", task)
        if task.part not in DOING:
            return _unreceived(task, link)
        report = queries.snapshot_of(task.case, ReportKind.COLLECTION)
        if not queries.is_deliverable(report, task):
            return [Missing(say("Buat Laporan Pengumpulan Data Kinerja."), link)]
        if not queries.receipts_of(task.case, task.step, task.round):
            return [Missing(say("Sampaikan laporan kepada penerima tembusan."), link)]
        return []

    def finished(self, case: Case, *, at: datetime) -> None:
        """Seal the case as soon as its last act is safely stored."""
        transaction.on_commit(partial(actions.seal_case, case, at=at), robust=True)

    def summary(self, task: Task) -> Summary | None:
        """Return how far the delivery has come."""
        receipts = queries.receipts_of(task.case, task.step, task.round)
        received = sum(receipt.received_at is not None for receipt in receipts)
        return Summary(
            title=say("Sampaikan laporan hasil pengumpulan"),
            text=say(
                "%(n)s dari %(total)s tanda terima", n=received, total=len(receipts)
            )
            if receipts
            else task.case.period.label,
            link=_page("delivery", task),
            done=received,
            total=len(receipts),
        )


def _unreceived(task: Task, link: str) -> list[Missing]:
    return [
        Missing(
            say(
                "Tembusan belum dicatat diterima: %(who)s.",
                who=queries.titles_of(task.case, receipt.actor),
            ),
            link,
        )
        for receipt in queries.receipts_of(task.case, task.step, task.round)
        if receipt.received_at is None
    ]
