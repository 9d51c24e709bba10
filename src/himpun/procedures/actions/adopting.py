"""An SOP comes into force at an office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.shared.refusals import Refusal, say
from himpun.sop.check import check
from himpun.sop.document import fingerprint
from himpun.sop.plan import plan as make_plan
from himpun.sop.plan import to_json
from himpun.sop.shipped import mark_of

from ..models import ActorBinding, Finding, Procedure, ProcedureVersion
from ..rules import VersionState
from .desk import decider

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person, Position, Unit
    from himpun.sop.model import Sop


@transaction.atomic
def adopt(  # noqa: PLR0913 - the document, who its actors are, who, when, its mark
    office: Unit,
    source: bytes,
    bindings: Mapping[str, Iterable[Position]],
    *,
    by: Actor,
    at: datetime,
    mark: str = "",
) -> ProcedureVersion:
    """Let an SOP come into force at an office as an immutable, hashed version.

    ``bindings`` gives each actor of the SOP its positions of this office. ``mark`` is
    printed on form and papers ("CONTOH, belum disahkan"); a template that the office has
    not numbered yet has its own. Raises Refusal with the first
    error of the file, or with the actor that has no position.
    """
    checked = check(source)
    if checked.sop is None or checked.errors:
        first = checked.errors[0]
        raise Refusal(
            say("SOP belum dapat diberlakukan. Baris %(line)s: %(what)s"),
            line=first.line,
            what=first.sentence,
        )
    document = checked.sop
    bound = _bound(document, bindings, office)
    procedure, _ = Procedure.objects.get_or_create(
        unit=office, code=document.id, defaults={"name": _name(document)}
    )
    procedure.versions.filter(state=VersionState.ADOPTED).update(
        state=VersionState.SUPERSEDED
    )
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=procedure.versions.count() + 1,
        source=source.decode(),
        fingerprint=fingerprint(document),
        plan=to_json(make_plan(document)),
        mark=mark or mark_of(document),
        state=VersionState.ADOPTED,
        adopted_at=at,
        adopted_role=by.role,
    )
    ActorBinding.objects.bulk_create(
        ActorBinding(version=version, actor=actor, position=position)
        for actor, positions in bound.items()
        for position in positions
    )
    _keep_findings(version, document)
    ledger.record(
        f"sop:{office.pk}",
        "sop.adopted",
        by=by,
        at=at,
        data={
            "version": version.pk,
            "code": procedure.code,
            "number": version.number,
            "fingerprint": version.fingerprint,
            "bindings": {a: [p.pk for p in ps] for a, ps in bound.items()},
        },
    )
    return version


def _name(document: Sop) -> str:
    name = document.identitas.nama
    return name.teks if name else document.id


def _bound(
    document: Sop, bindings: Mapping[str, Iterable[Position]], office: Unit
) -> dict[str, list[Position]]:
    bound = {actor.id: list(bindings.get(actor.id, ())) for actor in document.pelaksana}
    for actor in document.pelaksana:
        if not bound[actor.id]:
            raise Refusal(
                say(
                    "Pelaksana %(actor)s belum dihubungkan dengan jabatan. "
                    "Pilih paling sedikit satu jabatan."
                ),
                actor=actor.label.teks,
            )
        for position in bound[actor.id]:
            if position.unit.office_id != office.pk:
                raise Refusal(
                    say("%(position)s bukan jabatan di %(office)s."),
                    position=position.title,
                    office=office.name,
                )
    return bound


def _keep_findings(version: ProcedureVersion, document: Sop) -> None:
    Finding.objects.bulk_create(
        Finding(
            version=version,
            code=found.id,
            place=found.di,
            problem=found.masalah,
            reading=found.tafsir,
            options=list(found.pilihan),
            needs_confirmation=found.status == "perlu-konfirmasi",
        )
        for found in document.temuan
    )


@transaction.atomic
def confirm_finding(finding: Finding, *, by: Person, at: datetime) -> None:
    """Confirm the reading of an oddity; the office's Kasubbag, Sekcam or Camat may."""
    office = finding.version.procedure.unit
    actor = decider(by, office, at)
    if finding.confirmed_at:
        raise Refusal(say("Temuan ini sudah dikonfirmasi."))
    finding.confirmed_at, finding.confirmed_role = at, actor.role
    finding.save(update_fields=["confirmed_at", "confirmed_role"])
    ledger.record(
        f"sop:{office.pk}",
        "finding.confirmed",
        by=actor,
        at=at,
        data={"version": finding.version_id, "finding": finding.code},
    )
