"""The pohon kinerja of the demo's offices, from `data/pohon-kinerja.yaml`: an example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from himpun.planning import actions as planning
from himpun.planning.models import Indicator
from himpun.planning.rules import NodeLevel

from .offices import DATA, people_of

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.config.offices import Office
    from himpun.planning.models import PerformanceNode


def load_tree(office: Office, *, at: datetime) -> None:
    """Build the tree of an office whose indicators and positions are there already."""
    file = yaml.safe_load((DATA / "pohon-kinerja.yaml").read_text("utf-8"))
    waiting: list[tuple[dict[str, Any], PerformanceNode | None, int]] = [
        (file["puncak"], None, 1)
    ]
    indicators = {row.code: row for row in Indicator.objects.filter(unit=office.unit)}
    kasubbag = people_of(office)["kasubbag"]
    while waiting:
        one, parent, order = waiting.pop(0)
        node = planning.add_node(
            office.unit,
            planning.Condition(
                level=NodeLevel(one["jenjang"]),
                condition=one["kondisi"],
                parent=parent,
                indicators=[indicators[code] for code in one.get("indikator", ())],
                proposed="\n".join(one.get("rumusan", ())),
                position=office.positions.get(one.get("jabatan", "")),
                crosscutting="milik" in one,
                partner=one.get("milik", ""),
                origin=file["asal"],
                order=order,
            ),
            by=kasubbag,
            at=at,
        )
        below = one.get("penyebab", ())
        waiting += [(cause, node, place) for place, cause in enumerate(below, 1)]
