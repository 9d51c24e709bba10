from hypothesis import given
from hypothesis import strategies as st

from himpun.sop.drawing.tests.builders import width
from himpun.sop.drawing.tracks import Strand, assign, spread
from himpun.sop.drawing.wording import (
    Font,
    Paragraph,
    clean,
    fit,
    fit_words,
    set_lines,
)

FONT = Font(width, 3.0)


def lines(words, room, font=FONT):
    return [line.words for line in set_lines([Paragraph(words)], room, font)[0].lines]


def test_lines_break_at_words():
    assert lines("satu dua tiga", width("satu dua ", 3.0)) == ["satu dua", "tiga"]


def test_a_word_wider_than_the_line_breaks_after_a_slash_if_it_has_one():
    assert lines("semester/tahunan", width("semester/ta", 3.0)) == [
        "semester/",
        "tahunan",
    ]


def test_a_word_without_a_slash_breaks_between_letters_and_keeps_accents():
    room = width("aaa", 3.0)
    assert lines("aaaaaaa", room) == ["aaa", "aaa", "a"]
    broken = lines("e\u0301" * 9, room)
    assert all(not line.startswith("\u0301") for line in broken)


def test_half_a_character_is_replaced_like_other_unprintable_ones():
    assert clean("a\ud800b\u2066c\td") == "a\ufffdb\ufffdc d"


def test_a_marked_paragraph_hangs_beside_its_mark():
    block, _ = set_lines([Paragraph("satu dua tiga", "1.")], 12, FONT)
    texts = block.at(5, 0)
    assert texts[0].words == "1."
    assert texts[0].x == 5
    assert len({text.x for text in texts[1:]}) == 1
    assert texts[1].x > 5


def test_a_short_text_is_set_smaller_before_a_word_is_broken():
    room = width("Perencanaan", 2.6)
    block = fit_words("Perencanaan", room, 10, FONT)
    assert [line.words for line in block.lines] == ["Perencanaan"]
    assert block.font.size < 3


@given(st.text(max_size=200), st.floats(2, 60))
def test_setting_a_text_loses_no_letter_and_keeps_to_the_room(words, room):
    block = fit([Paragraph(words)], room, 20, FONT)
    assert block.height <= 20
    assert block.width <= room + 0.01
    printed = "".join(line.words for line in block.lines)
    kept = [letter for letter in printed if letter.isalnum()]
    assert kept == [letter for letter in words if letter.isalnum()]


def test_strands_beside_each_other_get_different_tracks():
    strands = [Strand(0, 4, 1, 1), Strand(2, 6, 1, 1), Strand(8, 9, 1, 1)]
    tracks = assign(strands, 0.1)
    assert tracks[0].number != tracks[1].number
    assert tracks[2].number == 0
    assert [track.count for track in tracks] == [2, 2, 1]


def test_tracks_are_ordered_so_that_turning_arrows_do_not_cross():
    inner, outer = Strand(2, 4, 1, 1), Strand(0, 6, 1, 1)
    for strands in ([inner, outer], [outer, inner]):
        tracks = dict(zip(strands, assign(strands, 0.1), strict=True))
        assert tracks[outer].number < tracks[inner].number


def test_many_strands_get_as_many_tracks_without_trying_every_order():
    strands = [Strand(0, 10 + n, 1, -1) for n in range(40)]
    numbers = [track.number for track in assign(strands, 0.1)]
    assert sorted(numbers) == list(range(40))


def test_places_are_moved_apart_as_little_as_needed():
    assert spread([10, 11, 40], [1, 1, 1], 8) == [6.5, 14.5, 40]
    assert spread([10, 11], [1000, 1], 8)[0] > 9.9
