"""A paper as plain data and back: what a frozen snapshot keeps."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed import DataclassInstance

    from .rendering import Paper

PaperType = TypeVar("PaperType", bound="DataclassInstance")


def plain(paper: Paper) -> dict[str, Any]:
    """Return a paper as dicts, lists, texts and numbers, for a frozen snapshot."""
    shown: dict[str, Any] = json.loads(json.dumps(asdict(paper)))
    return shown


def restored(kind: type[PaperType], data: Mapping[str, Any]) -> PaperType:
    """Return the paper that `plain` gave; what the data lack keeps its default."""
    hints = get_type_hints(kind)
    known = [part.name for part in fields(kind) if part.name in data]
    return kind(**{name: _restore(hints[name], data[name]) for name in known})


def _restore(hint: Any, value: Any) -> Any:  # noqa: ANN401 - any type of a paper's part
    if value is None:
        return None
    if get_origin(hint) is UnionType:
        hint = get_args(hint)[0]
    if get_origin(hint) is tuple:
        return tuple(_restore(get_args(hint)[0], item) for item in value)
    return restored(hint, value) if isinstance(value, dict) else value
