"""What a command prints: its sentences in the language of the shell.

Django's catalogues, read by gettext itself: `himpun sop` and `himpun verify` run without
settings. Without a catalogue for the shell's language the sentences are Indonesian.
"""

from __future__ import annotations

import gettext
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from himpun.wording import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALE = Path(__file__).parent.parent / "locale"


def told(words: object) -> str:
    """Return a sentence in the language of the shell; other words as they are."""
    catalogue = gettext.translation("django", LOCALE, fallback=True)
    return str(shown(words, catalogue.gettext))


def tell(*lines: str) -> None:
    """Print sentences, one in each line."""
    for line in lines:
        sys.stdout.write(told(line) + "\n")


def tell_facts(facts: Mapping[str, object], *, width: int) -> None:
    """Print one fact in each line, its name padded to ``width`` letters."""
    tell(*(f"{told(name):{width}}: {told(value)}" for name, value in facts.items()))


def refuse(sentence: str, status: int = 1) -> int:
    """Print a sentence on stderr and return the exit status."""
    sys.stderr.write(told(sentence) + "\n")
    return status
