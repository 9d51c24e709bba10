"""How each address is asked so that it succeeds for whom it is meant.

Every function takes the scenes of one office and returns what to send; the same request
is then made by everybody else. A row of ``access.toml`` without one here fails.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile

from himpun.collection import queries as collection
from himpun.planning import queries as plans
from himpun.planning.models import Target
from himpun.procedures.queries import drafts
from himpun.reporting.rules import printed_code
from himpun.shared import clock
from himpun.sop import editing
from tests.access_world import PASSPHRASE, PASSWORD, jpeg

CSV = b"bulan,nilai\nJanuari,3\n"
REASON = "alasan yang cukup panjang"


@dataclass
class Ask:
    """A request: what stands in the address, what the form sends."""

    kwargs: dict = field(default_factory=dict)
    data: dict = field(default_factory=dict)


REQUESTS = {}


def asks(*names, method="GET"):
    def keep(make):
        for name in names:
            REQUESTS[name, method] = make
        return make

    return keep


def file(content=CSV, name="berkas uji.csv"):
    return SimpleUploadedFile(name, content)


def versioned(entry, **data):
    return {"row_version": entry.row_version, **data}


# Pages that name nothing


@asks(
    "accounts:sign-in",
    "accounts:password",
    "accounts:tokens",
    "accounts:code",
    "api:api-root",
    "api:openapi-json",
    "api:offices",
    "api:regency",
    "procedures:procedures",
    "procedures:drafts",
    "procedures:cases",
    "procedures:start",
    "measurement:achievement",
    "measurement:regency",
    "measurement:sheet",
    "measurement:indicators",
    "planning:define",
    "planning:define-scale",
    "planning:dimensions",
    "planning:import",
    "planning:plan",
    "planning:renstra",
    "planning:start-renstra",
    "planning:make-annual-plan",
    "planning:make-indicator-set",
    "planning:scales",
    "planning:agreements",
    "planning:make-agreement",
    "planning:money",
    "planning:budget",
    "planning:programmes",
    "planning:spending",
    "planning:workbook",
    "reporting:archive",
    "reporting:lookup",
    "notices:list",
    "portal:home",
    "portal:entries",
    "portal:verify",
    "portal:sign",
    "portal:help",
    "portal:office-calendar",
    "portal:standing-in",
    "portal:absence",
    "portal:delegate",
    "portal:settings",
    "portal:open-account",
    "portal:appoint",
)
def nothing(_):
    return Ask()


@asks("accounts:sign-out", "notices:read-all", method="POST")
def nothing_sent(_):
    return Ask()


@asks("accounts:sign-in", method="POST")
def sign_in(s):
    return Ask(data={"username": s.office.pelaksana.username, "password": PASSWORD})


@asks("accounts:password", method="POST")
def password(_):
    new = "sandi lain yang panjang"
    return Ask(data={"old": PASSWORD, "new": new, "again": new})


@asks("accounts:tokens", method="POST")
def token(_):
    return Ask(data={"name": "dasbor", "until": "2025-06-30", "old": PASSWORD})


@asks("accounts:revoke-token", method="POST")
def revoke_token(s):
    return Ask({"pk": s.office.pelaksana.tokens.get().pk})


@asks("accounts:code", method="POST")
def code(s):
    new = "sandi lain yang panjang"
    typed = {"username": s.office.kasi.username, "code": s.slip}
    return Ask(data={**typed, "new": new, "again": new})


# SOPs and cases


@asks("procedures:version", "procedures:source")
def version(s):
    return Ask({"pk": s.version.pk})


@asks("procedures:evaluation")
def yearly_evaluation(s):
    return Ask({"pk": s.version.pk})


@asks("procedures:evaluation", method="POST")
def evaluate(s):
    names = ("kinerja", "dipahami", "dilaksanakan", "peran")
    names += ("masalah", "kebutuhan", "sinergi")
    answers = dict.fromkeys(names, "ya")
    return Ask({"pk": s.version.pk}, {**answers, "hasil": "dipertahankan"})


@asks("procedures:event-log")
def event_log(s):
    return Ask({"pk": s.version.pk, "ending": "csv"})


@asks("procedures:paper")
def form_pdf(s):
    return Ask({"pk": s.version.pk, "ending": "pdf"})


@asks("procedures:compare")
def compare(s):
    return Ask({"pk": s.revised.pk, "other": s.cases["surat"].version_id})


@asks("procedures:move")
@asks("procedures:move", method="POST")
def move(s):
    way = {f"ke-{step}": step for step in ("a1", "a2", "a3")}
    sent = {"kasus": s.case("surat"), "reason": REASON, "pindahkan": "", **way}
    return Ask({"pk": s.revised.pk}, sent)


@asks("procedures:confirm-finding", method="POST")
def finding(s):
    return Ask({"pk": s.finding()})


@asks("procedures:drafts", method="POST")
def begin_draft(s):
    return Ask(data={"way": "kosong", "office": s.office.unit.pk})


@asks("procedures:draft", "procedures:draft-source", "procedures:adopt-draft")
@asks("procedures:discard-draft", method="POST")
def draft(s):
    return Ask({"pk": s.draft.pk})


@asks("procedures:draft", method="POST")
def save_draft(s):
    seen = editing.stamp(drafts.tree_of(s.draft), "identitas")
    return Ask({"pk": s.draft.pk}, {"terlihat": seen})


@asks("procedures:adopt-draft", method="POST")
def adopt_draft(s):
    seen = editing.stamp(drafts.tree_of(s.draft), "yaml")
    seats = {
        f"jabatan-{name}": s.office.position[name].pk
        for name in ("pelaksana", "kasubbag", "camat")
    }
    return Ask({"pk": s.draft.pk}, {"terlihat": seen, **seats})


@asks("procedures:start", method="POST")
def start(s):
    return Ask(data={"version": s.version.pk, "period": "2024"})


@asks("procedures:case", "procedures:trail")
def finished(s):
    return Ask({"pk": s.case("selesai")})


@asks("procedures:cancel")
@asks("procedures:cancel", method="POST")
def cancel(s):
    return Ask({"pk": s.case("awal")}, {"reason": REASON})


@asks("procedures:raise-cap", method="POST")
def raise_cap(s):
    data = {"source": "l4", "to": "l3", "cap-limit": "5", "cap-reason": REASON}
    return Ask({"pk": s.case("tanda-tangan")}, data)


@asks("procedures:attach", method="POST")
def attach(s):
    return Ask({"pk": s.item("awal")}, {"file": file()})


@asks("procedures:waive", method="POST")
def waive(s):
    return Ask({"pk": s.item("awal")}, {"reason": REASON})


@asks("procedures:attachment")
def attachment(s):
    return Ask({"pk": s.attachment("selesai")})


@asks("procedures:detach", method="POST")
def detach(s):
    return Ask({"pk": s.attachment("usulan")})


@asks("procedures:artefact")
def artefact(s):
    return Ask({"pk": s.artefact("selesai")})


@asks("procedures:complete", method="POST")
def complete(s):
    return Ask({"pk": s.task("usulan")})


@asks("procedures:except", method="POST")
def except_own_work(s):
    data = {"kecuali-reason": REASON, "kecuali-letter": "ST 800/3/2025"}
    return Ask({"pk": s.task("paraf sendiri")}, data)


@asks("procedures:return")
@asks("procedures:return", method="POST")
def give_step_back(s):
    return Ask({"pk": s.task("tanda-tangan")}, {"to": "l3", "reason": REASON})


@asks("procedures:pause")
@asks("procedures:pause", method="POST")
def wait(s):
    return Ask({"pk": s.task("awal")}, {"waits_for": "Dinas", "reason": REASON})


@asks("procedures:resume", method="POST")
def resume(s):
    return Ask({"pk": s.task("menunggu")})


@asks("procedures:remind")
@asks("procedures:remind", method="POST")
def remind(s):
    return Ask({"pk": s.task("awal")})


@asks("procedures:assign")
@asks("procedures:assign", method="POST")
def assign(s):
    to = f"jabatan-{s.office.position['kasi'].pk}"
    return Ask({"pk": s.task("awal")}, {"to": to, "reason": REASON})


@asks("procedures:withdraw")
@asks("procedures:withdraw", method="POST")
def withdraw_task(s):
    paraf = s.cases["evaluasi"].tasks.get(step="l1", part="paraf")
    return Ask({"pk": paraf.pk}, {"reason": REASON})


@asks("procedures:hand-in", method="POST")
def hand_in(s):
    return Ask({"pk": s.task("surat"), "artefact": "konsep"}, {"file": file()})


@asks("procedures:receive", method="POST")
def receive(s):
    return Ask({"pk": s.receipt("tembusan")})


# Collection


@asks("collection:proposals")
@asks("collection:proposals", method="POST")
def proposals(s):
    row = s.proposal("usulan")
    data = {f"angka-{row.pk}": "91,5", f"versi-{row.pk}": row.row_version}
    return Ask({"case": s.case("usulan")}, data)


@asks("collection:evaluation")
@asks("collection:evaluation", method="POST")
def evaluation(s):
    row = s.proposal("evaluasi")
    return Ask({"case": s.case("evaluasi")}, {f"nilai-{row.pk}": "cukup"})


@asks("collection:team", method="POST")
def team(s):
    members = [s.official("pelaksana"), s.official("kasi")]
    data = {"team": "baru", "name": "Tim uji", "members": members}
    return Ask({"case": s.case("evaluasi")}, data)


@asks("collection:plan")
@asks("collection:plan", method="POST")
def plan(s):
    number = s.request("isian")
    data = {f"data-{number}": "data uji", f"tenggat-{number}": "2025-01-09"}
    return Ask({"case": s.case("isian")}, data)


@asks("collection:entries")
@asks("collection:entries", method="POST")
def entries(s):
    row = s.entry("isian", "IKU-2")
    data = {f"nilai-{row.pk}": "92,5", f"versi-{row.pk}": row.row_version}
    return Ask({"case": s.case("isian")}, data)


@asks("collection:sheet", "collection:paste")
def of_entries(s):
    return Ask({"case": s.case("isian")})


@asks("collection:send-requests", method="POST")
def send_requests(s):
    return Ask({"case": s.case("isian")})


@asks("collection:close-requests", method="POST")
def close_requests(s):
    data = {"unit": [s.request("isian")], "via": "surat", "on": "2025-01-02"}
    return Ask({"case": s.case("isian")}, data)


@asks("collection:waive-request", method="POST")
def waive_request(s):
    kwargs = {"case": s.case("isian"), "number": s.request("isian")}
    return Ask(kwargs, {"reason": REASON})


@asks("collection:add-unit", method="POST")
def add_unit(s):
    data = {"unit": s.new_village.pk, "what": "data uji", "due": "2025-01-09"}
    data = {f"tambah-{name}": value for name, value in data.items()}
    return Ask({"case": s.case("isian")}, {**data, "tambah-reason": REASON})


@asks("collection:ask-again", method="POST")
def ask_again(s):
    kwargs = {"case": s.case("kertas"), "number": s.request("kertas")}
    return Ask(kwargs, {"lagi-due": "2025-01-09", "lagi-reason": REASON})


@asks("collection:submit", method="POST")
def submit(s):
    return Ask({"case": s.case("isian")}, {"entry": [s.entry("isian").pk]})


@asks("collection:paste", method="POST")
def paste(s):
    return Ask({"case": s.case("isian")}, {"block": "IKU-2\t93,5", "start": ""})


@asks("collection:apply-paste", method="POST")
def apply_paste(s):
    row = s.entry("isian", "IKU-2")
    cell = f"{row.pk}:{row.row_version}:93,5"
    return Ask({"case": s.case("isian")}, {"cell": [cell]})


@asks("collection:save-value", "collection:save-note", method="POST")
def save(s):
    row = s.entry("isian", "IKU-2")
    kwargs = {"case": s.case("isian"), "entry": row.pk}
    return Ask(kwargs, versioned(row, text="94,5"))


@asks("collection:withdraw-value", method="POST")
def take_back(s):
    row = s.entry("terkirim", "IKU-2")
    return Ask({"case": s.case("terkirim"), "entry": row.pk})


@asks("collection:evidence")
@asks("collection:evidence", method="POST")
def evidence(s):
    kwargs = {"case": s.case("isian"), "entry": s.entry("isian").pk}
    return Ask(kwargs, {"file": file()})


@asks("collection:download")
def download(s):
    return Ask({"case": s.case("selesai"), "number": s.evidence("selesai")})


@asks("collection:remove-evidence", method="POST")
def remove_evidence(s):
    return Ask({"case": s.case("isian"), "number": s.evidence("isian")})


@asks("collection:verify")
def verify(s):
    return Ask({"case": s.case("terkirim")})


@asks("collection:accept-fitting", method="POST")
def accept_fitting(s):
    row = s.entry("terkirim", "IKU-2")
    seen = [f"{row.pk}:{row.row_version}"]
    return Ask({"case": s.case("terkirim")}, {"seen": seen})


@asks("collection:accept", method="POST")
def accept(s):
    row = s.entry("terkirim", "IKU-2")
    return Ask({"case": s.case("terkirim"), "entry": row.pk}, versioned(row))


@asks("collection:give-back", method="POST")
def give_back(s):
    row = s.entry("terkirim", "IKU-2")
    kwargs = {"case": s.case("terkirim"), "entry": row.pk}
    return Ask(kwargs, versioned(row, reason=REASON))


@asks("collection:name-verifier", method="POST")
def name_verifier(s):
    data = {
        "lain-official": s.official("kasi"),
        "lain-concerns": s.office.kasubbag.pk,
        "lain-reason": REASON,
        "lain-letter": "ST 800/1/2025",
    }
    return Ask({"case": s.case("terkirim")}, data)


@asks("collection:grant-exception", method="POST")
def grant_exception(s):
    data = {
        "kecuali-concerns": s.office.kasubbag.pk,
        "kecuali-reason": REASON,
        "kecuali-letter": "ST 800/1/2025",
    }
    return Ask({"case": s.case("terkirim")}, data)


# Papers


@asks("reporting:papers")
def papers(s):
    return Ask({"pk": s.case("kertas")})


@asks("reporting:case-file")
def case_file(s):
    return Ask({"pk": s.case("kertas")})


@asks("reporting:make", method="POST")
def make(s):
    return Ask({"pk": s.case("kertas"), "kind": "rekapitulasi"}, {"number": ""})


@asks("reporting:printed", method="POST")
def printed(s):
    return Ask({"pk": s.snapshot("kertas").pk})


@asks("reporting:paper")
def paper(s):
    return Ask({"pk": s.snapshot("kertas").pk})


@asks("reporting:sealed")
def sealed(s):
    return Ask({"pk": s.snapshot("bersegel").pk})


@asks("reporting:signed")
def signed(s):
    return Ask({"pk": s.snapshot("selesai").pk})


@asks("reporting:sign", "reporting:passphrase")
def sign(s):
    return Ask({"pk": s.case("tanda-tangan")})


@asks("reporting:passphrase", method="POST")
def passphrase(s):
    data = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    return Ask({"pk": s.case("tanda-tangan")}, data)


@asks("reporting:prepare", method="POST")
def prepare(s):
    return Ask({"pk": s.case("tanda-tangan")})


@asks("reporting:withdraw", method="POST")
def withdraw(s):
    return Ask({"pk": s.case("bersegel")})


@asks("reporting:upload", method="POST")
def upload(s):
    return Ask({"pk": s.case("bersegel")}, {"file": file(jpeg(0), "pindaian.jpg")})


@asks("reporting:confirm", method="POST")
def confirm(s):
    return Ask({"pk": s.case("diunggah")}, {"menyatakan": "ya"})


@asks("reporting:return")
@asks("reporting:return", method="POST")
def give_report_back(s):
    data = {"to": "l3", "reason": REASON, "values": []}
    return Ask({"pk": s.case("tanda-tangan")}, data)


@asks("reporting:delivery")
def delivery(s):
    return Ask({"pk": s.case("tembusan")})


@asks("reporting:send", method="POST")
def send(s):
    return Ask({"pk": s.case("laporan-kumpul")})


@asks("reporting:receive", method="POST")
def receive_report(s):
    return Ask({"pk": s.case("tembusan"), "receipt": s.receipt("tembusan")})


@asks("reporting:close", method="POST")
def close(s):
    return Ask({"pk": s.case("tembusan"), "task": s.task("tembusan")})


@asks("reporting:seal", method="POST")
def seal(s):
    return Ask({"pk": s.case("selesai")})


@asks("reporting:document")
def document(s):
    return Ask({"code": printed_code(s.snapshot("selesai").code)})


@asks("measurement:explanation")
def explanation(s):
    return Ask({"number": s.achievement()})


# The HTTP API


@asks(
    "api:achievement",
    "api:indicators",
    "api:renstra",
    "api:annual-plan",
    "api:agreements",
    "api:nodes",
    "api:money",
)
def of_an_office(s):
    return Ask(data={"unit": s.office.unit.pk, "tahun": "2025"})


@asks("api:explanation")
def explained(s):
    return Ask({"nomor": s.achievement()})


@asks("api:indicator")
def one_indicator(s):
    return Ask({"nomor": s.indicator()})


@asks("api:agreement")
def one_agreement(s):
    return Ask({"nomor": s.agreement.pk})


# Indicators and targets


@asks("measurement:indicator", "planning:revise", "planning:targets")
def indicator(s):
    return Ask({"pk": s.indicator()})


MEANT = {
    **{"name": "Indeks contoh", "unit_of_measure": "nilai", "decimals": "2"},
    **{"polarity": "higher", "scale": "Skala Nilai Peringkat Kinerja|1"},
    **{"over_time": "nilai akhir", "over_units": "rata-rata", "frequency": "tahun"},
    **{"in_charge": "Kasubbag", "mechanism": "dihitung", "medium": "laporan"},
    **{"since": "2026-01-01", "origin": "Renstra (contoh)", "tindakan": "simpan"},
}
ROW = {
    **{"baris": "1", "k0-code": "a", "k0-name": "semua", "k0-unit": "nilai"},
    **{"k0-least": "0", "k0-over_time": "jumlah", "k0-example": "3"},
}


@asks("planning:define", method="POST")
def define(s):
    place = {"unit": str(s.office.unit.pk), "level": "sasaran", "order": "9"}
    named = {"code": "IKU-99", "group": "Sasaran contoh", "cap": "120"}
    return Ask(data={**MEANT, **ROW, **place, **named, "formula": "a + 0"})


@asks("planning:define-scale", method="POST")
def scale(s):
    named = {"unit": str(s.office.unit.pk), "name": "Skala uji", "source": "Contoh"}
    return Ask(data={**named, "name-0": "Baik", "lower-0": "75", "name-1": "Kurang"})


@asks("planning:dimensions", method="POST")
def dimension(s):
    unit = str(s.office.unit.pk)
    split = "Laki-laki\nPerempuan"
    return Ask(data={"unit": unit, "name": "Jenis kelamin", "categories": split})


@asks("planning:revise", method="POST")
def revise(s):
    return Ask({"pk": s.indicator()}, {**MEANT, "purpose": "mulai periode ini"})


@asks("planning:place")
def placed(s):
    return Ask({"pk": s.indicator()})


@asks("planning:place", method="POST")
def place(s):
    data = {"level": "tujuan", "group": "Tujuan contoh", "order": "3"}
    return Ask({"pk": s.indicator()}, data)


def unused(s):
    """A target on which nothing rests."""
    rows = Target.objects.filter(indicator__unit=s.office.unit).order_by("-pk")
    return next(row.pk for row in rows if not collection.resting_on(row))


@asks("collection:withdraw-target")
def mistaken(s):
    return Ask({"number": unused(s)})


@asks("collection:withdraw-target", method="POST")
def withdraw_target(s):
    return Ask({"number": unused(s)}, {"reason": REASON})


def cells(s):
    """Another target for the year, beside the one that is shown."""
    name = f"{s.indicator()}.{clock.now().year}"
    return {name: "91,5", f"lihat-{name}": "90", "origin": "PK (contoh)"}


@asks("planning:plan", method="POST")
def year_plan(s):
    return Ask(data={**cells(s), "unit": str(s.office.unit.pk)})


@asks("planning:targets", method="POST")
def targets(s):
    return Ask({"pk": s.indicator()}, cells(s))


@asks("planning:weights")
def weights(s):
    return Ask({"pk": s.weighed()})


@asks("planning:weights", method="POST")
def weigh(s):
    return Ask({"pk": s.weighed()}, {f"u{s.office.unit.pk}": "2"})


def amount(s, place):
    return {f"{s.programme.pk}.{place}": "2.500.000", "origin": "DPA (contoh)"}


@asks("planning:budget", method="POST")
def budget(s):
    unit = str(s.office.unit.pk)
    return Ask(data={**amount(s, "murni"), "unit": unit, "tahun": "2024"})


@asks("planning:programmes", method="POST")
def programmes(s):
    return Ask(data={"lines": "7.01.02", "unit": str(s.office.unit.pk)})


@asks("planning:spending", method="POST")
def spending(s):
    unit = str(s.office.unit.pk)
    return Ask(data={**amount(s, "2024-TW1"), "unit": unit, "tahun": "2024"})


@asks("planning:start-renstra", method="POST")
def start_renstra(s):
    data = {"first_year": "2030", "last_year": "2034", "origin": "contoh"}
    data |= {"goal_code": "T1", "goal_text": "Tujuan", "outcome_code": "S1"}
    unit = str(s.office.unit.pk)
    return Ask(data={**data, "outcome_text": "Sasaran", "unit": unit})


@asks("planning:start-change")
@asks("planning:start-change", method="POST")
def start_change(s):
    return Ask({"pk": s.renstra.pk}, {"origin": "contoh"})


@asks("planning:draft")
def renstra_draft(s):
    return Ask({"pk": s.renstra_draft.pk})


def draft_seal(s):
    return plans.draft_of(s.renstra_draft).seal


@asks("planning:draft-part")
@asks("planning:draft-part", method="POST")
def draft_part(s):
    typed = {"code": "T2", "text": "Tujuan", "place": "1", "seal": draft_seal(s)}
    return Ask({"pk": s.renstra_draft.pk, "kind": "tujuan"}, typed)


@asks("planning:discard-renstra", method="POST")
def discard_renstra(s):
    return Ask({"pk": s.renstra_draft.pk}, {"seal": draft_seal(s)})


@asks("planning:enact-renstra")
@asks("planning:enact-renstra", method="POST")
def enact_renstra(s):
    typed = {"since": "2040-01-01", "decision": "contoh", "read": "on"}
    looked = plans.enactment(s.renstra_draft).seal
    return Ask({"pk": s.renstra_draft.pk}, {**typed, "seal": looked})


@asks("planning:make-annual-plan", method="POST")
def make_annual_plan(s):
    place = {"unit": str(s.office.unit.pk), "tahun": str(s.annual_plan.year)}
    return Ask(data={"indicators": ["IKU-1"], "number": "1", **place})


@asks("planning:make-indicator-set", method="POST")
def make_indicator_set(s):
    days = {"decided_on": "2025-01-02", "since": "2025-01-02"}
    chosen = {"decision": "contoh", "indicators": ["IKU-1"], "number": "0"}
    return Ask(data={**days, **chosen, "unit": str(s.office.unit.pk)})


@asks("reporting:annual-plan")
def annual_plan(s):
    return Ask({"pk": s.annual_plan.pk})


@asks("planning:agreement", "planning:revise-agreement", "planning:action-plan")
@asks("reporting:agreement")
def agreement(s):
    return Ask({"pk": s.agreement.pk})


def promises(s, first):
    seats = {
        "first": s.office.position[first].pk,
        "second": s.office.position["camat"].pk,
    }
    return {**seats, "agreed_on": "2025-01-03", "indicators": ["IKU-1"]}


@asks("planning:make-agreement", method="POST")
def make_agreement(s):
    place = {"unit": str(s.office.unit.pk), "tahun": str(s.agreement.year)}
    return Ask(data={**promises(s, "sekcam"), **place})


@asks("planning:revise-agreement", method="POST")
def revise_agreement(s):
    reason = {"reason": "perubahan strategi", "number": "1"}
    return Ask({"pk": s.agreement.pk}, {**promises(s, "kasubbag"), **reason})


@asks("planning:action-plan", method="POST")
def action_plan(s):
    row = s.agreement.indicators.first()
    line = f"{row.pk}.{s.agreement.year}-TW1"
    words = {f"{line}.kegiatan": "Survei", f"{line}.pj": "Kasi", "number": "0"}
    return Ask({"pk": s.agreement.pk}, words)


@asks("planning:import", method="POST")
def import_plan(s):
    code = s.office.unit.indicators.get(pk=s.indicator()).code
    table = f"kode,jenis,sumber,2031\n{code},target,PK (contoh),91\n"
    file = {"nama": "target.csv", "berkas": b64encode(table.encode()).decode()}
    unit = str(s.office.unit.pk)
    return Ask(data={**file, "unit": unit, "tindakan": "terapkan"})


# Who stands in for whom


@asks("portal:absence", method="POST")
def absence(s):
    days = {"since": "2025-02-03", "until": "2025-02-05"}
    return Ask(data={"person": s.office.kasi.pk, "kind": "cuti", **days})


@asks("portal:cancel-absence", method="POST")
def cancel_absence(s):
    return Ask({"pk": s.absence.pk})


@asks("portal:delegate", method="POST")
def delegate(s):
    days = {"since": "2025-02-03", "until": "2025-02-05"}
    position = s.office.position["kasubbag"].pk
    return Ask(data={"position": position, "to": s.official("kasi"), **days})


@asks("portal:end-delegation", method="POST")
def end_delegation(s):
    return Ask({"pk": s.delegation.pk})


# Notices and the administrator's page


@asks("notices:read", method="POST")
def read(s):
    return Ask({"pk": s.notice("pelaksana")})


@asks("planning:nodes")
def performance_tree(s):
    return Ask(data={"unit": s.office.unit.pk})


@asks("planning:add-node")
@asks("planning:add-node", method="POST")
def add_node(s):
    data = {"condition": "Loket dibuka", "level": "output", "order": "1"}
    return Ask({"office": s.office.unit.pk}, data)


@asks("planning:node")
@asks("planning:node", method="POST")
@asks("planning:remove-node", method="POST")
def node(s):
    data = {"condition": "Loket dibuka", "level": "output", "order": "1"}
    return Ask({"number": s.node.pk}, {**data, "row_version": s.node.row_version})


@asks("portal:office")
def office(s):
    return Ask({"pk": s.office.unit.pk})


@asks("portal:calendar")
def calendar(s):
    return Ask({"pk": s.office.unit.pk})


@asks("portal:calendar-change")
@asks("portal:calendar-change", method="POST")
def confirm_calendar(s):
    data = {"decree": "SKB 1/2025", "setuju": "ya", "dilihat": "1"}
    return Ask({"pk": s.office.unit.pk, "what": "tetapkan"}, data)


@asks("portal:add-position")
@asks("portal:add-position", method="POST")
def add_position(s):
    data = {"title": "Kasi Baru", "kind": "kasi", "unit": s.office.unit.pk}
    return Ask({"pk": s.office.unit.pk}, data)


@asks("portal:open-account", method="POST")
def open_account(s):
    data = {
        "name": "Pegawai Baru (contoh)",
        "username": "pegawai.baru",
        "position": s.office.position["pelaksana"].pk,
        "since": "2025-01-02",
    }
    return Ask(data=data)


@asks("portal:code", method="POST")
def make_code(s):
    return Ask({"pk": s.office.kasi.pk})


@asks("portal:set-open", method="POST")
def set_open(s):
    return Ask({"pk": s.office.kasi.pk}, {"buka": "tidak"})


@asks("portal:appoint", method="POST")
def appoint(s):
    data = {
        "position": s.office.position["kasubbag"].pk,
        "person": s.office.kasi.pk,
        "status": "plt",
        "since": "2025-01-02",
        "until": "2025-01-31",
        "letter": "SPT 800/2/2025",
    }
    return Ask(data=data)


@asks("portal:end-tenure")
@asks("portal:end-tenure", method="POST")
def end_tenure(s):
    return Ask({"pk": s.official("kasi")}, {"until": "2025-01-31"})


# The same acts with somebody else's things in them: (address, method, who) -> Ask

SWAPS = {}


def swaps(name, who, method="POST"):
    def keep(make):
        SWAPS[name, method, who, make.__name__] = make
        return make

    return keep


def swapped(make, own, **changes):
    """Return a usual request with parts of its address or form exchanged."""
    asked = make(own)
    kwargs = {key: changes.pop(key) for key in asked.kwargs if key in changes}
    return Ask({**asked.kwargs, **kwargs}, {**asked.data, **changes})


@swaps("procedures:start", "kasubbag")
def their_sop(own, other):
    return swapped(start, own, version=other.version.pk)


@swaps("procedures:assign", "camat")
def their_taker(own, other):
    return swapped(assign, own, to=f"jabatan-{other.office.position['kasi'].pk}")


@swaps("portal:delegate", "kasubbag")
def their_receiver(own, other):
    return swapped(delegate, own, to=other.official("kasi"))


@swaps("portal:absence", "admin")
def their_absent(own, other):
    return swapped(absence, own, person=other.office.kasi.pk)


@swaps("procedures:version", "pelaksana", "GET")
def their_case_on_our_form(own, other):
    return swapped(version, own, kasus=other.case("awal"))


@swaps("collection:team", "kasubbag")
def their_members(own, other):
    return swapped(team, own, members=[other.official("pelaksana")])


@swaps("collection:team", "kasubbag")
def their_team(own, other):
    return swapped(team, own, team=other.round("kertas").team_id)


@swaps("collection:close-requests", "pelaksana")
def their_request(own, other):
    return swapped(close_requests, own, unit=[other.request("kertas")])


@swaps("collection:waive-request", "camat")
def their_request_in_our_case(own, other):
    return swapped(waive_request, own, number=other.request("kertas"))


@swaps("collection:add-unit", "pelaksana")
def their_village(own, other):
    return swapped(add_unit, own, **{"tambah-unit": other.new_village.pk})


@swaps("collection:ask-again", "pelaksana")
def their_answer_in_our_case(own, other):
    return swapped(ask_again, own, number=other.request("kertas"))


@swaps("collection:apply-paste", "pelaksana")
def their_cell(own, other):
    row = other.entry("kertas")
    return swapped(apply_paste, own, cell=[f"{row.pk}:{row.row_version}:1"])


@swaps("collection:submit", "pelaksana")
def their_value_sent(own, other):
    return swapped(submit, own, entry=[other.entry("kertas").pk])


@swaps("collection:save-value", "pelaksana")
@swaps("collection:save-note", "pelaksana")
def their_value(own, other):
    return swapped(save, own, entry=other.entry("kertas").pk)


@swaps("collection:withdraw-value", "pelaksana")
def their_sent_value(own, other):
    return swapped(take_back, own, entry=other.entry("kertas").pk)


@swaps("collection:withdraw-value", "pelaksana")
def our_sent_value_in_their_case(own, other):
    return swapped(take_back, own, case=other.case("kertas"))


@swaps("collection:save-value", "pelaksana")
def our_value_in_their_case(own, other):
    return swapped(save, own, case=other.case("kertas"))


@swaps("collection:evidence", "pelaksana", "GET")
@swaps("collection:evidence", "pelaksana")
def their_values_evidence(own, other):
    return swapped(evidence, own, entry=other.entry("kertas").pk)


@swaps("collection:download", "pelaksana", "GET")
@swaps("collection:remove-evidence", "pelaksana")
def their_evidence(own, other):
    return swapped(remove_evidence, own, number=other.evidence("kertas"))


@swaps("collection:accept-fitting", "kasubbag")
def their_value_seen(own, other):
    row = other.entry("kertas")
    return swapped(accept_fitting, own, seen=[f"{row.pk}:{row.row_version}"])


@swaps("collection:accept", "kasubbag")
@swaps("collection:give-back", "kasubbag")
def their_value_judged(own, other):
    row = other.entry("kertas")
    return swapped(give_back, own, entry=row.pk, row_version=row.row_version)


@swaps("collection:name-verifier", "camat")
def their_official(own, other):
    return swapped(name_verifier, own, **{"lain-official": other.official("kasi")})


@swaps("collection:name-verifier", "camat")
def instead_of_their_kasubbag(own, other):
    person = other.office.kasubbag.pk
    return swapped(name_verifier, own, **{"lain-concerns": person})


@swaps("collection:grant-exception", "camat")
def their_person(own, other):
    person = other.office.kasubbag.pk
    return swapped(grant_exception, own, **{"kecuali-concerns": person})


@swaps("reporting:return", "camat")
def their_value_opened(own, other):
    return swapped(give_report_back, own, values=[other.entry("kertas").pk])


@swaps("reporting:receive", "kasubbag")
def a_copy_of_another_case(own, _):
    return swapped(receive_report, own, pk=own.case("selesai"))


@swaps("reporting:close", "pelaksana")
def their_task(own, other):
    return swapped(close, own, task=other.task("awal"))


@swaps("measurement:achievement", "pelaksana", "GET")
@swaps("measurement:sheet", "pelaksana", "GET")
def their_figures(_, other):
    return Ask(data={"unit": other.office.unit.pk})


@swaps("measurement:indicators", "pelaksana", "GET")
def their_indicators(_, other):
    return Ask(data={"unit": other.office.unit.pk})


@swaps("planning:define", "kasubbag")
def an_indicator_of_theirs(own, other):
    return swapped(define, own, unit=str(other.office.unit.pk))


@swaps("planning:revise", "kasubbag")
def their_indicator(own, other):
    return swapped(revise, own, pk=other.indicator())


@swaps("planning:plan", "kasubbag")
def their_plan(own, other):
    return swapped(year_plan, own, unit=str(other.office.unit.pk))


@swaps("planning:renstra", "pelaksana", "GET")
@swaps("planning:agreements", "pelaksana", "GET")
@swaps("planning:money", "pelaksana", "GET")
def their_renstra(_, other):
    return Ask(data={"unit": other.office.unit.pk})


@swaps("planning:budget", "kasubbag")
def their_budget(own, other):
    return swapped(budget, own, unit=str(other.office.unit.pk))


@swaps("planning:programmes", "kasubbag")
def their_programmes(own, other):
    return swapped(programmes, own, unit=str(other.office.unit.pk))


@swaps("planning:spending", "admin")
def their_spending(own, other):
    return swapped(spending, own, unit=str(other.office.unit.pk))


@swaps("planning:start-renstra", "kasubbag")
def a_renstra_of_theirs(own, other):
    return swapped(start_renstra, own, unit=str(other.office.unit.pk))


@swaps("planning:draft-part", "kasubbag")
def their_draft(own, other):
    return swapped(draft_part, own, pk=other.renstra_draft.pk)


@swaps("planning:make-annual-plan", "kasubbag")
def an_rkt_of_theirs(own, other):
    return swapped(make_annual_plan, own, unit=str(other.office.unit.pk))


@swaps("planning:make-indicator-set", "kasubbag")
def iku_of_theirs(own, other):
    return swapped(make_indicator_set, own, unit=str(other.office.unit.pk))


@swaps("planning:make-agreement", "kasubbag")
def an_agreement_of_theirs(own, other):
    return swapped(make_agreement, own, unit=str(other.office.unit.pk))


@swaps("planning:revise-agreement", "kasubbag")
def their_agreement(own, other):
    return swapped(revise_agreement, own, pk=other.agreement.pk)


@swaps("planning:action-plan", "kasubbag")
def their_action_plan(own, other):
    return swapped(action_plan, own, pk=other.agreement.pk)


@swaps("planning:import", "kasubbag")
def an_import_for_them(own, other):
    return swapped(import_plan, own, unit=str(other.office.unit.pk))


@swaps("planning:workbook", "kasubbag", "GET")
def their_sheets(_, other):
    return Ask(data={"unit": other.office.unit.pk})


@swaps("planning:targets", "kasubbag")
def their_target(own, other):
    return swapped(targets, own, pk=other.indicator())


@swaps("notices:read", "pelaksana")
def their_notice(own, other):
    return swapped(read, own, pk=other.notice("pelaksana"))


@swaps("portal:add-position", "admin")
def a_position_in_their_office(own, other):
    return swapped(add_position, own, pk=other.office.unit.pk)


@swaps("portal:add-position", "admin")
def a_position_in_their_unit(own, other):
    return swapped(add_position, own, unit=other.office.unit.pk)


@swaps("portal:open-account", "admin")
def an_account_in_their_position(own, other):
    return swapped(open_account, own, position=other.office.position["pelaksana"].pk)


@swaps("portal:appoint", "admin")
def their_position(own, other):
    return swapped(appoint, own, position=other.office.position["camat"].pk)


@swaps("portal:appoint", "admin")
def their_kasi(own, other):
    return swapped(appoint, own, person=other.office.kasi.pk)
