"""The plan of a case: what the running engine needs to know of an SOP.

A plan is made once for each adopted version and set of office settings, and kept as
JSON beside it. It holds explicit transitions and nothing that would be evaluated;
`moves` says what follows from an act, `kinds` what work a step asks for.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from .document import fingerprint
from .flow import Block
from .model import (
    ArtefactForm,
    ArtefactKind,
    CoActorWay,
    Langkah,
    Period,
    PlanPaper,
    Sop,
    StepKind,
    Terkait,
    TimeUnit,
)
from .routing import find_way


class PlanError(ValueError):
    """The SOP has errors, or the stored text is not a plan."""


@dataclass(frozen=True)
class Actor:
    """An actor of the SOP; `positions` are the office's bindings named in the file."""

    id: str
    label: str
    positions: tuple[str, ...]


@dataclass(frozen=True)
class Artefact:
    """A thing that flows between steps; `signed_by` is the actor who signs it.

    ``paper``: it is this paper of the office's plan, made from the data.
    """

    id: str
    name: str
    kind: ArtefactKind
    forms: tuple[ArtefactForm, ...]
    signed_by: str | None
    paper: PlanPaper | None = None


@dataclass(frozen=True)
class NotApplicable:
    """The kinds of period in which an item cannot exist, and why."""

    periods: tuple[Period, ...]
    reason: str


@dataclass(frozen=True)
class Item:
    """A checkable item of a step; `source` is the artefact it comes from."""

    id: str
    name: str
    required: bool
    source: str | None
    not_applicable: tuple[NotApplicable, ...]


@dataclass(frozen=True)
class CoActor:
    """An actor who takes part beside or after the responsible one, and in which way.

    ``people`` of those who hold its positions have to, each by an act of his own.
    """

    actor: str
    way: CoActorWay
    people: int = 1


@dataclass(frozen=True)
class Outcome:
    """A named outcome of a decision and the step it leads to."""

    name: str
    to: str


@dataclass(frozen=True)
class Return:
    """The right to give work back to step `to`, `limit` times in a case (None: any)."""

    to: str
    limit: int | None
    reason_required: bool
    accepted_values: Literal["tetap-terkunci"]


@dataclass(frozen=True)
class PerUnit:
    """A step done for each unit of `source`; `minimum` counts units."""

    source: str
    complete_when: Literal["semua", "minimum", "tenggat"]
    minimum: int | None


@dataclass(frozen=True)
class Step:
    """One step: who, with what, in which time, yielding what, leading where.

    `co_actors` stand in the order in which they take part. A step leads to all of
    `next`, or to the one of `outcomes` that is chosen. `verifier` verifies the values
    of this step; `copies_to` are the actors who confirm receipt. Decisions open at most
    `round_limit` rounds of it in a case (None: any).
    """

    id: str
    number: int
    kind: StepKind
    activity: str
    responsible: str
    co_actors: tuple[CoActor, ...]
    items: tuple[Item, ...]
    amount: Decimal
    unit: TimeUnit
    outputs: tuple[str, ...]
    next: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    returns: tuple[Return, ...]
    verifier: str | None
    copies_to: tuple[str, ...]
    per_unit: PerUnit | None
    round_limit: int | None


@dataclass(frozen=True)
class Escalation:
    """Remind after this share of the time; when late, tell these.

    `tell` holds actors, `penanggung_jawab` or `atasan`.
    """

    remind_at: Decimal
    tell: tuple[str, ...]


@dataclass(frozen=True)
class Schedule:
    """A case starts on the n-th working day (from 1) after each period."""

    period: Period
    working_day: int


@dataclass(frozen=True)
class Carried:
    """An artefact that fulfils an item of a step of another SOP."""

    artefact: str
    step: str
    item: str


@dataclass(frozen=True)
class Link:
    """What the end of a case means for the SOP with id `sop`.

    `starts`: a case of it is opened, of the same period or of the longer one (`period`)
    that ends on the same day.
    """

    sop: str
    starts: bool
    period: Period | None
    carries: tuple[Carried, ...]


@dataclass(frozen=True)
class Plan:
    """Everything the engine needs of one version of an SOP, steps in paper order."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    format: Literal["himpun-plan/1"]
    sop: str
    version: int
    fingerprint: str
    actors: tuple[Actor, ...]
    artefacts: tuple[Artefact, ...]
    steps: tuple[Step, ...]
    blocks: tuple[Block, ...]
    day_meaning: Literal["hari-kerja", "hari-kalender", "tutup"]
    calendar: str | None
    schedule: Schedule | None
    escalation: Escalation | None
    ahead: bool = False
    """Whether a case may be opened before its period begins."""
    links: tuple[Link, ...] = ()

    def step(self, step_id: str) -> Step:
        """Return a step by its id; KeyError when the plan has none."""
        return {step.id: step for step in self.steps}[step_id]

    def artefact(self, artefact_id: str) -> Artefact:
        """Return an artefact by its id; KeyError when the plan has none."""
        return {artefact.id: artefact for artefact in self.artefacts}[artefact_id]


def plan(sop: Sop) -> Plan:
    """Return the plan of an SOP that `check` has accepted; PlanError otherwise."""
    way, _ = find_way(sop)
    if way is None:
        raise PlanError("the SOP has errors; check it first")
    office = sop.operasional
    return Plan(
        format="himpun-plan/1",
        sop=sop.id,
        version=sop.versi,
        fingerprint=fingerprint(sop),
        actors=tuple(
            Actor(actor.id, actor.label.teks, office.peran.get(actor.id, ()))
            for actor in sop.pelaksana
        ),
        artefacts=tuple(
            Artefact(
                name,
                a.nama.teks,
                a.jenis,
                a.bentuk,
                a.tanda_tangan,
                office.kertas.get(name),
            )
            for name, a in sop.artefak.items()
        ),
        steps=tuple(_step(sop, step) for step in sop.langkah),
        blocks=way.blocks,
        day_meaning=office.tafsir_hari,
        calendar=office.kalender,
        schedule=_schedule(sop),
        escalation=_escalation(sop),
        ahead=office.mendahului,
        links=tuple(_link(link) for link in office.terkait),
    )


def _step(sop: Sop, step: Langkah) -> Step:
    office = sop.operasional
    return Step(
        id=step.id,
        number=step.nomor,
        kind=step.jenis,
        activity=step.kegiatan.teks,
        responsible=step.penanggung_jawab,
        co_actors=tuple(
            CoActor(other.pelaksana, other.macam, other.orang) for other in step.bersama
        ),
        items=_items(sop, step),
        amount=step.waktu.jumlah,
        unit=step.waktu.satuan,
        outputs=step.output.artefak,
        next=step.berikut,
        outcomes=tuple(Outcome(branch.hasil, branch.ke) for branch in step.cabang),
        returns=tuple(
            Return(right.ke, right.maks, right.wajib_alasan, right.nilai_diterima)
            for right in office.pengembalian
            if right.dari == step.id
        ),
        verifier=_verifier(sop, step),
        copies_to=office.tembusan.get(step.id, ()),
        per_unit=_per_unit(sop, step),
        round_limit=office.batas_putaran.get(step.id),
    )


def _verifier(sop: Sop, step: Langkah) -> str | None:
    rule = sop.operasional.verifikasi
    return rule.oleh if rule and rule.pada == step.id else None


def _per_unit(sop: Sop, step: Langkah) -> PerUnit | None:
    rule = sop.operasional.per_unit.get(step.id)
    return PerUnit(rule.sumber, rule.selesai_bila, rule.minimum) if rule else None


def _items(sop: Sop, step: Langkah) -> tuple[Item, ...]:
    return tuple(
        Item(
            item.id,
            item.nama.teks,
            item.wajib,
            item.dari,
            tuple(
                NotApplicable(exception.periode, exception.alasan)
                for exception in sop.operasional.tidak_berlaku
                if exception.langkah_dan_butir == (step.id, item.id)
            ),
        )
        for item in step.kelengkapan.butir
    )


def _schedule(sop: Sop) -> Schedule | None:
    rule = sop.operasional.jadwal
    return Schedule(rule.periode, rule.hari_kerja_ke) if rule else None


def _escalation(sop: Sop) -> Escalation | None:
    rule = sop.operasional.eskalasi
    return Escalation(rule.ingatkan_pada, rule.lewat_tenggat) if rule else None


def _link(link: Terkait) -> Link:
    carried = (
        Carried(artefact, *path.split("."))
        for artefact, paths in link.bawa.items()
        for path in paths
    )
    return Link(link.sop, link.mulai, link.periode, tuple(carried))


_PLANS = TypeAdapter(Plan)


def to_json(made: Plan) -> str:
    """Return a plan as JSON; decimals stand as text."""
    return _PLANS.dump_json(made).decode()


def from_json(text: str | bytes) -> Plan:
    """Read a plan that `to_json` wrote; PlanError when it is anything else."""
    try:
        return _PLANS.validate_json(text)
    except ValidationError as error:
        raise PlanError("the stored text is not a plan") from error
