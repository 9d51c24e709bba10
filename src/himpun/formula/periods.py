"""How values of shorter periods, or of several units, make one value: the names."""

from enum import StrEnum


class OverTime(StrEnum):
    """How the values of shorter periods make the value of a longer one."""

    LAST = "nilai akhir"
    SUM = "jumlah"
    AVERAGE = "rata-rata"
    HIGHEST = "tertinggi"
    LOWEST = "terendah"
    CUMULATIVE = "kumulatif"


class OverUnits(StrEnum):
    """How the values of several units make one value."""

    SUM = "jumlah"
    AVERAGE = "rata-rata"
    WEIGHTED = "rata-rata tertimbang"
    COMPONENTS = "dihitung dari komponen"
