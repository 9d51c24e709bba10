"""The outbox: recorded once, sent by a real SMTP conversation, again after a crash."""

import socketserver
import threading
from email import message_from_string
from email.policy import default

import pytest
from django.conf import settings as django_settings

from himpun.ledger.rules import SYSTEM
from himpun.notices import actions, queries, tasks
from himpun.notices.models import Mail, Notice
from himpun.organization.tests.builders import WHEN, make_office

pytestmark = pytest.mark.django_db


class Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as a client asks for; a word in the server's mood refuses."""

    def handle(self):
        self.say("220 siap")
        for line in self.rfile:
            word = line.decode().strip().upper()
            if word.startswith("DATA"):
                self.say("354 lanjut")
                self.server.received.append(self.read_mail())
                self.say("250 diterima")
            elif word.startswith("QUIT"):
                self.say("221 sampai jumpa")
                return
            elif word.startswith("RCPT") and self.server.full:
                self.say("452 kotak penuh")
            else:
                self.say("250 baik")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())

    def read_mail(self):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.decode())
        return message_from_string("".join(lines), policy=default)


@pytest.fixture
def server(settings):
    class Listening(socketserver.ThreadingTCPServer):
        allow_reuse_address = daemon_threads = True
        full, received = False, []

    with Listening(("127.0.0.1", 0), Conversation) as listening:
        Listening.received = []
        threading.Thread(
            target=listening.serve_forever, args=[0.02], daemon=True
        ).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = listening.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.HIMPUN_MAIL_FROM = "himpun@contoh.go.id"
        settings.HIMPUN_PUBLIC_URL = "https://himpun.contoh.go.id"
        yield listening
        listening.shutdown()


@pytest.fixture
def office():
    office = make_office()
    for name in ("pelaksana", "kasubbag"):
        office.people[name].email = f"{name}@contoh.go.id"
        office.people[name].save()
    return office


def tell(office, *people):
    return actions.notify(
        [person.pk for person in people],
        unit=office.unit,
        text="Mohon dikerjakan: Menghimpun data, Tahun 2024. Tenggat Jumat, 09.00 WIB.",
        link="/kasus/7",
        mail=True,
        by=SYSTEM,
        at=WHEN,
    )


def test_a_reminder_goes_out_by_smtp_with_task_time_and_link_only(office, server):
    tell(office, office.pelaksana)
    assert tasks.send_waiting_mail(WHEN) == 1
    [mail] = server.received
    assert mail["To"] == "pelaksana@contoh.go.id"
    assert mail["From"] == "himpun@contoh.go.id"
    assert mail["Subject"].startswith("Himpun: Mohon dikerjakan: Menghimpun data")
    body = mail.get_content()
    assert "Tenggat Jumat, 09.00 WIB." in body
    assert "https://himpun.contoh.go.id/kasus/7\r\n" in body
    assert tasks.send_waiting_mail(WHEN) == 0
    assert len(server.received) == 1


def test_people_without_an_address_have_the_notice_only(office, server):
    assert tell(office, office.camat, office.pelaksana) == 2
    assert Notice.objects.count() == 2
    assert Mail.objects.get().notice.person == office.pelaksana


def test_without_a_mail_server_nothing_enters_the_outbox(office, settings):
    settings.HIMPUN_MAIL_FROM = ""
    tell(office, office.pelaksana)
    assert Notice.objects.count() == 1
    assert not Mail.objects.exists()


def test_a_notice_that_does_not_ask_for_it_is_no_mail(office, server):
    actions.notify(
        [office.pelaksana.pk], unit=office.unit, text="x", by=SYSTEM, at=WHEN
    )
    assert not Mail.objects.exists()


class Killed(BaseException):
    """The process ends here."""


def test_a_crash_between_sending_and_recording_sends_the_same_mail_again(
    office, server, monkeypatch
):
    tell(office, office.pelaksana)

    def die(**_):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("django.db.models.query.QuerySet.update", lambda *a, **k: die())
        with pytest.raises(Killed):
            tasks.send_waiting_mail(WHEN)
    assert Mail.objects.get().sent_at is None
    assert tasks.send_waiting_mail(WHEN) == 1
    first, second = server.received
    assert first["Message-ID"] == second["Message-ID"] == Mail.objects.get().message_id
    assert Notice.objects.count() == 1


def test_what_fails_is_tried_again_later_each_time_and_named(office, server):
    tell(office, office.pelaksana, office.kasubbag)
    server.full = True
    assert tasks.send_waiting_mail(WHEN) == 0
    assert server.received == []
    failing, trouble = queries.failing_mail()
    assert (failing, "452" in trouble or "penuh" in trouble) == (1, True)
    tried = Mail.objects.get(tries=1)
    assert tried.due_at > WHEN
    assert tried not in queries.waiting_mail(WHEN)
    server.full = False
    assert tasks.send_waiting_mail(tried.due_at) == 2
    assert queries.failing_mail() == (0, "")


def test_a_server_that_does_not_answer_stops_nothing_else(office, server, settings):
    tell(office, office.pelaksana)
    settings.EMAIL_PORT = 9
    assert tasks.send_waiting_mail(WHEN) == 0
    assert Mail.objects.get().tries == 1


def test_a_closed_account_gets_no_mail(office, server):
    tell(office, office.pelaksana)
    office.pelaksana.is_active = False
    office.pelaksana.save()
    assert tasks.send_waiting_mail(WHEN) == 0


def test_nothing_is_sent_within_a_transaction(office, server, monkeypatch):
    """The sending itself opens none; the test's own is the only one."""
    from django.db import connection

    tell(office, office.pelaksana)
    depths = []
    send = "django.core.mail.EmailMessage.send"
    monkeypatch.setattr(
        send, lambda self: depths.append(len(connection.savepoint_ids)) or 1
    )
    before = len(connection.savepoint_ids)
    tasks.send_waiting_mail(WHEN)
    assert depths == [before]
    assert django_settings.EMAIL_TIMEOUT
