"""`himpun doctor`: what somebody has to do, and nothing when all is well."""

import json
from argparse import Namespace
from datetime import timedelta

import pytest
from django.db import connection

from himpun.config.commands import demo, doctor, worker
from himpun.config.commands.backup import programs
from himpun.ledger.rules import SYSTEM
from himpun.notices import actions as notices
from himpun.organization import actions as organization
from himpun.organization.models import Official, Tenant
from himpun.organization.rules import AbsenceKind
from himpun.organization.tests.builders import make_office
from himpun.procedures.tests.builders import adopt_seed
from himpun.reporting.rules import LAST_BACKUP, SEAL_KEY
from himpun.reporting.tests.builders import make_keys
from himpun.shared import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HIMPUN_HOME = tmp_path
    settings.HIMPUN_MODE = "lan"
    make_keys()
    note_backup(clock.now())
    worker.run(Namespace(once=True))
    return tmp_path


def note_backup(at):
    from django.conf import settings

    note = {"made_at": at.isoformat(), "file": "c.himpun", "sha256": "0" * 64}
    (settings.HIMPUN_HOME / LAST_BACKUP).write_text(json.dumps(note))


def test_a_healthy_installation_has_nothing_to_do():
    assert doctor.findings() == []


def test_a_missing_seal_key_is_named(home):
    (home / "keys" / SEAL_KEY).unlink()
    [said] = doctor.findings()
    assert "himpun init" in said


def test_a_seal_key_that_others_can_read_is_named(home):
    (home / "keys" / SEAL_KEY).chmod(0o640)
    [said] = doctor.findings()
    assert "chmod 600" in said


def test_an_installation_that_was_never_backed_up_is_told(home):
    (home / LAST_BACKUP).unlink()
    [said] = doctor.findings()
    assert "himpun backup" in said


@pytest.mark.parametrize(("days", "count"), [(7, 0), (8, 1)])
def test_an_old_backup_is_told_after_a_week(days, count):
    note_backup(clock.now() - timedelta(days=days) + timedelta(minutes=1))
    assert len(doctor.findings()) == count


def test_postgresql_without_its_program_for_backups_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(programs, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", "")
    said = [one for one in doctor.findings() if "postgresql-client" in one]
    assert len(said) == (connection.vendor == "postgresql")


def test_scheduled_work_that_stands_still_is_named(home):
    (home / worker.MARK).unlink()
    [said] = doctor.findings()
    assert "himpun worker" in said


@pytest.mark.parametrize(("ahead", "count"), [(-60, 0), (30, 0), (3600, 1)])
def test_a_clock_behind_the_record_is_named(ahead, count):
    at = clock.now() + timedelta(seconds=ahead)
    organization.create_tenant("99.98", "Kabupaten Jam", "jam", at=at)
    assert len([s for s in doctor.findings() if "Jam peladen" in s]) == count


def test_an_actor_whom_nobody_fills_is_named():
    office = make_office()
    adopt_seed(office)
    Official.objects.filter(position=office.position["camat"]).delete()
    assert any("pelaksana camat tidak dijabat" in said for said in doctor.findings())


def test_an_actor_all_of_whose_holders_are_away_is_named():
    office = make_office()
    adopt_seed(office)
    day = clock.now().date()
    for who in ("camat", "pelaksana"):
        organization.record_absence(
            office.people[who],
            AbsenceKind.LEAVE,
            since=day - timedelta(days=1),
            until=day + timedelta(days=1),
            by=SYSTEM,
            at=clock.now(),
        )
    [said] = [said for said in doctor.findings() if "tidak hadir" in said]
    assert "semua pemegang jabatan camat tidak hadir" in said


def test_an_office_without_calendar_is_named():
    office = make_office(calendar=False)
    assert doctor.findings() == [
        f"{office.unit}: kalender kerja belum ada. Masukkan jam kerja."
    ]


@pytest.mark.parametrize("mode", ["lan", "production"])
def test_the_demo_is_loaded_in_its_own_mode_only(settings, capsys, mode):
    """Its passwords are printed: it has no place where an office works."""
    settings.HIMPUN_MODE = mode
    assert demo.run(None) == 1
    assert "HIMPUN_MODE=demo" in capsys.readouterr().err
    assert not Tenant.objects.exists()


def test_mail_that_does_not_go_out_is_named(settings):
    settings.HIMPUN_MAIL_FROM = "himpun@contoh.go.id"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    office = make_office()
    office.kasi.email = "kasi@contoh.go.id"
    office.kasi.save()
    notices.notify(
        [office.kasi.pk],
        unit=office.unit,
        text="Mohon dikerjakan",
        mail=True,
        by=SYSTEM,
        at=clock.now(),
    )
    worker.run(Namespace(once=True))
    [said] = [x for x in doctor.findings() if "surel" in x]
    assert "1 surel belum terkirim" in said
    assert "HIMPUN_EMAIL_URL" in said
