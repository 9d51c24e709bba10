"""A catalogue alone suffices for another language: one that marks every message.

Every sentence of the libraries comes out marked, the values inside untouched.
"""

import gettext
import struct
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import engines
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import override, trans_real

from himpun import formula, proof, sop, worktime
from himpun.collection.rules import Evaluation, ExemptionKind
from himpun.collection.rules.paste import Kind
from himpun.collection.templatetags.collection import kata
from himpun.config import terminal
from himpun.documents import grids, uploads, verifying
from himpun.planning.rules import Level
from himpun.procedures.queries import journey
from himpun.procedures.rules import ItemState
from himpun.procedures.templatetags.procedures import lama
from himpun.shared.http import sentence
from himpun.shared.refusals import Refusal, say
from himpun.shared.templatetags.himpun import tanggal, tanggal_pendek
from himpun.sop import bpmn, drafting
from himpun.sop.bpmn.names import BPMN


class Marked(gettext.NullTranslations):
    """Puts every message in brackets (before which no letter can become a capital)."""

    def gettext(self, message):
        return f"[{message}]"

    def ngettext(self, msgid1, msgid2, n):
        return f"[{msgid1 if n == 1 else msgid2}]"

    def pgettext(self, context, message):
        return f"[{message}]"


@pytest.fixture(autouse=True)
def other_language(monkeypatch):
    monkeypatch.setitem(trans_real._translations, "en", Marked())
    with override("en"):
        yield


def page(value):
    """What a page shows of a value, as the reader sees it."""
    template = engines["django"].from_string(
        "{% autoescape on %}{{ it }}{% endautoescape %}"
    )
    shown = template.render({"it": value})
    assert format_html("{}", value) == shown
    return shown.replace("&quot;", '"').replace("&#x27;", "'")


def test_a_finding_in_an_sop():
    source = sop.shipped()["jekulo-pengumpulan-data-kinerja"].decode()
    broken = source.replace("berikut: l2", "berikut: tidak-ada", 1)
    assert broken != source
    found = {f.code: f for f in sop.check(broken).findings}
    assert page(found["E06"].sentence) == (
        '[[langkah 1 (l1)] menuju "tidak-ada", langkah yang tidak ada. Pakai id '
        "langkah yang ada atau tambahkan langkah itu.]"
    )


def test_the_shape_of_an_sop():
    [found] = sop.check("[]").findings
    assert page(found.sentence).startswith("[Isi [berkas ini]")


def test_the_steps_and_the_reason_of_an_achievement():
    found = formula.achievement(Decimal(3), Decimal(0), formula.Polarity.HIGHER)
    assert page(found.reason) == "[target 0, pembagian dengan nol]"
    assert [page(step) for step in found.steps[1:]] == [
        "[Realisasi 3; target 0]",
        "[Tidak dapat dihitung: [target 0, pembagian dengan nol]]",
        "[Capaian: [tidak dapat dihitung]]",
    ]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1.234", "[Anda menulis 1.234. Maksudnya 1234"),
        ("O,5", "[O,5 tidak dapat dibaca"),
        ("", "[Angka belum diisi."),
    ],
)
def test_a_number_that_cannot_be_read(typed, shown):
    with pytest.raises(formula.NumberProblem) as wrong:
        formula.read_number(typed)
    assert page(str(wrong.value)).startswith(shown)
    assert sentence(Refusal(str(wrong.value))).startswith(shown)


def test_periods_days_and_times_left():
    calendar = worktime.shipped_calendar()
    now = datetime(2026, 1, 5, 2, tzinfo=UTC)
    assert page(worktime.read_period("2026-TW3").label) == "[Triwulan III 2026]"
    assert page(worktime.say_day(date(2026, 10, 7))) == "[7 [Oktober] 2026]"
    assert page(worktime.say_hours(3720)) == "[1 jam] [2 menit]"
    later = datetime(2026, 1, 7, 2, tzinfo=UTC)
    assert page(worktime.say_remaining(calendar, now, later)) == "[Sisa 2 hari kerja]"
    assert tanggal(date(2026, 10, 7)) == "[rabu], [7 [Oktober] 2026]"
    assert "7" in tanggal_pendek(date(2026, 10, 7))


def test_a_day_outside_the_calendar():
    with pytest.raises(worktime.OutsideCalendar) as gap:
        worktime.shipped_calendar().index(date(1999, 1, 2))
    assert sentence(Refusal(str(gap.value))).startswith(
        "[Kalender kerja kantor belum memuat [2 [Januari] 1999]. Masukkan"
    )


def test_a_file_that_is_not_taken():
    with pytest.raises(uploads.NotAccepted) as wrong:
        uploads.recognise(b"\x00\x01", "surat.exe")
    assert sentence(Refusal(str(wrong.value))).startswith(
        "[Isi berkas surat.exe tidak cocok dengan jenis yang diterima. Kirim [PDF, JPG"
    )


def test_the_verdict_on_a_document():
    lines = verifying.lines(verifying.verify(b"bukan PDF"))
    assert [page(line) for line in lines] == [
        "[Isi utuh? [TIDAK TERBACA]: [berkas ini bukan PDF].]",
        "[Siapa penanda tangannya? [TIDAK DAPAT DIPASTIKAN].]",
    ]


def test_the_verdict_on_a_record():
    stream = {"name": "case:1", "header": b"", "count": 2, "head": "00"}
    details = {page(v.detail) for v in proof.check_chain(stream, [])}
    assert "[peristiwa ke-1 sampai ke-2 hilang]" in details


def test_an_anchor_that_is_none():
    with pytest.raises(proof.BadAnchor) as wrong:
        proof.parse_anchor(b"{")
    assert page(str(wrong.value)) == "[Lampiran himpun.json rusak atau telah diubah.]"


def test_how_long_a_step_takes():
    assert page(say("%(a)s %(b)s", a=1, b=journey.UNITS["hari"])) == "[1 [hari]]"
    assert page(lama(Fraction(4, 5), "hari")) == "[0,8 [hari]]"


def test_what_reading_an_office_file_finds():
    scan = grids.read(b"No\tKegiatan\tPelaksana\tKet", "sop.txt")
    lines = drafting.report(drafting.read(scan, "sop.txt", "0" * 64))
    assert "[Draf ini belum dapat diberlakukan:]" in map(page, lines)
    assert any(page(line).startswith("D04  [") for line in lines)


def test_a_file_that_is_no_diagram():
    with pytest.raises(bpmn.NotBpmn) as wrong:
        bpmn.opened(b"<a/>")
    assert page(str(wrong.value)).startswith("[Berkas ini XML, tetapi bukan BPMN")


def test_what_reading_a_diagram_finds():
    root = bpmn.opened(
        f'<definitions xmlns="{BPMN}"><process id="p"><task id="t"/></process>'
        "</definitions>".encode()
    )
    found = {page(odd.masalah) for odd in bpmn.sketch(root).oddities}
    assert '[[tugas] "t" tanpa [nama dan jalur]]' in found


@pytest.mark.parametrize(
    "words", [Evaluation, ExemptionKind, Kind, ItemState, Level, worktime.PeriodKind]
)
def test_the_words_of_an_enum(words):
    assert [kata(word.value) for word in words] == [f"[{word.value}]" for word in words]


def test_what_is_shown_is_escaped():
    assert format_html("{}", say("%(name)s kosong", name="<b>")) == "[&lt;b&gt; kosong]"


@pytest.mark.django_db
def test_a_page_and_its_form(client):
    answer = client.post(reverse("accounts:sign-in"), {"username": "", "password": ""})
    text = answer.content.decode()
    assert "[Nama pengguna]" in text
    assert "[Nama pengguna belum ditulis.]" in text


def test_a_command_reads_the_catalogue_of_the_shell(tmp_path, monkeypatch, capsys):
    file = tmp_path / "en" / "LC_MESSAGES" / "django.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(
        catalogue({"Berkas %(name)s tidak ada.": "There is no file %(name)s."})
    )
    monkeypatch.setattr(terminal, "LOCALE", tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    assert terminal.refuse(say("Berkas %(name)s tidak ada.", name="a.pdf")) == 1
    assert capsys.readouterr().err == "There is no file a.pdf.\n"
    monkeypatch.setenv("LANGUAGE", "id")
    assert terminal.told(say("Berkas %(name)s tidak ada.", name="a.pdf")) == (
        "Berkas a.pdf tidak ada."
    )


def catalogue(messages):
    """The bytes of a compiled catalogue (gettext manual, "The Format of GNU MO Files")."""
    pairs = sorted(
        {"": "Content-Type: text/plain; charset=UTF-8\n", **messages}.items()
    )
    texts = [text.encode() for column in zip(*pairs, strict=True) for text in column]
    at, places = 28 + 8 * len(texts), []
    for text in texts:
        places.append((len(text), at))
        at += len(text) + 1
    count = len(pairs)
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    table = b"".join(struct.pack("<2I", *place) for place in places)
    return head + table + b"".join(text + b"\0" for text in texts)
