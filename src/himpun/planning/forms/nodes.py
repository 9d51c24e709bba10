"""The form of a condition of the pohon kinerja."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.planning import queries, rules
from himpun.planning.actions import Condition
from himpun.shared.forms import OfficeForm, one_line
from himpun.shared.http import told

if TYPE_CHECKING:
    from datetime import date

    from himpun.organization.models import Unit
    from himpun.planning.models import PerformanceNode

DEEPER = "\N{EN DASH} "
MOST_LINES, LONGEST = 10, 300


class NodeForm(OfficeForm):
    """A condition, its place in the tree, its indicators, who answers for it."""

    condition = forms.CharField(
        label=lazy("Kondisi yang ingin dicapai"),
        max_length=LONGEST,
        help_text=lazy("Tulis hasilnya, misalnya: Pengaduan diselesaikan tepat waktu."),
        error_messages={"required": lazy("Tulis kondisi yang ingin dicapai.")},
    )
    level = forms.ChoiceField(
        label=lazy("Jenjang"),
        error_messages={"required": lazy("Pilih jenjangnya.")},
    )
    parent = forms.ChoiceField(
        label=lazy("Penyebab dari"),
        required=False,
        help_text=lazy("Kondisi di atasnya. Mengganti induk memindahkan cabangnya."),
    )
    order = forms.IntegerField(
        label=lazy("Urutan di antara kondisi yang seinduk"),
        min_value=1,
        max_value=999,
        initial=1,
        error_messages={
            "required": lazy("Tulis angka 1 sampai 999."),
            "invalid": lazy("Tulis angka 1 sampai 999."),
            "min_value": lazy("Tulis angka 1 sampai 999."),
            "max_value": lazy("Tulis angka 1 sampai 999."),
        },
    )
    indicators = forms.MultipleChoiceField(
        label=lazy("Indikator yang dikumpulkan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": lazy("Indikator itu tidak ada lagi. Pilih yang lain.")
        },
    )
    proposed = forms.CharField(
        label=lazy("Rumusan indikator lain"),
        required=False,
        max_length=MOST_LINES * LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy(
            "Indikator yang belum dikumpulkan di Himpun, satu setiap baris."
        ),
    )
    position = forms.ChoiceField(
        label=lazy("Jabatan yang bertanggung jawab"), required=False
    )
    crosscutting = forms.BooleanField(
        label=lazy("Milik unit atau instansi lain (crosscutting)"), required=False
    )
    partner = forms.CharField(
        label=lazy("Nama unit atau instansi itu"), required=False, max_length=160
    )
    origin = forms.CharField(
        label=lazy("Asal"),
        required=False,
        max_length=LONGEST,
        help_text=lazy("Dokumen dan halamannya, bila ada."),
    )
    row_version = forms.IntegerField(
        required=False, widget=forms.HiddenInput, min_value=0
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        office: Unit,
        day: date,
        node: PerformanceNode | None = None,
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        if node is not None:
            kwargs["initial"] = _now(node)
        super().__init__(*args, **kwargs)
        rows = list(queries.nodes_of(office))
        self.nodes = {str(row.pk): row for row in rows}
        named = queries.named_indicators(office, day)
        self.known = {str(one.pk): one for one, _name in named}
        self.positions = {str(row.pk): row for row in queries.positions_of(office)}
        choices = {
            "level": [(x.value, told(rules.NODE_WORDS[x])) for x in rules.NodeLevel],
            "parent": [("", _("Tidak ada: puncak pohon")), *_places(rows, node)],
            "indicators": [(str(one.pk), name) for one, name in named],
            "position": [
                ("", _("Belum ada")),
                *((number, row.title) for number, row in self.positions.items()),
            ],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a ChoiceField's own

    def clean_condition(self) -> str:
        """Return the words as one line."""
        return one_line(self.cleaned_data["condition"])

    def clean_partner(self) -> str:
        """Return the name as one line."""
        return one_line(self.cleaned_data["partner"])

    def clean_origin(self) -> str:
        """Return the words as one line."""
        return one_line(self.cleaned_data["origin"])

    def clean_proposed(self) -> str:
        """Return the indicators, one a line."""
        lines = [one_line(x) for x in self.cleaned_data["proposed"].splitlines()]
        return "\n".join(filter(None, lines))

    def typed(self) -> Condition:
        """Return the condition as it was written."""
        data = self.cleaned_data
        return Condition(
            level=rules.NodeLevel(data["level"]),
            condition=data["condition"],
            parent=self.nodes.get(data["parent"]),
            indicators=[self.known[number] for number in data["indicators"]],
            proposed=data["proposed"],
            position=self.positions.get(data["position"]),
            crosscutting=data["crosscutting"],
            partner=data["partner"],
            origin=data["origin"],
            order=data["order"],
        )

    def follow(self, node: PerformanceNode) -> None:
        """Let the next saving replace what ``node`` says now; what was typed stays."""
        data = MultiValueDict(dict(self.data.lists()))  # type: ignore[attr-defined]  # a QueryDict
        data["row_version"] = str(node.row_version)
        self.data = data


def _now(node: PerformanceNode) -> dict[str, Any]:
    return {
        "condition": node.condition,
        "level": node.level,
        "parent": node.parent_id or "",
        "order": node.order,
        "indicators": [one.pk for one in node.indicators.all()],
        "proposed": node.proposed,
        "position": node.position_id or "",
        "crosscutting": node.crosscutting,
        "partner": node.partner,
        "origin": node.origin,
        "row_version": node.row_version,
    }


def _places(
    rows: list[PerformanceNode], node: PerformanceNode | None
) -> list[tuple[str, str]]:
    """Return where a node may hang: everywhere but below itself."""
    plain = [
        rules.Node(row.pk, row.parent_id, rules.NodeLevel(row.level), row.condition)
        for row in rows
    ]
    own = rules.below(plain, node.pk) if node is not None else set()
    return [
        (str(place.number), DEEPER * depth + place.condition)
        for depth, place in rules.in_order(plain)
        if place.number not in own
    ]
