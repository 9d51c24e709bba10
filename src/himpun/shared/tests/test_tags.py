"""Tags and filters show values the Indonesian way."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template, TemplateSyntaxError

from himpun.shared.journey import Stage, Stop
from himpun.shared.templatetags.himpun import DASH

MOMENT = datetime(2026, 10, 7, 2, 12, tzinfo=UTC)


def show(source, **context):
    return Template("{% load himpun %}" + source).render(Context(context))


def test_a_number_has_a_decimal_comma_and_dots_for_thousands():
    assert show("{{ v|angka }}", v=Decimal("1234.5")) == "1.234,50"
    assert show("{{ v|angka:0 }}", v=Decimal("1234.5")) == "1.235"


def test_a_null_is_a_dash_and_never_zero():
    assert show("{{ v|angka }}", v=None) == DASH
    assert show("{{ v.target.value|angka }}", v={"target": None}) == DASH
    assert show("{{ v|angka:0 }}", v="") == DASH
    assert show("{{ v|angka }}", v=Decimal(0)) == "0,00"
    assert "0" not in show("{% capai v None %}", v=None)


def test_moments_are_shown_in_the_office_zone():
    assert show("{{ v|saat_lengkap }}", v=MOMENT) == "Rabu, 7 Oktober 2026, 09.12 WIB"
    assert show("{{ v|saat }}", v=MOMENT) == "Rab 7 Okt 09.12"
    assert show("{{ v|saat_tahun }}", v=MOMENT) == "Rab 7 Okt 2026 09.12"
    assert show("{{ v|tanggal_pendek }}", v=date(2026, 10, 8)) == "Kam 8 Okt"


def test_a_moment_late_in_utc_falls_on_the_next_local_day():
    late = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)
    assert show("{{ v|tanggal }}", v=late) == "Jumat, 1 Januari 2027"


@pytest.mark.parametrize(
    "name",
    [
        "tanggal",
        "tanggal_pendek",
        "jam",
        "jam_wib",
        "saat",
        "saat_tahun",
        "saat_lengkap",
    ],
)
def test_no_moment_is_a_dash(name):
    assert show("{{ v|" + name + " }}", v=None) == DASH


def test_an_unknown_icon_is_a_mistake_of_the_page():
    assert "#i-inbox" in show('{% ikon "inbox" %}')
    with pytest.raises(TemplateSyntaxError):
        show('{% ikon "tidak-ada" %}')


def test_a_light_says_its_word_beside_its_shape():
    html = show('{% lampu "lewat" "Lewat 1 hari" %}')
    assert 'class="lampu merah"' in html
    assert "Lewat 1 hari" in html


def test_text_of_people_is_escaped_in_every_tag():
    bad = '"><script>alert(1)</script>'
    for source in (
        '{% lampu "aman" v %}',
        "{% cip_peringkat v %}",
        "{% meter v 2 nila=1 %}",
        "{% capai n v %}",
    ):
        assert "<script>" not in show(source, v=bad, n=Decimal(50))


def test_a_meter_draws_its_parts_side_by_side():
    html = show('{% meter "3 dari 10" 10 hijau=2 kuning=1 %}')
    assert '<rect class="hijau" x="0" width="200"' in html
    assert '<rect class="kuning" x="200" width="100"' in html
    assert 'aria-label="3 dari 10"' in html


def test_a_meter_never_grows_past_its_end_and_survives_nothing_to_count():
    assert 'x="0" width="1000"' in show('{% meter "x" 2 nila=5 %}')
    assert "rect" in show('{% meter "x" 0 nila=0 %}')


def test_a_meter_refuses_a_colour_it_does_not_know():
    with pytest.raises(TemplateSyntaxError):
        show('{% meter "x" 2 pink=1 %}')


def test_an_achievement_over_120_keeps_its_figure_and_its_bar_stops():
    html = show("{% capai v b %}", v=Decimal("158.456"), b="Sangat tinggi")
    assert "158,5%" in html
    assert 'class="st" width="1200"' in html


def test_ranks_of_the_scale_have_colours_and_others_stay_plain():
    assert show("{{ b|kelas_peringkat }}", b="Sangat rendah") == "sr"
    assert show("{{ b|kelas_peringkat }}", b="Istimewa") == ""
    assert "belum ada" in show("{% cip_peringkat b %}", b=None)


def test_small_boxes_show_done_now_and_ahead():
    html = show("{% langkah_kecil 2 5 %}")
    assert html.count('class="hijau"') == 2
    assert html.count('class="nila"') == 1
    assert html.count('class="sisa"') == 2


def stops():
    return [
        Stop("l1", 1, "Menghimpun", Stage.DONE, spent="0,8 hari", light="aman"),
        Stop("l2", 2, "Membentuk tim", Stage.NOW, who="Kasubbag"),
        Stop("l3", 3, "Menyusun", Stage.AHEAD),
    ]


@pytest.mark.parametrize("tag", ["pita", "jalan"])
def test_the_journey_names_the_step_it_is_at(tag):
    html = show("{% " + tag + " j %}", j=stops())
    assert html.count('aria-current="step"') == 1
    assert html.count('class="selesai"') == 1
    assert "Selesai:" in html
