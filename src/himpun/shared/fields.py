"""A column for numbers that reads back, on both databases, just what was saved."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

if TYPE_CHECKING:
    from django.core.checks import CheckMessage
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Lookup

    Base = models.DecimalField
else:

    class Base(models.DecimalField):
        """Django's field, which takes its types only in the eyes of the type checker."""

        def __class_getitem__(cls, _types):  # noqa: ANN001, ANN204 - never type-checked
            return cls


Set_contra = TypeVar("Set_contra", contravariant=True)
Get_co = TypeVar("Get_co", covariant=True)
LOOKUPS = frozenset({"exact", "in", "isnull"})
"""What may be asked of the column in SQL; text does not sort or add as numbers do."""


class ExactDecimalField(Base[Set_contra, Get_co]):
    """A finite decimal number of any length: numeric in PostgreSQL, text in SQLite.

    Django's own field becomes a binary number in SQLite, which holds 15 digits, and is
    rounded to its decimal places. Trailing zeros are not kept: they say nothing.
    Comparing or adding up in SQL is refused (docs/decisions/0010); floats are refused.
    """

    def check(self, **kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 - Django's own
        """Leave out what Django asks about the number of digits: there is no bound."""
        return models.Field.check(self, **kwargs)

    def get_internal_type(self) -> str:
        """Stand apart from Django's field, whose values SQLite reads as floats."""
        return "ExactDecimalField"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the type of the column."""
        return "text" if connection.vendor == "sqlite" else "numeric"

    def to_python(self, value: Any) -> Decimal | None:  # noqa: ANN401 - whatever was given
        """Return the number; raises ValidationError for a float, which is none."""
        if isinstance(value, float):
            message = self.error_messages["invalid"]
            raise ValidationError(message, code="invalid", params={"value": value})
        number: Decimal | None = super().to_python(value)
        return number

    def get_db_prep_value(
        self,
        value: Any,  # noqa: ANN401 - whatever a query hands over
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002 - Django's signature
    ) -> Decimal | str | None:
        """Return the number as the database keeps it."""
        number = value if prepared else self.get_prep_value(value)
        if number is None:
            return None
        text = plain(number)
        return text if connection.vendor == "sqlite" else Decimal(text)

    def from_db_value(
        self, value: Decimal | str | None, *_rest: object
    ) -> Decimal | None:
        """Return the number that was kept."""
        return None if value is None else Decimal(value)

    def get_lookup(self, lookup_name: str) -> type[Lookup[Any]] | None:
        """Return how a filter is asked; none for what text would answer wrongly."""
        return super().get_lookup(lookup_name) if lookup_name in LOOKUPS else None


def plain(number: Decimal) -> str:
    """Return all digits of a number, without exponent and without trailing zeros."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
