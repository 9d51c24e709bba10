"""The SOP editor: drafts begun and corrected part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from himpun.procedures import actions
from himpun.procedures.forms import BeginForm
from himpun.procedures.queries import drafts
from himpun.shared import clock
from himpun.shared.forms import sent
from himpun.shared.http import MemberRequest, member, sentence, show_refusal, told
from himpun.shared.pages import FORM, UNPROCESSABLE, download, refused
from himpun.shared.refusals import Conflict, Refusal
from himpun.sop import editing
from himpun.sop.check import check

from . import lookup
from .draft_fields import TITLES, Editor, Field, Group, groups
from .sops import YAML

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.organization.models import Unit
    from himpun.procedures.models import Draft
    from himpun.sop.editing import Tree

CONFLICT = 409


@FORM
@member
def listing(request: MemberRequest) -> HttpResponse:
    """Show the drafts of the offices that the person writes for; begin another one."""
    at = clock.now()
    offices = drafts.offices_to_draft_for(request.user, at)
    if not offices:
        return refused(
            request, _nobody(request, at), back=reverse("procedures:procedures")
        )
    form = BeginForm(
        sent(request),
        request.FILES or None,
        offices=offices,
        versions=drafts.versions_to_revise(offices),
        templates=drafts.templates(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            draft = _begun(form, request, at)
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Draf dibuka."))
            return redirect("procedures:draft", draft.pk)
    rows = drafts.visible_drafts(request.user, at).filter(unit__in=offices)
    context = {
        "here": "procedures",
        "drafts": [row for row in rows if drafts.is_open(row)],
        "form": form,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "procedures/drafts.html", context, status=status)


def _nobody(request: MemberRequest, at: datetime) -> Refusal:
    """Return why somebody who writes for no office sees no drafts."""
    office = lookup.offices(request, at).first()
    try:
        if office:
            actions.drafter(request.user, office, at)
    except Refusal as refusal:
        return refusal
    return Refusal(_("Akun ini tidak menulis SOP untuk kantor mana pun."))


def _begun(form: BeginForm, request: MemberRequest, at: datetime) -> Draft:
    """Begin the draft in the way that was chosen."""
    how: dict[str, Any] = {"by": request.user, "at": at}
    typed = form.cleaned_data
    office: Unit = typed["office"]
    if typed["way"] == "berkas":
        file = typed["file"]
        return actions.draft_from_file(
            office, content=file.read(), filename=file.name, **how
        )
    if typed["way"] == "berlaku":
        return actions.draft_from_version(typed["version"], **how)
    if typed["way"] == "templat":
        return actions.draft_from_template(office, typed["template"], **how)
    return actions.blank_draft(office, **how)


@FORM
@member
def draft(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a part of a draft as a form with the drawing beside it; save it."""
    at = clock.now()
    found = lookup.draft(request, pk, at)
    try:
        actions.drafter(request.user, found.unit, at)
    except Refusal as refusal:
        return refused(request, refusal, back=reverse("procedures:procedures"))
    part, step = _place(request, drafts.tree_of(found))
    if request.method == "POST":
        return _saved(request, found, part, step, at)
    return _page(request, found, part, step)


def _place(request: MemberRequest, tree: Tree) -> tuple[str, str]:
    """Return the part and the step that the address names."""
    part = request.GET.get("bagian", "")
    part = part if part in editing.PARTS else editing.PARTS[0]
    known = {row["id"] for row in tree.get("langkah") or ()}
    step = request.GET.get("langkah", "") if part == "langkah" else ""
    return part, step if step in known else ""


def address(found: Draft, part: str, step: str = "") -> str:
    """Return where a part of a draft, or a step, is mended."""
    page = reverse("procedures:draft", args=[found.pk])
    return f"{page}?bagian={part}" + (f"&langkah={step}" if step else "")


def _saved(
    request: MemberRequest, found: Draft, part: str, step: str, at: datetime
) -> HttpResponse:
    """Save what was typed, do what the button says, show the part again."""
    typed = {name: str(value) for name, value in request.POST.items()}
    how: dict[str, Any] = {"by": request.user, "at": at}
    deed, _sign, name = typed.get("tindakan", "").partition(":")
    try:
        if part == "yaml":
            actions.save_source(
                found, typed.get("isi", ""), seen=typed.get("terlihat", ""), **how
            )
        else:
            seen = typed.get("terlihat", "")
            actions.save_part(found, part, step, typed, seen=seen, **how)
    except Conflict as conflict:
        return _conflict(request, found, (part, step), typed, sentence(conflict))
    except Refusal as refusal:
        return _page(
            request,
            found,
            part,
            step,
            refusal=sentence(refusal),
            source=typed.get("isi"),
            status=UNPROCESSABLE,
        )
    if deed:
        step = _done(request, found, (deed, name), step, how)
    else:
        messages.success(request, _("Tersimpan."))
    return redirect(address(found, part, step))


def _done(
    request: MemberRequest,
    found: Draft,
    deed: tuple[str, str],
    step: str,
    how: dict[str, Any],
) -> str:
    """Do what the button says; return the step to show then."""
    before = drafts.tree_of(lookup.draft(request, found.pk, how["at"]))
    try:
        after = drafts.tree_of(actions.change_draft(found, *deed, **how))
    except Refusal as refusal:
        show_refusal(request, refusal)
        return step
    if deed[0] == "langkah-hapus":
        for change in editing.left_behind(before, after):
            messages.info(request, told(change))
    return _next_step(after, before, deed[0], step)


def _next_step(tree: Tree, before: Tree, deed: str, step: str) -> str:
    """Return the step to show after a deed: the new one, none after a removal."""
    now = [row["id"] for row in tree.get("langkah") or ()]
    known = {row["id"] for row in before.get("langkah") or ()}
    if deed == "langkah-tambah":
        return next((name for name in now if name not in known), step)
    return step if step in now else ""


def _conflict(
    request: MemberRequest,
    found: Draft,
    place: tuple[str, str],
    typed: dict[str, str],
    why: str,
) -> HttpResponse:
    """Show what was typed over what stands now, with both where they differ."""
    part, step = place
    now = lookup.draft(request, found.pk, clock.now())
    if part == "yaml":
        return _page(
            request,
            now,
            part,
            step,
            refusal=why,
            source=typed.get("isi"),
            status=CONFLICT,
        )
    tree = drafts.tree_of(now)
    others = _partners(now, tree, part)
    nothing = drafts.State([], [], [])
    theirs = groups(Editor(tree, nothing, others), part, step)
    mine = editing.save(tree, part, step, typed) if theirs else tree
    shown = groups(Editor(mine, nothing, others), part, step)
    stored = {field.name: field for field in _fields(theirs)}
    both = [
        (field.label, _told(field), _told(stored[field.name]))
        for field in _fields(shown)
        if field.name in stored and field.value != stored[field.name].value
    ]
    return _page(
        request, now, part, step, shown=shown, both=both, refusal=why, status=CONFLICT
    )


def _partners(found: Draft, tree: Tree, part: str) -> list[drafts.Partner]:
    """Return the SOPs that the part of the office's settings offers to link with."""
    return drafts.partners(found, tree) if part == "kantor" else []


def _fields(shown: list[Group]) -> Iterator[Field]:
    for group in shown:
        yield from group.fields
        yield from group.tail
        for row in group.rows:
            yield from row.fields


def _told(field: Field) -> str:
    """Return a value in the words of its field."""
    if field.kind == "centang":
        return _("ya") if field.value else _("tidak")
    return dict(field.choices).get(field.value, field.value) or _("kosong")


def _page(  # noqa: PLR0913 - what the page shows when something went wrong
    request: MemberRequest,
    found: Draft,
    part: str,
    step: str,
    *,
    shown: list[Group] | None = None,
    both: list[tuple[str, str, str]] | None = None,
    refusal: str = "",
    source: str | None = None,
    status: int = 200,
) -> HttpResponse:
    tree = drafts.tree_of(found)
    state = drafts.state_of(tree, found.content)
    editor = Editor(tree, state, _partners(found, tree, part))
    at = next((n for n, s in enumerate(editor.steps) if s["id"] == step), None)
    context = {
        "here": "procedures",
        "draft": found,
        "open": drafts.is_open(found),
        "part": part,
        "step": None if at is None else editor.steps[at],
        "step_before": editor.steps[at - 1] if at else None,
        "step_after": next(iter(editor.steps[at + 1 :]), None)
        if at is not None
        else None,
        "steps": _step_rows(editor, state) if part == "langkah" and not step else [],
        "loose": [
            (name, editing.words(thing.get("nama")) or name)
            for name, thing in editing.loose_things(tree).items()
        ],
        "groups": groups(editor, part, step) if shown is None else shown,
        "parts": _tabs(state, part),
        "problems": problems(found, state),
        "state": state,
        "seen": editing.stamp(tree, part, step),
        "drawing": drafts.drawing_of(
            found.content, flow=part not in {"identitas", "daftar"}
        ),
        "both": both or [],
        "refusal": refusal,
        "source": found.content if source is None else source,
    }
    if part == "yaml":
        context |= _lines(found.content if source is None else source)
    return render(request, "procedures/draft.html", context, status=status)


def _lines(source: str) -> dict[str, Any]:
    """Return the lines of a file by number, and what the check says of them."""
    checked = check(source.encode())
    marked = {found.line for found in checked.findings}
    lines = source.split("\n")
    return {
        "checked": checked,
        "lines": [(n, n in marked) for n in range(1, len(lines) + 1)],
        "widest": max(map(len, lines)) + 1,
    }


def _tabs(state: drafts.State, part: str) -> list[tuple[str, str, int, bool]]:
    """Return the parts: name, title, how much is open in it, whether it is shown."""
    count = dict.fromkeys(editing.PARTS, 0)
    for gap in state.gaps:
        count[editing.part_at(gap.place)[0]] += 1
    count["temuan"] = state.unsettled
    return [(name, str(TITLES[name]), count[name], name == part) for name in count]


def problems(found: Draft, state: drafts.State) -> list[tuple[str, str]]:
    """Return what keeps the draft from being adopted, each with where it is mended."""
    return [
        (sentence_of(gap), address(found, *editing.part_at(gap.place)))
        for gap in state.gaps
    ]


def sentence_of(gap: editing.Gap) -> str:
    """Return the sentence of something that is missing, in the reader's language."""
    return str(gap.sentence.told(_))


def _step_rows(editor: Editor, state: drafts.State) -> list[dict[str, Any]]:
    """Return the steps as a list shows them."""
    actors = dict(editor.actor_choices)
    open_at = [editing.part_at(gap.place)[1] for gap in state.gaps]
    odd_at = [
        editing.part_at(str(f.get("di")))[1]
        for f in state.findings
        if f.get("status") == "perlu-konfirmasi"
    ]
    return [
        {
            "id": row["id"],
            "number": row.get("nomor"),
            "activity": editing.words(row.get("kegiatan")),
            "actor": actors.get(str(row.get("penanggung_jawab")), ""),
            "missing": open_at.count(row["id"]),
            "odd": odd_at.count(row["id"]),
        }
        for row in editor.steps
    ]


@require_safe
@member
def source(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand out the draft's file as it stands, finished or not."""
    at = clock.now()
    found = lookup.draft(request, pk, at)
    try:
        actions.drafter(request.user, found.unit, at)
    except Refusal as refusal:
        return refused(request, refusal, back=reverse("procedures:procedures"))
    name = f"draf-{slugify(found.title) or found.pk}.yaml"
    return download(found.content.encode(), filename=name, mime=YAML)


@require_POST
@member
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    at = clock.now()
    found = lookup.draft(request, pk, at)
    back = reverse("procedures:drafts")
    try:
        actions.discard_draft(found, by=request.user, at=at)
    except Refusal as refusal:
        return refused(request, refusal, back=reverse("procedures:procedures"))
    messages.success(request, _("Draf dibuang."))
    return redirect(back)
