"""The weights of the offices in a weighted mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from himpun.shared.forms import OfficeForm

from .. import rules
from .fields import NumberField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from himpun.organization.models import Unit


class WeightsForm(OfficeForm):
    """A field for each office; one that has its weight already is only shown.

    ``known`` are the weights of this version, ``before`` those of the version before,
    which stand in the fields to begin with.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        offices: Sequence[Unit],
        known: Mapping[int, Decimal],
        before: Mapping[int, Decimal],
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {f"u{unit.pk}": unit for unit in offices}
        for name, unit in self.offices.items():
            self.fields[name] = NumberField(
                label=unit.name,
                initial=rules.write_aim(known.get(unit.pk, before.get(unit.pk))),
                disabled=unit.pk in known,
            )
            self.fields[name].widget.attrs["class"] = "in num"

    @property
    def weights(self) -> dict[Unit, Decimal]:
        """The weights that were filled in; an empty field gives none."""
        return {
            unit: self.cleaned_data[name]
            for name, unit in self.offices.items()
            if self.cleaned_data.get(name) is not None
        }
