"""Which way an indicator is good, by which form that is measured, and what zero gives.

All of it belongs to the version of the indicator and is printed with the figure. No
national rule settles zero, caps, range and exact value; where no regulation is named,
the form is the house's or an office's own and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from himpun.wording import Sentence, say

from .arithmetic import TIMES, check_figure, say_figure

if TYPE_CHECKING:
    from decimal import Decimal


class Polarity(StrEnum):
    """Which way an indicator is good, and by which form that is measured."""

    HIGHER = "higher"
    LOWER_RATIO = "lower_ratio"
    LOWER_DIFFERENCE = "lower_difference"
    RANGE = "range"
    EXACT = "exact"


@dataclass(frozen=True)
class Form:
    """How a polarity is calculated: its name, the formula as printed, the source."""

    name: Sentence
    formula: Sentence
    source: str


FORMS = {
    Polarity.HIGHER: Form(
        say("makin tinggi makin baik"),
        say("realisasi / target %(times)s 100", times=TIMES),
        "PermenPANRB 53/2014",
    ),
    Polarity.LOWER_RATIO: Form(
        say("makin rendah makin baik (target dibagi realisasi)"),
        say("target / realisasi %(times)s 100", times=TIMES),
        "e-SAKIP Magetan (wp-eval-sakip), AKSARA Pringsewu",
    ),
    Polarity.LOWER_DIFFERENCE: Form(
        say("makin rendah makin baik (dua kali target dikurangi realisasi)"),
        say("(2 %(times)s target - realisasi) / target %(times)s 100", times=TIMES),
        "LAN; e-SAKIP Banjarnegara",
    ),
    Polarity.RANGE: Form(
        say("baik di dalam kisaran"),
        say(
            "100 di dalam kisaran; di luarnya (batas terdekat - jarak ke batas itu) / "
            "batas itu %(times)s 100",
            times=TIMES,
        ),
        "Himpun",
    ),
    Polarity.EXACT: Form(
        say("baik bila tepat target"),
        say("(target - selisih dari target) / target %(times)s 100", times=TIMES),
        "Himpun",
    ),
}
"""Each polarity's form. Range and exact continue the two plain forms: below the bound
they equal realisasi / target, above it the difference."""


class ZeroTarget(StrEnum):
    """What a target of 0 gives where the form divides by the target."""

    UNKNOWN = "unknown"
    REACHED = "reached"
    NOTHING = "nothing"


class ZeroActual(StrEnum):
    """What a realisasi of 0 gives where the form divides by the realisasi."""

    UNKNOWN = "unknown"
    FULL = "full"
    BOTH = "both"
    NOTHING = "nothing"


class CapOn(StrEnum):
    """What a cap limits: each achievement, or only what enters an average."""

    VALUE = "value"
    AVERAGE = "average"


@dataclass(frozen=True)
class Choice:
    """A named choice for what no rule settles: its wording and where it is in use."""

    name: Sentence
    source: str


ZERO_TARGET = {
    ZeroTarget.UNKNOWN: Choice(
        say("tidak dapat dihitung"), "e-SAKIP Banjarnegara, LLDIKTI XVI"
    ),
    ZeroTarget.REACHED: Choice(
        say("100 bila target 0 tercapai, selain itu 0"), "sakip ichien86"
    ),
    ZeroTarget.NOTHING: Choice(say("nilai 0"), "wp-eval-sakip"),
}
"""The first is the default: a figure without its denominator is no figure."""
ZERO_ACTUAL = {
    ZeroActual.UNKNOWN: Choice(
        say("tidak dapat dihitung"), "e-SAKIP Banjarnegara, LLDIKTI XVI"
    ),
    ZeroActual.FULL: Choice(say("nilai 100"), "AKSARA Pringsewu, sakip ichien86"),
    ZeroActual.BOTH: Choice(
        say("100 bila target juga 0, selain itu 0"), "wp-eval-sakip"
    ),
    ZeroActual.NOTHING: Choice(say("nilai 0"), "wp-eval-sakip (triwulan)"),
}
CAP_ON = {
    CapOn.VALUE: say("setiap capaian"),
    CapOn.AVERAGE: say("capaian di dalam rata-rata saja"),
}
"""e-SAKIP Semarang caps at 100, BPS Gorontalo Utara at 120; most leave more than 100."""


@dataclass(frozen=True)
class AchievementRule:
    """All that decides how realisasi and target become an achievement.

    ``cap`` in percent, None for none. Raises ValueError for a cap that is not above 0.
    """

    polarity: Polarity
    zero_target: ZeroTarget = ZeroTarget.UNKNOWN
    zero_actual: ZeroActual = ZeroActual.UNKNOWN
    cap: Decimal | None = None
    cap_on: CapOn = CapOn.VALUE

    def __post_init__(self) -> None:
        """Refuse a cap that is no positive figure."""
        check_figure(self.cap)
        if self.cap is not None and self.cap <= 0:
            raise ValueError("a cap is above 0")

    @property
    def form(self) -> Form:
        """The form that the polarity is calculated by."""
        return FORMS[self.polarity]

    @property
    def value_cap(self) -> Decimal | None:
        """The cap of each achievement."""
        return self.cap if self.cap_on is CapOn.VALUE else None

    @property
    def average_cap(self) -> Decimal | None:
        """The cap of what enters an average; hand it to `mean_of_achievements`."""
        return self.cap

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The whole rule in words, for the page of the indicator and under a table."""
        zero = {"rule": ZERO_TARGET[self.zero_target].name}
        said = [self.form.name, say("Rumus: %(formula)s", formula=self.form.formula)]
        if self.polarity is Polarity.LOWER_RATIO:
            zero = {"rule": ZERO_ACTUAL[self.zero_actual].name}
            said.append(say("Bila realisasi 0: %(rule)s", **zero))
        else:
            said.append(say("Bila target 0: %(rule)s", **zero))
        if self.cap is not None:
            said.append(
                say(
                    "Dibatasi paling tinggi %(cap)s: %(what)s",
                    cap=say_figure(self.cap),
                    what=CAP_ON[self.cap_on],
                )
            )
        return tuple(said)


@dataclass(frozen=True)
class Span:
    """A target that is a range (kisaran), both bounds included.

    Raises ValueError when ``high`` is below ``low``.
    """

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        """Refuse bounds that are no figures or stand the wrong way round."""
        check_figure(self.low)
        check_figure(self.high)
        if self.high < self.low:
            raise ValueError("the bounds of a range stand the wrong way round")

    def __str__(self) -> str:
        """Return "3 sampai 5"."""
        return say(
            "%(low)s sampai %(high)s",
            low=say_figure(self.low),
            high=say_figure(self.high),
        )
