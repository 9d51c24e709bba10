"""Decisions of a running procedure, as plain functions of plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from himpun.organization.rules import PositionKind
from himpun.shared.refusals import say
from himpun.worktime.periods import Period, PeriodKind, period_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from himpun.sop.plan import CoActor, Link, Step


class CaseState(StrEnum):
    """Where a case stands."""

    RUNNING = "berjalan"
    FINISHED = "selesai"
    CANCELLED = "dibatalkan"


class VersionState(StrEnum):
    """Where a version of an SOP stands at its office."""

    ADOPTED = "berlaku"
    SUPERSEDED = "digantikan"


class DraftState(StrEnum):
    """Where a draft of an SOP stands."""

    OPEN = "draf"
    ADOPTED = "diberlakukan"
    DISCARDED = "dibuang"


class DraftOrigin(StrEnum):
    """What a draft began with."""

    FILE = "berkas"
    VERSION = "berlaku"
    TEMPLATE = "templat"
    BLANK = "kosong"


class Part(StrEnum):
    """What an actor does in a step: the work itself, or his part beside it."""

    WORK = "kerja"
    PARAF = "paraf"
    ACKNOWLEDGE = "mengetahui"
    TOGETHER = "bersama"
    EITHER = "salah-satu"


class ItemState(StrEnum):
    """How a line of the kelengkapan stands."""

    OPEN = "belum"
    ATTACHED = "ada"
    NOT_APPLICABLE = "tidak-berlaku"
    WAIVED = "dikecualikan"


STARTERS = frozenset({PositionKind.SUBHEAD, PositionKind.SECRETARY})


DECIDERS = STARTERS | {PositionKind.HEAD}
"""Who may confirm findings and cancel a case."""
CAP_RAISERS = frozenset({PositionKind.SECRETARY})
"""Who may allow more returns in a case than the SOP does."""


DRAFTERS = STARTERS
"""Who of an office may write its SOPs; the administrator of its kabupaten may too."""


def draft_obstacle(state: DraftState) -> str:
    """Return why a draft can no longer be changed, empty when it can."""
    if state is DraftState.ADOPTED:
        return say(
            "Draf ini sudah diberlakukan. Mulai draf baru dari SOP yang berlaku untuk "
            "mengubahnya."
        )
    if state is DraftState.DISCARDED:
        return say("Draf ini sudah dibuang. Mulai draf baru.")
    return ""


def adoption_obstacle(*, missing: int, errors: int, changed: bool) -> str:
    """Return why a draft cannot come into force, empty when it can.

    ``missing`` parts and ``errors`` of the check are told one by one beside it;
    ``changed``: it says something else than the version in force.
    """
    if missing or errors:
        return say(
            "SOP belum dapat diberlakukan: masih ada %(n)s hal yang perlu dilengkapi "
            "atau dibetulkan.",
            n=missing + errors,
        )
    if not changed:
        return say(
            "Tidak ada perubahan: draf ini sama dengan versi yang berlaku, jadi tidak "
            "perlu diberlakukan lagi."
        )
    return ""


def may_start(kinds: set[PositionKind]) -> bool:
    """Whether someone in positions of these kinds may start a case.

    Kasubbag and Sekcam do; Pelaksana is told to work, Camat is asked to sign.
    """
    return bool(kinds & STARTERS)


SPARED = "tidak-diperlukan"
"""How a task ended that another one of `salah-satu` made needless."""
DOING = frozenset({Part.WORK, Part.EITHER})
"""Parts that bring forth the step's outputs; of these one is enough."""

ALONGSIDE = frozenset({Part.TOGETHER, Part.EITHER})
"""Parts opened together with the work; the others follow it one after the other."""

MAKING = DOING | ALONGSIDE
"""Parts of those who make the row together."""
APPROVING = frozenset({Part.PARAF, Part.ACKNOWLEDGE})
"""Parts of those who look at what others made."""


def own_work_obstacle(person: int, *, makers: frozenset[int], excepted: bool) -> str:
    """Return why a person may not initial or take note of a row, empty when allowed.

    ``makers`` did the row's work, or act in the name of who did; ``excepted``: somebody
    else decided that it may be.
    """
    if person not in makers or excepted:
        return ""
    return say(
        "Anda atau yang Anda wakili ikut mengerjakan langkah ini, jadi orang lain yang "
        "memaraf atau mencatat mengetahui. Minta pemegang lain jabatan ini. Bila tidak "
        "ada, Sekcam, Camat, atau administrator kabupaten dapat mengecualikannya di "
        "halaman kasus."
    )


def exception_obstacle(*, holders: frozenset[int], makers: frozenset[int]) -> str:
    """Return why no exception is needed for a part, empty when nobody else holds it."""
    if not holders & makers:
        return say("Pemegang jabatan ini tidak mengerjakan langkahnya sendiri.")
    if holders - makers:
        return say(
            "Masih ada pemegang jabatan yang tidak ikut mengerjakan langkah ini. "
            "Mintalah dia."
        )
    return ""


def decider_obstacle(
    person: int, *, concerns: frozenset[int], administrator: bool, letter: str
) -> str:
    """Return why a person may not decide an exception, empty when he or she may."""
    if person in concerns:
        return say(
            "Keputusan ini menyangkut Anda sendiri. Mintalah Sekcam, Camat, atau "
            "administrator kabupaten memutuskannya."
        )
    if administrator and not letter.strip():
        return say("Tulis nomor surat kabupaten yang menjadi dasar keputusan ini.")
    return ""


def assign_obstacle(
    people: frozenset[int], *, signs: bool, wanted: int, makers: frozenset[int]
) -> str:
    """Return why a task may not be handed to these people, empty when it may.

    ``wanted``: how many have to take part; ``makers``: who made what the task approves.
    """
    if signs:
        return say(
            "Tanda tangan tidak dapat dialihkan. Minta administrator kabupaten mencatat "
            "Plt. atau Plh. dengan surat perintahnya."
        )
    if not people:
        return say(
            "Belum ada yang dapat mengerjakannya di sana hari ini. Pilih jabatan atau "
            "pejabat lain."
        )
    if len(people) < wanted:
        return say(
            "Tugas ini perlu %(n)s orang. Pilih jabatan yang dipegang sebanyak itu.",
            n=wanted,
        )
    if people <= makers:
        return say(
            "Yang dipilih ikut mengerjakan langkah ini, jadi tidak boleh menyetujuinya. "
            "Pilih yang lain."
        )
    return ""


WITHDRAWN = "ditarik"
"""How a task ended whose opening was taken back."""


def withdraw_obstacle(
    *, own: bool, plain: bool, signs: bool, alone: bool, untouched: bool
) -> str:
    """Return why a closed task may not be taken back, empty when it may.

    ``own``: the person closed it; ``plain``: it went on, not back; ``alone``: one person
    did it; ``untouched``: nobody has opened what followed.
    """
    answers = (
        (own, say("Hanya yang menutup tugas ini yang dapat menariknya kembali.")),
        (
            plain,
            say("Pengembalian tidak dapat ditarik. Lanjutkan di putaran yang baru."),
        ),
        (not signs, say("Yang sudah ditandatangani tidak dapat ditarik kembali.")),
        (
            alone,
            say("Tugas yang dikerjakan beberapa orang tidak ditarik oleh satu orang."),
        ),
        (
            untouched,
            say(
                "Tugas berikutnya sudah dibuka oleh yang menerimanya, jadi tidak dapat "
                "ditarik. Minta dia mengembalikannya dengan alasan."
            ),
        ),
    )
    return next((sentence for allowed, sentence in answers if not allowed), "")


def mandate_obstacle(
    *, own: bool, same_office: bool, backdated: bool, away: bool
) -> str:
    """Return why tasks may not be handed to somebody by mandate, empty when they may.

    ``away``: the receiver is away on all of its days.
    """
    if own:
        return say("Pilih pejabat lain, bukan diri sendiri.")
    if not same_office:
        return say("Pilih pejabat di kantor ini.")
    if backdated:
        return say("Pelimpahan tidak berlaku surut. Mulai paling awal hari ini.")
    if away:
        return say("Pejabat itu tidak hadir selama masa itu. Pilih pejabat lain.")
    return ""


FORMER = re.compile(r"v([0-9]+)\.(.+)", re.DOTALL)


def former(version: int, step: str) -> str:
    """Return the name of a step that the SOP no longer has: "v1.l2".

    No id of a file has a dot, so it never is that of another step.
    """
    return step if FORMER.fullmatch(step) else f"v{version}.{step}"


@dataclass(frozen=True)
class MovedRow:
    """What a row that is under way needs in another version of the SOP.

    ``actors`` gives the new actor of each open part, "" when nobody has to do it any
    more; ``added`` are those who now make the row too; ``obstacle`` says why not.
    """

    actors: Mapping[tuple[str, str], str]
    added: tuple[CoActor, ...] = ()
    obstacle: str = ""


def moved_row(
    step: Step, taken: Iterable[tuple[str, str]], still: Iterable[tuple[str, str]]
) -> MovedRow:
    """Return what becomes of the parts (part, actor) of a row in the new ``step``.

    ``taken`` are all parts of the row, ``still`` those that are open. The work goes to
    the responsible actor, a co-actor's part to one who takes part in the same way.
    """
    rest = {(other.way, other.actor) for other in step.co_actors} - set(taken)
    working = any(part in DOING for part, _actor in still)
    actors: dict[tuple[str, str], str] = {}
    for part, actor in still:
        known = any((o.way, o.actor) == (part, actor) for o in step.co_actors)
        heirs = [o for o in step.co_actors if o.way == part and (part, o.actor) in rest]
        if part == Part.WORK:
            actors[part, actor] = step.responsible
        elif known:
            actors[part, actor] = actor
        elif heirs:
            actors[part, actor] = heirs[0].actor
            rest.discard((part, heirs[0].actor))
        elif working and part in ALONGSIDE:
            actors[part, actor] = ""
        else:
            words = say(
                "Bagian %(part)s di langkah %(n)s sedang terbuka dan tidak ada lagi di "
                "versi baru. Selesaikan dulu bagian itu.",
                part=part,
                n=step.number,
            )
            return MovedRow({}, obstacle=words)
    added = [
        o for o in step.co_actors if (o.way, o.actor) in rest and o.way in ALONGSIDE
    ]
    if not working and any(Part(other.way) is Part.EITHER for other in added):
        words = say(
            "Langkah %(n)s sudah dikerjakan, dan di versi baru pelaksananya salah satu "
            "dari beberapa. Selesaikan dulu langkah itu.",
            n=step.number,
        )
        return MovedRow({}, obstacle=words)
    return MovedRow(actors, tuple(added) if working else ())


def lines(item: str, period: Period) -> tuple[Period | None, ...]:
    """Return the periods for which an item of the kelengkapan needs a line each.

    The item's id tells: ``...-bulanan`` one for each month of the case's period,
    ``...-triwulanan`` one for each quarter of it (a single one without period when it is
    shorter), ``...-periode`` one for the period itself, any other a single line without
    period.
    """
    if item.endswith("-bulanan"):
        return period.months()
    if item.endswith("-triwulanan"):
        return period.within(PeriodKind.QUARTER) or (None,)
    return (period,) if item.endswith("-periode") else (None,)


class Criterion(StrEnum):
    """What the yearly evaluation of an SOP asks (PermenPANRB 35/2012)."""

    IMPROVES = "kinerja"
    UNDERSTOOD = "dipahami"
    DOABLE = "dilaksanakan"
    ROLES = "peran"
    SOLVES = "masalah"
    NEEDED = "kebutuhan"
    TOGETHER = "sinergi"


QUESTIONS = {
    Criterion.IMPROVES: say("Mampu mendorong peningkatan kinerja"),
    Criterion.UNDERSTOOD: say("Mudah dipahami"),
    Criterion.DOABLE: say("Mudah dilaksanakan"),
    Criterion.ROLES: say("Semua orang dapat menjalankan perannya"),
    Criterion.SOLVES: say("Mampu mengatasi permasalahan yang berkaitan dengan proses"),
    Criterion.NEEDED: say("Mampu menjawab kebutuhan peningkatan kinerja organisasi"),
    Criterion.TOGETHER: say("Sinergi dan tidak tumpang tindih dengan SOP lain"),
}


class EvaluationResult(StrEnum):
    """What becomes of an SOP after its evaluation."""

    KEEP = "dipertahankan"
    REVISE = "diperbaiki"
    WITHDRAW = "dicabut"


def may_begin(period: Period, today: date, *, ahead: bool) -> bool:
    """Whether a case of a period may be opened: the period runs, or comes next.

    ``ahead``: the SOP makes a plan for its period, so the next one may be opened too.
    """
    return period.start <= today or (ahead and period.before().start <= today)


def period_started(link: Link, period: Period) -> Period | None:
    """Return the period of the case that the end of a case of ``period`` opens.

    The same one; of a longer kind only the one that ends with it, so that four quarters
    open the year once, after the last. None: nothing is opened.
    """
    if not link.starts:
        return None
    if link.period is None:
        return period
    longer = period_of(PeriodKind(link.period), period.end)
    return longer if longer in period.holding() and longer.end == period.end else None


def serving(line: str, period: Period) -> tuple[str, ...]:
    """Return the codes of the periods whose results fulfil a line, the best one first.

    A line of a period of its own takes that period's result only. Any other line of a
    case takes one of the case's period or of a longer one that holds it: the plan of a
    year serves each quarter.
    """
    return (line,) if line else tuple(p.code for p in period.holding())
