"""What a reminder says outside Himpun."""

import pytest

from himpun.notices import rules

LINK = "https://himpun.example/kasus/7"


def test_a_reminder_holds_task_time_and_page():
    text = rules.whatsapp_text("Isi data, Tahun 2024", "Kamis, 8 Oktober 2026", LINK)
    assert "Tugas: Isi data, Tahun 2024" in text
    assert "Tenggat: Kamis, 8 Oktober 2026" in text
    assert text.count("http") == 1
    assert LINK in text


@pytest.mark.parametrize(
    "link", [LINK + "?token=abc", LINK + "#kunci", "https://kunci@himpun.example/"]
)
def test_a_link_that_could_carry_a_token_is_refused(link):
    with pytest.raises(ValueError, match="token"):
        rules.whatsapp_text("Isi data", "besok", link)


@pytest.mark.parametrize(
    ("link", "own"),
    [
        ("/kasus/7", True),
        ("", True),
        ("//lain.example", False),
        ("/\\lain.example", False),
        ("https://lain.example", False),
        ("javascript:alert(1)", False),
    ],
)
def test_a_notice_leads_to_a_page_of_ours_or_nowhere(link, own):
    assert rules.is_own_page(link) is own
