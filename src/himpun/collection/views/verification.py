"""Verification value by value, and the recorded way out when roles are doubled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from himpun.collection import actions, queries
from himpun.collection.forms import ExceptionForm, OtherVerifierForm
from himpun.collection.rules import EntryState
from himpun.organization import queries as organization
from himpun.organization.models import Official, Person
from himpun.organization.rules import acting_title
from himpun.procedures import queries as cases
from himpun.shared.forms import one_line, whole
from himpun.shared.http import MemberRequest, member, sentence, show_refusal
from himpun.shared.pages import UNPROCESSABLE, refused
from himpun.shared.refusals import Conflict, Refusal, say

from . import lookup
from .entries import version_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from himpun.collection.queries import Doubled, Hands, Row

    from .lookup import Place

FILTERS = {
    "semua": frozenset(EntryState),
    "belum": frozenset({EntryState.SUBMITTED}),
    "dikembalikan": frozenset({EntryState.RETURNED}),
    "diterima": frozenset({EntryState.ACCEPTED}),
}
REASONS = (
    say("Angka tidak cocok dengan bukti."),
    say("Bukti belum lengkap."),
    say("Bukti belum ditandatangani."),
    say("Perlu penjelasan."),
)


@dataclass(frozen=True)
class Line:
    """A value to be judged, and whether this person may judge it."""

    row: Row
    obstacle: str
    may_judge: bool

    @property
    def number(self) -> int:
        """The entry's number."""
        return self.row.entry.pk

    @property
    def may_accept(self) -> bool:
        """Whether the value waits and nothing stands in this person's way."""
        waiting = self.row.state is EntryState.SUBMITTED
        return self.may_judge and waiting and not self.obstacle

    @property
    def may_return(self) -> bool:
        """Whether the value may be given back now."""
        states = {EntryState.SUBMITTED, EntryState.ACCEPTED}
        return self.may_judge and self.row.state in states


def _lines(where: Place, rows: Sequence[Row], now: Hands) -> list[Line]:
    person = where.person.pk
    open_now = queries.is_verifying(where.case)
    judges = open_now and (person in now.verifiers or person in now.named)
    return [
        Line(
            row=row,
            obstacle=now.obstacle(person, row.authors) if judges else "",
            may_judge=judges,
        )
        for row in rows
    ]


@require_safe
@member
def verify(request: MemberRequest, case: int) -> HttpResponse:
    """Show the values of a case to those who judge them, and to all who may read."""
    return page(request, lookup.place(request, case))


def page(
    request: MemberRequest,
    where: Place,
    *,
    status: int = 200,
    wanted: int = 0,
    **extra: Any,  # noqa: ANN401 - what a refused act wants shown
) -> HttpResponse:
    """Draw the verification page, with whatever a refused act wants shown."""
    rows = queries.rows(where.round)
    now = queries.hands_of(where.round, where.at)
    conflicts = queries.roles_in_conflict(where.round, where.at)
    lines = _lines(where, rows, now)
    chosen = request.GET.get("saring", "semua")
    states = FILTERS.get(chosen, FILTERS["semua"])
    shown_lines = [line for line in lines if line.row.state in states]
    wanted = wanted or _number(request.GET.get("baris", ""))
    context = where.frame("verify") | {
        "lines": shown_lines,
        "filter": chosen,
        "filters": [
            (name, sum(line.row.state in kinds for line in lines))
            for name, kinds in FILTERS.items()
        ],
        "fitting": [line for line in lines if line.may_accept and line.row.fits],
        "tally": queries.tally(rows),
        "marked": _marked(shown_lines, wanted),
        "reasons": REASONS,
        "asked": _number(request.GET.get("kembalikan", "")),
        "may_judge": any(line.may_judge for line in lines),
        "checklist": cases.checklist(where.case, cases.verifying_step(where.case)),
        "conflicts": conflicts,
        "exemptions": queries.exemptions_shown(where.round),
        **_decision_forms(where, now, conflicts),
        **extra,
    }
    return render(request, "collection/verify.html", context, status=status)


def _number(text: str) -> int:
    """Return the entry that an address names, 0 for none."""
    return whole(text, 0)


def _marked(lines: list[Line], wanted: int) -> Line | None:
    """Return the row that the side panel shows: the one named, else the first to do."""
    named = [line for line in lines if line.number == wanted]
    waiting = [line for line in lines if line.row.state is EntryState.SUBMITTED]
    return next(iter(named or waiting or lines), None)


def _decision_forms(
    where: Place, now: Hands, conflicts: list[Doubled]
) -> dict[str, Any]:
    """Return the forms of an exemption, for those who may decide one.

    Whom a conflict concerns is not offered the decision about it.
    """
    concerned = any(row.person.pk == where.person.pk for row in conflicts)
    if where.case.ended_at or concerned:
        return {}
    if not cases.may_decide(where.person, where.case, where.at):
        return {}
    return {
        "verifier_form": _verifier_form(where, now),
        "exception_form": _exception_form(where, now),
    }


def _verifier_form(
    where: Place,
    now: Hands,
    data: Any = None,  # noqa: ANN401 - a QueryDict or nothing
) -> OtherVerifierForm:
    day = organization.local_day(where.at, where.case.unit)
    tenures = queries.possible_members(where.case.unit, day)
    names = organization.people(t.person for t in tenures)
    return OtherVerifierForm(
        data,
        prefix="lain",
        officials=[
            (
                t.official,
                f"{names[t.person].name}, {acting_title(t.title, t.status, '')}",
            )
            for t in tenures
            if now.needs_naming(t.person) and t.person != where.person.pk
        ],
        people=_concerned(where, now),
    )


def _exception_form(
    where: Place,
    now: Hands,
    data: Any = None,  # noqa: ANN401 - a QueryDict or nothing
) -> ExceptionForm:
    return ExceptionForm(data, prefix="kecuali", people=_concerned(where, now))


def _concerned(where: Place, now: Hands) -> list[tuple[int, str]]:
    """Return whom an exemption may concern: the doubled first, then the other hands."""
    doubled = [
        row.person.pk for row in queries.roles_in_conflict(where.round, where.at)
    ]
    others = sorted(now.verifiers | now.signers | now.authors)
    order = list(dict.fromkeys([*doubled, *others]))
    people = organization.people(order)
    return [(pk, people[pk].name) for pk in order]


@require_POST
@member
def accept(request: MemberRequest, case: int, entry: int) -> HttpResponse:
    """Accept one value."""
    where = lookup.place(request, case)
    row = lookup.entry(where, entry)
    try:
        actions.accept_value(
            row,
            row_version=version_in(request, "row_version"),
            by=request.user,
            at=where.at,
        )
    except Conflict as conflict:
        show_refusal(request, conflict)
        return redirect(_row_url(where, entry))
    except Refusal as refusal:
        return refused(request, refusal, back=_row_url(where, entry))
    return redirect(_row_url(where, entry))


def _row_url(where: Place, entry: int) -> str:
    return f"{where.page('verify')}?baris={entry}#baris-{entry}"


@require_POST
@member
def accept_fitting(request: MemberRequest, case: int) -> HttpResponse:
    """Accept at once the values that are *sesuai* among those that were seen."""
    where = lookup.place(request, case)
    seen = {}
    for text in request.POST.getlist("seen"):
        number, _colon, version = text.partition(":")
        seen[whole(number)] = whole(version)
    if not queries.may_verify(request.user, where.round, where.at):
        words = _("Nilai di kasus ini diverifikasi oleh pejabat lain menurut SOP.")
        return refused(request, Refusal(words), back=where.page("verify"))
    try:
        done = actions.accept_all_fit(
            where.round, seen=seen, by=request.user, at=where.at
        )
    except Refusal as refusal:
        show_refusal(request, refusal)
    else:
        messages.success(request, _("%(n)s nilai diterima.") % {"n": len(done)})
    return redirect("collection:verify", case)


@require_POST
@member
def give_back(request: MemberRequest, case: int, entry: int) -> HttpResponse:
    """Return one value with a reason; what was typed is never lost."""
    where = lookup.place(request, case)
    row = lookup.entry(where, entry)
    kind = request.POST.get("kind", "")
    text = one_line(request.POST.get("reason", ""))
    why = f"{kind} {text}".strip() if kind in REASONS else text
    try:
        actions.return_value(
            row,
            why=why,
            row_version=version_in(request, "row_version"),
            by=request.user,
            at=where.at,
        )
    except Refusal as refusal:
        if not refusal.field and not isinstance(refusal, Conflict):
            return refused(request, refusal, back=_row_url(where, entry))
        return page(
            request,
            where,
            status=UNPROCESSABLE,
            wanted=entry,
            returning={
                "entry": entry,
                "kind": kind,
                "reason": text,
                "error": sentence(refusal),
            },
        )
    messages.success(request, _("Nilai dikembalikan dengan alasan."))
    return redirect(_row_url(where, entry))


@require_POST
@member
def name_verifier(request: MemberRequest, case: int) -> HttpResponse:
    """Let another official verify in this round."""
    where = lookup.place(request, case)
    now = queries.hands_of(where.round, where.at)
    form = _verifier_form(where, now, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        official = get_object_or_404(
            Official.objects.select_related("position__unit"), pk=data["official"]
        )
        try:
            actions.name_other_verifier(
                where.round,
                official,
                instead_of=get_object_or_404(Person, pk=data["concerns"]),
                why=data["reason"],
                letter=one_line(data["letter"]),
                by=request.user,
                at=where.at,
            )
        except Refusal as refusal:
            form.add_error(_field(form, refusal), sentence(refusal))
        else:
            messages.success(request, _("Verifikator lain ditetapkan dan tercatat."))
            return redirect(f"{where.page('verify')}#rangkap")
    return _undecided(request, where, verifier_form=form)


@require_POST
@member
def grant_exception(request: MemberRequest, case: int) -> HttpResponse:
    """Let one person be two of the three in this round."""
    where = lookup.place(request, case)
    now = queries.hands_of(where.round, where.at)
    form = _exception_form(where, now, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.grant_exception(
                where.round,
                get_object_or_404(Person, pk=data["concerns"]),
                why=data["reason"],
                letter=one_line(data["letter"]),
                by=request.user,
                at=where.at,
            )
        except Refusal as refusal:
            form.add_error(_field(form, refusal), sentence(refusal))
        else:
            messages.success(request, _("Pengecualian tercatat."))
            return redirect(f"{where.page('verify')}#rangkap")
    return _undecided(request, where, exception_form=form)


def _field(form: Any, refusal: Refusal) -> str | None:  # noqa: ANN401 - either form
    return refusal.field if refusal.field in form.fields else None


def _undecided(
    request: MemberRequest,
    where: Place,
    **forms: Any,  # noqa: ANN401 - the form that was refused
) -> HttpResponse:
    """Show the form again with what is wrong; to others only that they may not decide."""
    if not cases.may_decide(where.person, where.case, where.at):
        words = _(
            "Keputusan ini diambil oleh Sekcam, Camat, atau administrator kabupaten "
            "berdasarkan surat."
        )
        return refused(request, Refusal(words), back=where.page("verify"))
    return page(request, where, status=UNPROCESSABLE, deciding=True, **forms)
