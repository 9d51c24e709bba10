"""What this app knows of the steps of an SOP: usulan, evaluasi, pengumpulan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.organization.models import Unit
from himpun.planning import queries as planning
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.procedures.registry import Act, Missing, PlainKind, Summary
from himpun.procedures.rules import DOING, CaseState
from himpun.shared.refusals import Refusal, say

from . import queries, rules
from .models import Entry, Proposal, Request, Round, Verdict
from .rules import EntryState, RequestState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.procedures.models import Case, Task

    from .queries import ProposalRow

CSV = "text/csv"


def _open_round(case: Case, at: datetime) -> Round:
    """Return the round of a case; the first one to ask opens it."""
    round_, _made = Round.objects.get_or_create(
        case=case,
        defaults={
            "unit": case.unit,
            "period_code": case.period_code,
            "opened_at": at,
        },
    )
    return round_


def _refuse_second(case: Case) -> None:
    """Refuse to collect a period's values where another case of the office does.

    An office may have several SOPs, but a figure has one case behind it: the second one
    would take the place of what was verified, even signed, in the first. Raises Refusal.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=case.unit_id)
    others = Round.objects.filter(unit=case.unit, period_code=case.period_code).filter(
        Q(entries__isnull=False) | Q(proposals__isnull=False)
    )
    first = (
        others.exclude(case=case)
        .exclude(case__state=CaseState.CANCELLED)
        .select_related("case__procedure")
        .first()
    )
    if first is not None:
        raise Refusal(
            say(
                "Data kinerja periode ini sudah dikumpulkan dalam %(case)s. Lanjutkan "
                "kasus itu, atau batalkan dengan alasan bila keliru."
            ),
            case=str(first.case),
        )


def _page(name: str, task: Task, anchor: str = "") -> str:
    return reverse(f"collection:{name}", args=[task.case_id]) + anchor


def _works(task: Task) -> bool:
    """Whether the task is the work itself: a paraf lacks nothing of ours."""
    return task.part in DOING


class Proposing(PlainKind):
    """Step 1: a proposal, or why there is none, for each indicator that is due."""

    def opened(self, task: Task, *, at: datetime) -> None:
        """Open the round and a row for each indicator, pinned to its version."""
        _refuse_second(task.case)
        round_ = _open_round(task.case, at)
        for version in planning.due(task.case.unit, task.case.period):
            Proposal.objects.get_or_create(round=round_, version=version)

    def missing(self, task: Task, *, at: datetime) -> list[Missing]:
        """Return the indicators without a proposal and without a reason."""
        round_ = queries.round_of(task.case) if _works(task) else None
        if round_ is None:
            return []
        return [
            Missing(
                say(
                    "%(name)s: isi usulan, atau tulis mengapa belum ada.",
                    name=row.proposal.version.name,
                ),
                _page("proposals", task, f"#usulan-{row.proposal.pk}"),
            )
            for row in queries.proposals(round_)
            if not row.answered
        ]

    def closing(self, task: Task, *, by: Actor, at: datetime) -> None:
        """Bring forth the step's output: the list of proposals."""
        round_ = queries.round_of(task.case)
        if round_:
            _produce(task, proposals_csv(queries.proposals(round_)), by=by, at=at)

    def summary(self, task: Task) -> Summary:
        """Return how many proposals are there."""
        round_ = queries.round_of(task.case)
        rows = queries.proposals(round_) if round_ else []
        done = sum(row.answered for row in rows)
        return Summary(
            title=say("Himpun usulan data awal"),
            text=say("%(done)s dari %(total)s indikator", done=done, total=len(rows)),
            link=_page("proposals", task),
            done=done,
            total=len(rows),
        )


class Evaluating(PlainKind):
    """Step 2: a team is named, and every proposal is evaluated."""

    def opened(self, task: Task, *, at: datetime) -> None:
        """Start from the team in force; it is named by an act of the Kasubbag."""
        _open_round(task.case, at)

    def missing(self, task: Task, *, at: datetime) -> list[Missing]:
        """Return that no team is named, and the proposals without evaluation."""
        round_ = queries.round_of(task.case) if _works(task) else None
        if round_ is None:
            return []
        found = [
            Missing(
                say("%(name)s: usulan belum dinilai.", name=row.proposal.version.name),
                _page("evaluation", task, f"#usulan-{row.proposal.pk}"),
            )
            for row in queries.proposals(round_)
            if not row.proposal.evaluation
        ]
        if round_.team_id is None:
            sentence = say("Tim pengumpul data belum ditetapkan.")
            found.insert(0, Missing(sentence, _page("evaluation", task, "#tim")))
        return found

    def closing(self, task: Task, *, by: Actor, at: datetime) -> None:
        """Bring forth the step's output: the list of evaluated proposals."""
        round_ = queries.round_of(task.case)
        if round_:
            _produce(task, evaluated_csv(queries.proposals(round_)), by=by, at=at)

    def summary(self, task: Task) -> Summary:
        """Return how many proposals are evaluated."""
        round_ = queries.round_of(task.case)
        rows = queries.proposals(round_) if round_ else []
        done = sum(bool(row.proposal.evaluation) for row in rows)
        return Summary(
            title=say("Tetapkan tim dan nilai usulan"),
            text=say(
                "%(done)s dari %(total)s usulan dinilai", done=done, total=len(rows)
            ),
            link=_page("evaluation", task),
            done=done,
            total=len(rows),
        )


class Collecting(PlainKind):
    """Step 3: the plan, the requests, the values, all of them verified."""

    def opened(self, task: Task, *, at: datetime) -> None:
        """Make a row for each value.

        Repeated by a return: what is there stays as it is.
        """
        case = task.case
        _refuse_second(case)
        round_ = _open_round(case, at)
        pinned = {
            row.version.indicator_id: row.version
            for row in round_.proposals.select_related("version")
        }
        for version in planning.due(case.unit, case.period):
            Entry.objects.get_or_create(
                round=round_,
                version=pinned.get(version.indicator_id, version),
                unit=case.unit,
            )

    def returned(self, task: Task, *, reason: str, values: list[int]) -> None:
        """Unlock the named values with the reason; the others stay locked."""
        named = Entry.objects.filter(
            round__case=task.case,
            pk__in=values,
            state__in=[EntryState.ACCEPTED, EntryState.SUBMITTED],
        )
        back = _returning(task)
        if back is None or back.done_by is None or back.done_at is None:
            return
        for entry in named:
            Verdict.objects.create(
                entry=entry,
                accepted=False,
                reason=ledger.keep_text(reason),
                value=entry.value,
                verifier=back.done_by,
                verifier_role=back.done_role,
                decided_at=back.done_at,
            )
            entry.state = EntryState.RETURNED.value
            entry.row_version += 1
            entry.save(update_fields=["state", "row_version"])

    def missing(self, task: Task, *, at: datetime) -> list[Missing]:
        """Return the values that are not accepted."""
        round_ = queries.round_of(task.case) if _works(task) else None
        if round_ is None:
            return []
        waiting = round_.entries.exclude(state=EntryState.ACCEPTED)
        return [_unaccepted(entry, task) for entry in waiting.select_related("version")]

    def summary(self, task: Task) -> Summary:
        """Return how many values are accepted."""
        rows = Entry.objects.filter(round__case=task.case)
        states = list(rows.values_list("state", flat=True))
        done = states.count(EntryState.ACCEPTED.value)
        back = states.count(EntryState.RETURNED.value)
        text = say(
            "%(done)s dari %(total)s nilai diterima", done=done, total=len(states)
        )
        return Summary(
            title=say("Isi dan kumpulkan data kinerja"),
            text=say("%(text)s, %(n)s dikembalikan", text=text, n=back)
            if back
            else text,
            link=_page("entries", task),
            done=done,
            total=len(states),
        )

    def told(self, case: Case, acts: Sequence[Act]) -> list[str]:
        """Return the indicator, unit and figure that each event of a round is about."""
        return queries.told(case, acts)


class Asking(PlainKind):
    """A step that is done once for each unit: a request, and its answer."""

    def opened(self, task: Task, *, at: datetime) -> None:
        """Plan a request for each unit; repeated by a return, answers stay answers."""
        _plan_requests(_open_round(task.case, at), task)

    def missing(self, task: Task, *, at: datetime) -> list[Missing]:
        """Return the units that owe an answer, as the SOP's `selesai_bila` counts."""
        round_ = queries.round_of(task.case) if _works(task) else None
        return _unanswered(round_, task, at) if round_ else []

    def summary(self, task: Task) -> Summary | None:
        """Return how many units have answered, where no values are collected."""
        if queries.COLLECTION in cases.kinds_of(task.case, task.step):
            return None
        rows = Request.objects.filter(round__case=task.case, step=task.step)
        states = [RequestState(s) for s in rows.values_list("state", flat=True)]
        counted = [state for state in states if state is not RequestState.REMOVED]
        done = sum(state in rules.ANSWERED for state in counted)
        return Summary(
            title=cases.step_of(task).activity,
            text=say("%(done)s dari %(total)s unit", done=done, total=len(counted)),
            link=_page("plan", task),
            done=done,
            total=len(counted),
        )

    def renamed(self, case: Case, steps: Mapping[str, str]) -> None:
        """Let the requests follow their steps to another version."""
        rows = Request.objects.filter(round__case=case)
        for before, now in steps.items():
            rows.filter(step=before).update(step=f"~{now}")
        for now in steps.values():
            rows.filter(step=f"~{now}").update(step=now)

    def told(self, case: Case, acts: Sequence[Act]) -> list[str]:
        """Return the unit of a request, where no values are collected beside it."""
        if queries.COLLECTION in cases.all_kinds_of(case):
            return [""] * len(acts)
        return queries.told(case, acts)


def _returning(task: Task) -> Task | None:
    """Return the task whose holder sent the work back to this step."""
    rows = task.case.tasks.filter(outcome=f"kembali:{task.step}", done_by__isnull=False)
    return rows.order_by("-done_at", "-pk").first()


WAITING_WORDS = {
    EntryState.EMPTY: say("%(name)s belum diisi."),
    EntryState.SAVED: say("%(name)s belum dikirim ke verifikator."),
    EntryState.SUBMITTED: say("%(name)s menunggu verifikasi."),
    EntryState.RETURNED: say("%(name)s dikembalikan dan perlu diperbaiki."),
}


def _unaccepted(entry: Entry, task: Task) -> Missing:
    state = EntryState(entry.state)
    page = "verify" if state is EntryState.SUBMITTED else "entries"
    return Missing(
        say(WAITING_WORDS[state], name=entry.version.name),
        _page(page, task, f"#baris-{entry.pk}"),
    )


def _unanswered(round_: Round, task: Task, at: datetime) -> list[Missing]:
    setting = cases.step_of(task).per_unit
    if setting is None:
        return []
    rows = list(round_.requests.filter(step=task.step).select_related("unit"))
    done = rules.collection_is_done(
        (RequestState(row.state) for row in rows),
        rule=setting.complete_when,
        minimum=setting.minimum,
        overdue=at > task.deadline,
    )
    if done:
        return []
    return [
        Missing(
            say("Data dari %(unit)s belum dicatat diterima.", unit=row.unit.name),
            _page("plan", task, f"#permintaan-{row.pk}"),
        )
        for row in rows
        if RequestState(row.state) in rules.AWAITED
    ]


def _produce(task: Task, content: bytes, *, by: Actor, at: datetime) -> None:
    """Make every output of the step that the SOP's plan names, as this list."""
    for artefact in cases.step_of(task).outputs:
        procedures.produce(
            task.case, task.step, artefact, by=by, at=at, content=content, mime=CSV
        )


def proposals_csv(rows: list[ProposalRow]) -> bytes:
    """Return the proposals as CSV, safe for spreadsheets."""
    head = ["Kode", "Indikator", "Satuan", "Usulan", "Belum ada, karena", "Sumber"]
    return rules.write_csv([head, *([*_named(row), row.rests_on] for row in rows)])


def evaluated_csv(rows: list[ProposalRow]) -> bytes:
    """Return the evaluated proposals as CSV, safe for spreadsheets."""
    head = ["Kode", "Indikator", "Satuan", "Usulan", "Belum ada, karena", "Sumber"]
    lines = [
        [*_named(row), row.rests_on, row.proposal.evaluation, row.note] for row in rows
    ]
    return rules.write_csv([[*head, "Penilaian", "Catatan"], *lines])


def _named(row: ProposalRow) -> list[str]:
    version = row.proposal.version
    return [
        version.indicator.code,
        version.name,
        version.unit_of_measure,
        rules.aim_shown(row.proposal.figure, version.decimals),
        row.absent_reason,
    ]


def _plan_requests(round_: Round, task: Task) -> None:
    """Make a planned request for each unit, prefilled from the evaluation of step 2.

    A unit that an indicator's person in charge names is asked for the indicators that
    need more; every other unit for its supporting data of the period.
    """
    wanting = [row for row in queries.proposals(round_) if row.needs_more]
    due = organization.local_day(task.deadline, task.case.unit)
    for unit in organization.data_units(task.case.unit):
        Request.objects.get_or_create(
            round=round_,
            step=task.step,
            unit=unit,
            defaults={"due": due, "what": _asked(unit, wanting, round_)},
        )


def _asked(unit: Unit, wanting: list[ProposalRow], round_: Round) -> str:
    own = [
        row.proposal.version.name
        for row in wanting
        if unit.name.casefold() in row.proposal.version.in_charge.casefold()
    ]
    text = (
        f"Lengkapi: {'; '.join(own)}"
        if own
        else f"Data dukung kinerja {round_.period.label}"
    )
    return ledger.keep_text(text)
