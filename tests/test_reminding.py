"""A stored rule of escalation fires once, whatever happens to the worker."""

import json
from pathlib import Path

REMINDING = Path(__file__).with_name("reminding.py")
CASES, HOLDERS = 3, 2


def test_workers_killed_at_once_and_started_again_tell_everybody_once(installation):
    installation.environ |= {
        "DJANGO_SETTINGS_MODULE": "himpun.config.settings",
        "HIMPUN_EMAIL_URL": "smtp://127.0.0.1:9",
        "HIMPUN_EMAIL_FROM": "himpun@contoh.go.id",
    }
    process = installation.python(REMINDING)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    found = json.loads(out)
    assert found["told"] == [1] * CASES * HOLDERS
    assert found["mails"] == CASES * HOLDERS
