"""The seed SOP at a small office, and cases of it carried as far as a test needs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from himpun.ledger.rules import SYSTEM
from himpun.organization.tests.builders import WHEN
from himpun.procedures import actions, queries
from himpun.procedures.queries import journey, position
from himpun.sop.shipped import shipped
from himpun.worktime.periods import read_period

PLAIN = Path(__file__).parent / "data" / "plain.yaml"
SEED = "jekulo-pengumpulan-data-kinerja"


def adopt_seed(office, *, source=None, mark=""):
    """Adopt the shipped SOP (or `source`) with the cast's positions bound to it."""
    return actions.adopt(
        office.unit,
        source or shipped()[SEED],
        {
            "pelaksana": [office.position["pelaksana"], office.position["pelaksana2"]],
            "kasubbag": [office.position["kasubbag"]],
            "sekcam": [office.position["sekcam"]],
            "camat": [office.position["camat"]],
        },
        by=SYSTEM,
        at=WHEN,
        mark=mark,
    )


def template(name):
    """Return the source of a shipped template."""
    return shipped()[f"templat-{name}"]


def start(office, period="2024", *, version=None, at=WHEN):
    """Start a case of the seed SOP."""
    version = version or adopt_seed(office)
    return actions.start_case(version, read_period(period), by=office.kasubbag, at=at)


def attach_everything(case, step, by, at):
    """Attach a file to each open line of a step's kelengkapan."""
    for line in queries.checklist(case, step):
        if line.state == "belum" and not line.item.source:
            actions.attach(
                line.item,
                content=b"bulan,nilai\nJanuari,1\n",
                filename=f"{line.item.name}.csv",
                by=by,
                at=at,
            )


def minutes(n):
    """Return a moment n minutes after WHEN."""
    return WHEN + timedelta(minutes=n)


def crowded_sop():
    """Return the plain SOP with decisions of more arrows than can be drawn."""
    before, rest = PLAIN.read_text().split("  - id: a2\n")
    decision, after = rest.split("  - id: a3\n")
    names = ["a1", *(f"b{n}" for n in range(2, 36)), "a3"]
    steps = []
    for number, name in enumerate(names[1:-1], 2):
        others = [other for other in names[:20] if other != name][:19]
        more = ", ".join(f"{{hasil: Ke {other}, ke: {other}}}" for other in others)
        text = decision.replace("nomor: 2", f"nomor: {number}")
        text = text.replace("{hasil: Tolak, ke: a1}", more)
        text = text.replace("ke: a3", f"ke: {names[number]}")
        steps.append(f"  - id: {name}\n{text}")
    after = after.replace("nomor: 3", f"nomor: {len(names)}")
    before = before.replace("berikut: a2", "berikut: b2")
    text = f"{before}{''.join(steps)}  - id: a3\n{after}"
    return text.replace("{dari: a2,", "{dari: b2,").encode()


def adopt_plain(office, source=None, *, mark=""):
    """Adopt a small SOP without work that an app knows: files and a decision."""
    return actions.adopt(
        office.unit,
        source or PLAIN.read_bytes(),
        {
            "pelaksana": [office.position["pelaksana"], office.position["pelaksana2"]],
            "kasubbag": [office.position["kasubbag"]],
            "camat": [office.position["camat"]],
        },
        by=SYSTEM,
        at=WHEN,
        mark=mark,
    )


def adopt_example(office, name):
    """Adopt one of the small SOPs in data/contoh-*.yaml."""
    source = PLAIN.with_name(f"contoh-{name}.yaml").read_bytes()
    return adopt_plain(office, source)


class Run:
    """A case of an example SOP, driven by actions at one minute after another."""

    def __init__(self, office, name="", *, version=None, period="2024"):
        self.office, self.clock = office, 0
        version = version or adopt_example(office, name)
        self.case = actions.start_case(
            version, read_period(period), by=office.kasubbag, at=WHEN
        )

    @property
    def now(self):
        self.clock += 1
        return minutes(self.clock)

    def task(self, step, part="kerja"):
        return self.case.tasks.get(step=step, part=part, done_at__isnull=True)

    def prepare(self, step, who):
        """Attach what the step needs and hand in what it yields."""
        attach_everything(self.case, step, who, self.now)
        task = self.task(step)
        outputs = queries.step_of(task).outputs
        for artefact in outputs if queries.takes_files(self.case, step) else ():
            if artefact in queries.things(task):
                continue
            actions.hand_in(
                self.task(step),
                artefact,
                content=b"contoh,1\n",
                filename="contoh.csv",
                by=who,
                at=self.now,
            )

    def do(self, step, who, outcome="", part="kerja"):
        """Do a part of a step whole and close it; `who` names one of the cast."""
        person = getattr(self.office, who)
        if part in {"kerja", "salah-satu"}:
            self.prepare(step, person)
        actions.complete_task(
            self.task(step, part), by=person, at=self.now, outcome=outcome
        )
        self.case.refresh_from_db()

    def stages(self):
        """Return step -> (stage, round) as the pages show them."""
        stops = journey.journey(self.case, self.now)
        return {stop.step: (str(stop.stage), stop.round) for stop in stops}

    def marks(self):
        """Return (step, actor) -> stage as the form marks them."""
        stops = journey.journey(self.case, self.now)
        return {k: str(v) for k, v in position.parts_of(self.case, stops).items()}
