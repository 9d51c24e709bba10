"""What work a step asks for, recognised by what flows through it.

No step is known by its id: an office that numbers or words its SOP otherwise gets the
same screens. A step can ask for several kinds of work; a step with none is plain: its
items and outputs are files that the actor attaches.

| Work           | Recognised by                                                       |
|----------------|---------------------------------------------------------------------|
| `usulan`       | yields a set of data and takes in none: values are first proposed   |
| `evaluasi`     | takes in a set of data and yields one: the values are evaluated     |
| `pengumpulan`  | the office's settings let values be verified during this step       |
| `laporan`      | yields an unsigned document on the way to the signing step          |
| `tanda-tangan` | yields an artefact that the responsible actor signs                 |
| `penyampaian`  | the office's settings name receivers of copies of this step         |
| `per-unit`     | the office's settings let it be done once for each unit             |

All but the last are recognised in an SOP that collects values only, that is one whose
settings name who verifies them: in any other, data, papers and signatures are files
that the actors attach, and copies are sent when their step closes.

An SOP that makes a plan is the other one with papers: where its settings say that an
artefact is a paper of the plan (`kertas`), the step that yields it unsigned is `laporan`
and the step that signs it `tanda-tangan`.

"Yields" means `output.artefak`; "takes in" means an item of *kelengkapan* whose `dari`
is such an artefact; "set of data" means an artefact of `jenis: himpunan-data`. "On the
way to" means that a case can stand there before anything is signed and reach the
signing step from there. A `penyampaian` step makes its own unsigned documents too.
"""

from enum import StrEnum

from .flow import walk
from .plan import Artefact, Plan, Step


class Work(StrEnum):
    """The kinds of work, in the order in which a step shows them."""

    PROPOSAL = "usulan"
    EVALUATION = "evaluasi"
    COLLECTION = "pengumpulan"
    REPORT = "laporan"
    SIGNATURE = "tanda-tangan"
    DELIVERY = "penyampaian"
    PER_UNIT = "per-unit"


MAKING = frozenset(Work) - {Work.COLLECTION, Work.PER_UNIT}
"""Kinds that bring forth the outputs of their step; without one they are attached."""


def work_of(plan: Plan) -> dict[str, tuple[Work, ...]]:
    """Return the kinds of work of every step, by step id; plain steps have none."""
    before_signing = _before_signing(plan)
    collects = any(step.verifier for step in plan.steps)
    return {
        step.id: tuple(
            work
            for work, applies in {
                Work.PROPOSAL: _yields_data(plan, step) and not _takes_data(plan, step),
                Work.EVALUATION: _yields_data(plan, step) and _takes_data(plan, step),
                Work.COLLECTION: step.verifier is not None,
                Work.REPORT: step.id in before_signing and _yields_paper(plan, step),
                Work.SIGNATURE: _signs(plan, step),
                Work.DELIVERY: bool(step.copies_to),
                Work.PER_UNIT: step.per_unit is not None,
            }.items()
            if applies
            and (collects or work is Work.PER_UNIT or _of_the_plan(plan, step, work))
        )
        for step in plan.steps
    }


def _outputs(plan: Plan, step: Step) -> list[Artefact]:
    return [plan.artefact(name) for name in step.outputs]


def _of_the_plan(plan: Plan, step: Step, work: Work) -> bool:
    """Whether this work of a step is on a paper of the plan."""
    papers = [artefact for artefact in _outputs(plan, step) if artefact.paper]
    if work is Work.REPORT:
        return any(paper.signed_by is None for paper in papers)
    return work is Work.SIGNATURE and any(
        paper.signed_by == step.responsible for paper in papers
    )


def _yields_data(plan: Plan, step: Step) -> bool:
    return any(artefact.kind == "himpunan-data" for artefact in _outputs(plan, step))


def _takes_data(plan: Plan, step: Step) -> bool:
    sources = [plan.artefact(item.source) for item in step.items if item.source]
    return any(artefact.kind == "himpunan-data" for artefact in sources)


def _yields_paper(plan: Plan, step: Step) -> bool:
    return any(
        artefact.kind == "dokumen" and artefact.signed_by is None
        for artefact in _outputs(plan, step)
    )


def _signs(plan: Plan, step: Step) -> bool:
    signers = {artefact.signed_by for artefact in _outputs(plan, step)}
    return step.responsible in signers


def _before_signing(plan: Plan) -> set[str]:
    """Return the steps where a case can stand unsigned and still come to be signed."""
    onward = {
        s.id: (*s.next, *(branch.to for branch in s.outcomes)) for s in plan.steps
    }
    backward = {
        step: tuple(source for source in onward if step in onward[source])
        for step in onward
    }
    signing = {step.id for step in plan.steps if _signs(plan, step)}
    begin = [step.id for step in plan.steps if step.kind == "mulai"]
    unsigned = walk(onward, begin, short_of=signing)
    return unsigned & walk(backward, signing)
