"""Three offices for the access tests: one with cases at every step, and two strangers.

Everything an office owns carries its own word, so that a page which shows a stranger
anything of it is caught by that word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password

from himpun import worktime
from himpun.accounts import actions as accounts
from himpun.collection import actions as collection
from himpun.collection import queries as collected
from himpun.collection.models import Evidence
from himpun.collection.rules import Evaluation
from himpun.collection.tests.builders import entry_of
from himpun.formula import OverUnits
from himpun.ledger.models import Event
from himpun.ledger.rules import SYSTEM
from himpun.measurement.models import Achievement
from himpun.measurement.tests.builders import define_for
from himpun.notices import actions as notices
from himpun.notices.models import Notice
from himpun.organization import actions as organization
from himpun.organization.models import Person
from himpun.organization.rules import AbsenceKind, PositionKind, UnitKind
from himpun.organization.tests.builders import CAST, WHEN, Office, seat
from himpun.planning import actions as planning
from himpun.planning.rules import (
    AgreementDraft,
    AnnualPlanDraft,
    GoalPlan,
    Level,
    NodeLevel,
    OutcomePlan,
    ProgrammeLine,
    RenstraPlan,
    Stage,
)
from himpun.planning.tests.builders import define, promise, recall
from himpun.procedures import actions as procedures
from himpun.procedures import queries as running
from himpun.procedures.models import Attachment
from himpun.procedures.tests.builders import PLAIN, SEED, adopt_plain, adopt_seed
from himpun.reporting import actions as reporting
from himpun.reporting import queries as reports
from himpun.reporting.rules import Backend, ReportKind
from himpun.sop.shipped import shipped
from himpun.worktime.periods import read_period
from tests.visiting import sign_in

WORDS = {"own": "melati", "sibling": "kenanga", "outsider": "seroja"}
"""An office's public word stands in its name and in its titles; `secret` in the rest."""
NOW = WHEN + timedelta(days=1)
"""The moment at which pages are asked: the day after everything was made."""
CODES = ("IKU-1", "IKU-2")
JFIF = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
FRAME = b"\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00"
PASSPHRASE = "frasa sandi contoh uji"
PASSWORD = "sandi-uji-yang-panjang"


def public(word):
    return f"kantor{word}"


def secret(word):
    return f"rahasia{word}"


@dataclass
class Scenes:
    """The cases of an office by what waits in them; things that pages name by number."""

    office: Office
    word: str
    cases: dict = field(default_factory=dict)
    version: object = None
    draft: object = None
    revised: object = None
    new_village: object = None
    slip: str = ""
    token: str = ""
    absence: object = None
    delegation: object = None
    node: object = None
    programme: object = None
    agreement: object = None
    annual_plan: object = None
    renstra: object = None
    renstra_draft: object = None

    def case(self, name):
        return self.cases[name].pk

    def round(self, name):
        return collected.round_of(self.cases[name])

    def task(self, name):
        return running.open_tasks(self.cases[name])[0].pk

    def item(self, name):
        return self.cases[name].items.filter(state="belum").first().pk

    def attachment(self, name):
        return Attachment.objects.filter(item__case=self.cases[name]).first().pk

    def artefact(self, name):
        return self.cases[name].artefacts.exclude(blob="").first().pk

    def receipt(self, name):
        return running.receipts(self.cases[name])[0].pk

    def entry(self, name, code="IKU-1"):
        return entry_of(self.round(name), code)

    def proposal(self, name):
        return self.round(name).proposals.first()

    def request(self, name):
        return self.round(name).requests.first().pk

    def evidence(self, name):
        return Evidence.objects.filter(entry__round__case=self.cases[name]).first().pk

    def snapshot(self, name, kind=ReportKind.PERFORMANCE):
        return reports.snapshot_of(self.cases[name], kind)

    def finding(self):
        rows = self.version.findings.filter(needs_confirmation=True)
        return rows.first().pk

    def achievement(self):
        return Achievement.objects.filter(unit=self.office.unit).first().pk

    def indicator(self):
        return self.office.unit.indicators.first().pk

    def weighed(self):
        return self.office.regency.indicators.get().pk

    def official(self, role):
        return self.office.position[role].officials.get().pk

    def notice(self, role):
        return Notice.objects.filter(person=self.office.people[role]).first().pk


@dataclass
class World:
    own: Scenes
    sibling: Scenes
    outsider: Scenes
    events: int
    """How many events there are before a test adds any."""

    @property
    def all(self):
        return (self.own, self.sibling, self.outsider)


def build():
    """Make the world; the test's transaction takes it away again."""
    reporting.make_keys(settings.HIMPUN_HOME)
    near, far = regency(1), regency(2)
    own = Scenes(make_office(near, "own", 1), WORDS["own"])
    sibling = Scenes(make_office(near, "sibling", 2), WORDS["sibling"])
    outsider = Scenes(make_office(far, "outsider", 1), WORDS["outsider"])
    tell(own, STORIES)
    for stranger in (sibling, outsider):
        tell(stranger, [story for story in STORIES if story[0] in STRANGERS])
    Person.objects.update(password=make_password(PASSWORD))
    for scenes in (own, sibling, outsider):
        for person in scenes.office.people.values():
            person.refresh_from_db()
        sign_in(scenes.office.people.values())
    stand_in(own)
    kabupaten = own.office.regency
    define_for(own.office, kabupaten, "KAB-1", over_units=OverUnits.WEIGHTED)
    own.token = accounts.make_token(
        own.office.pelaksana, name=secret(own.word), until=NOW.date(), at=NOW
    )
    own.slip = accounts.make_code(own.office.kasi, by=own.office.admin, at=NOW)
    return World(own, sibling, outsider, Event.objects.count())


def stand_in(scenes):
    """Let one be away and another have a mandate, in days that no case reaches."""
    office, march = scenes.office, date(2025, 3, 3)
    scenes.absence = organization.record_absence(
        office.kasi, AbsenceKind.LEAVE, since=march, until=march, by=SYSTEM, at=WHEN
    )
    scenes.delegation = procedures.delegate(
        office.position["kasubbag"],
        office.position["kasi"].officials.get(),
        since=march,
        until=march + timedelta(days=1),
        by=office.kasubbag,
        at=WHEN,
    )


# The office


def regency(number):
    return organization.create_tenant(
        f"98.{number:02}", f"Kabupaten Akses {number}", f"akses-{number}", at=WHEN
    )


def make_office(top, key, number):
    word = WORDS[key]
    unit = organization.create_unit(
        top,
        UnitKind.DISTRICT,
        f"{top.code}.{number:02}",
        f"Kecamatan {public(word)}",
        short_name=word,
        address=f"Jalan {public(word)} 1",
        at=WHEN,
    )
    village(unit, word, 1)
    office = Office(top, unit)
    for role, kind, title in CAST:
        named(office, role, kind, f"{title} {public(word)}", unit)
    title = f"Administrator {top.positions.count() + 1} {top.name}"
    named(office, "admin", PositionKind.ADMINISTRATOR, title, top)
    organization.set_calendar(unit, worktime.shipped_calendar(), by=SYSTEM, at=WHEN)
    for order, code in enumerate(CODES, start=1):
        version = define(
            office,
            code,
            name=f"Indeks {secret(word)} {order}",
            since=date(2004, 1, 1),
            order=order,
            group=f"Sasaran {secret(word)}",
        )
        for year in (*YEARS, str(WHEN.year)):
            promise(office, version, str(year), "90")
        recall(office, version, "2004", "90")
    return office


def village(unit, word, number):
    return organization.create_unit(
        unit,
        UnitKind.VILLAGE,
        f"{unit.code}.200{number}",
        f"Desa {secret(word)} {number}" if number > 1 else f"Desa {secret(word)}",
        short_name=f"desa-{word}-{number}",
        at=WHEN,
    )


def named(office, role, kind, title, unit):
    person = seat(office, role, kind, title, unit)
    name = f"{title} (contoh)"
    if role != "admin":
        name = f"Pejabat {secret(office.unit.short_name)} (contoh)"
    Person.objects.filter(pk=person.pk).update(name=name)
    person.name = name


# What happens in a case


@dataclass
class Story:
    """One case on its way; each method does what one step asks."""

    office: Office
    word: str
    case: object
    signature: object = None

    @property
    def round(self):
        return collected.round_of(self.case)

    def close(self, *people):
        for person in people:
            [task] = running.open_tasks(self.case)[:1]
            procedures.complete_task(task, by=self.office.people[person], at=WHEN)

    def propose(self):
        for line in running.checklist(self.case, "l1"):
            if line.state == "belum":
                procedures.attach(
                    line.item,
                    content=f"bulan,nilai\nJanuari,{self.word}\n".encode(),
                    filename=f"laporan {self.word}.csv",
                    by=self.office.pelaksana,
                    at=WHEN,
                )
        for row in collected.proposals(self.round):
            collection.save_proposal(
                row.proposal,
                text="95",
                absent_reason="",
                rests_on=f"Laporan bulanan {self.word}",
                row_version=row.proposal.row_version,
                by=self.office.pelaksana,
                at=WHEN,
            )

    def evaluate(self):
        self.close("pelaksana", "kasubbag")

    def collect(self):
        collection.form_team(
            self.round,
            name=f"Tim {self.word}",
            members=[self.office.position["pelaksana"].officials.get()],
            by=self.office.kasubbag,
            at=WHEN,
        )
        for row in collected.proposals(self.round):
            collection.evaluate(
                row.proposal,
                Evaluation.ENOUGH,
                note=f"Catatan penilaian {self.word}",
                by=self.office.kasubbag,
                at=WHEN,
            )
        self.close("kasubbag", "sekcam")

    def fill_first(self):
        self.fill("IKU-1")

    def accept_first(self):
        self.accept("IKU-1")

    def fill(self, *codes):
        for code in codes:
            entry = entry_of(self.round, code)
            saved = collection.save_value(
                entry,
                text="95",
                row_version=entry.row_version,
                by=self.office.pelaksana,
                at=WHEN,
            )
            noted = collection.save_note(
                saved,
                text=f"Catatan isian {self.word}",
                row_version=saved.row_version,
                by=self.office.pelaksana,
                at=WHEN,
            )
            collection.add_evidence(
                noted,
                content=f"bukti,{self.word}\n{self.case.pk},{code}\n".encode(),
                filename=f"bukti {self.word}.csv",
                by=self.office.pelaksana,
                at=WHEN,
            )

    def submit(self):
        self.fill(*CODES)
        collection.submit_values(self.round, by=self.office.pelaksana, at=WHEN)

    def accept(self, *codes):
        for code in codes:
            entry = entry_of(self.round, code)
            collection.accept_value(
                entry, row_version=entry.row_version, by=self.office.kasubbag, at=WHEN
            )

    def answer(self):
        collection.close_requests(
            self.round.requests.all(),
            via=f"surat {self.word}",
            on=WHEN.date(),
            by=self.office.pelaksana,
            at=WHEN,
        )

    def verify(self):
        self.submit()
        self.accept(*CODES)
        self.answer()

    def papers(self):
        reporting.make_recap(self.case, by=self.office.pelaksana, at=WHEN)
        reporting.make_performance_report(self.case, by=self.office.pelaksana, at=WHEN)

    def report(self):
        reporting.record_print(
            reports.snapshot_of(self.case, ReportKind.PERFORMANCE),
            by=self.office.pelaksana,
            at=WHEN,
        )
        self.close("pelaksana", "sekcam")

    def prepare(self):
        signature = reporting.prepare(
            reports.snapshot_of(self.case, ReportKind.PERFORMANCE),
            backend=Backend.MANUAL,
            by=self.office.camat,
            at=WHEN,
        )
        self.signature = reporting.seal(signature, at=WHEN)

    def upload(self):
        self.prepare()
        self.signature = reporting.upload(
            self.signature,
            content=jpeg(self.case.pk),
            filename=f"pindaian {self.word}.jpg",
            by=self.office.camat,
            at=WHEN,
        )

    def sign(self):
        self.upload()
        reporting.confirm(self.signature, by=self.office.camat, at=WHEN)

    def describe(self):
        reporting.make_collection_report(self.case, by=self.office.pelaksana, at=WHEN)

    def send(self):
        reporting.send(self.case, by=self.office.pelaksana, at=WHEN)

    def note(self):
        self.close("pelaksana")

    def finish(self):
        for receipt in running.receipts(self.case):
            procedures.receive_copy(
                receipt, by=self.office.people[receipt.actor], at=WHEN
            )
        self.close("camat")
        reporting.seal_case(self.case, at=WHEN)


def jpeg(number):
    """Return a small picture that is different for each case."""
    return JFIF + FRAME + f"{number}".encode() + b"\xff\xd9"


STEP_3 = ("propose", "evaluate", "collect")
STEP_4 = (*STEP_3, "verify", "papers", "report")
STORIES = [
    ("awal", "2010", ()),
    ("usulan", "2011", ("propose",)),
    ("evaluasi", "2012", ("propose", "evaluate")),
    ("isian", "2013", (*STEP_3, "fill_first")),
    ("terkirim", "2014", (*STEP_3, "submit", "accept_first")),
    ("kertas", "2015", (*STEP_3, "verify", "papers")),
    ("tanda-tangan", "2016", STEP_4),
    ("bersegel", "2017", (*STEP_4, "prepare")),
    ("diunggah", "2018", (*STEP_4, "upload")),
    ("laporan-kumpul", "2019", (*STEP_4, "sign", "describe")),
    ("tembusan", "2020", (*STEP_4, "sign", "describe", "send")),
    ("selesai", "2021", (*STEP_4, "sign", "describe", "send", "note", "finish")),
]
"""(name, year, what was done) of each case of the own office."""
YEARS = [year for _name, year, _acts in STORIES]
STRANGERS = {"awal", "kertas"}
NO_MONTHS = """  tidak_berlaku:
    - {butir: l1.laporan-bulanan, periode: [tahun], alasan: "tidak dipakai di uji"}
"""


def source(word):
    """Return the shipped SOP under another name, with one file to attach in step 1."""
    text = shipped()[SEED].decode()
    text = text.replace("SOP Mekanisme Pengumpulan Data", f"SOP {secret(word)}")
    head, found, tail = text.partition("  tidak_berlaku:")
    assert found
    return (head + NO_MONTHS + tail.partition("\n")[2]).encode()


def write_plans(scenes):
    """Keep an RKT, a Renstra of later years in force, and a draft of one after it."""
    office, acts = scenes.office, {"by": scenes.office.kasubbag, "at": WHEN}
    scenes.annual_plan = planning.keep_annual_plan(
        office.unit, AnnualPlanDraft(WHEN.year, CODES), **acts
    ).row
    goal = GoalPlan(
        "T1", f"Tujuan {secret(scenes.word)}", (OutcomePlan("S1", "Sasaran uji"),)
    )
    scenes.renstra, scenes.renstra_draft = (
        planning.start_renstra(
            office.unit,
            RenstraPlan(year, year + 4, Stage.ORIGINAL, "uji", (goal,)),
            **acts,
        ).row
        for year in (2035, 2040)
    )
    planning.enact_renstra(scenes.renstra, date(2035, 1, 1), **acts)


def tell(scenes, stories):
    """Carry the cases, and make the few things that stand outside them."""
    office, word = scenes.office, scenes.word
    scenes.node = planning.add_node(
        office.unit,
        planning.Condition(NodeLevel.OUTPUT, f"Kondisi {secret(word)}"),
        by=office.kasubbag,
        at=WHEN,
    )
    line = ProgrammeLine(f"Program {secret(word)}", level=Level.PROGRAMME)
    acts = {"by": office.kasubbag, "at": WHEN}
    scenes.programme = planning.keep_programme(office.unit, line, **acts).row
    scenes.agreement = planning.make_agreement(
        AgreementDraft(
            WHEN.year,
            office.position["kasubbag"].pk,
            office.position["camat"].pk,
            WHEN.date(),
            CODES,
            place=f"Muka {secret(word)}",
        ),
        **acts,
    ).row
    write_plans(scenes)
    scenes.version = adopt_seed(office, source=source(word))
    for name, year, acts in stories:
        case = procedures.start_case(
            scenes.version, read_period(year), by=office.kasubbag, at=WHEN
        )
        story = Story(office, secret(word), case)
        for act in acts:
            getattr(story, act)()
        case.refresh_from_db()
        scenes.cases[name] = case
    letters = adopt_plain(office)
    scenes.draft = procedures.draft_from_file(
        office.unit,
        content=PLAIN.read_bytes().replace(b"\nid: ", b"\nid: lain-"),
        filename="sop.yaml",
        by=office.kasubbag,
        at=WHEN,
    )
    for name, year in (
        ("surat", "2024"),
        ("paraf sendiri", "2023"),
        ("menunggu", "2022"),
    ):
        scenes.cases[name] = procedures.start_case(
            letters, read_period(year), by=office.kasubbag, at=WHEN
        )
    initial_own_work(scenes)
    procedures.pause(
        running.open_work(scenes.cases["menunggu"]),
        waits_for=f"Dinas {secret(word)}",
        reason="rekap belum terbit",
        by=office.pelaksana,
        at=WHEN,
    )
    text = PLAIN.read_text().replace("nama: Konsep surat,", "nama: Naskah surat,")
    scenes.revised = adopt_plain(office, text.encode())
    scenes.new_village = village(office.unit, word, 2)
    notices.notify(
        [person.pk for person in office.people.values()],
        unit=office.unit,
        text=f"Pemberitahuan {secret(word)}",
        link=f"/kasus/{scenes.case('awal')}",
        by=SYSTEM,
        at=WHEN,
    )


def initial_own_work(scenes):
    """Let the Kasubbag, who is to initial the letter, have given its draft."""
    case, pelaksana = scenes.cases["paraf sendiri"], scenes.office.pelaksana
    task = running.open_work(case)
    made = procedures.hand_in(
        task, "konsep", content=b"a,1\n", filename="a.csv", by=pelaksana, at=WHEN
    )
    procedures.complete_task(task, by=pelaksana, at=WHEN)
    made.made_by = scenes.office.kasubbag
    made.save(update_fields=["made_by"])
