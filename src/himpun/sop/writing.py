"""An SOP as values and as YAML text again: the way back from `reading` and `model`.

What is written reads back as the same SOP; the layout, the comments and the order of
keys of the file it once came from are not kept.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import yaml

from .findings import Plain
from .model import Part, Tanggal, Teks

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _/()-]*[A-Za-z0-9)]")
"""Words that no version of YAML takes for anything but text, keywords apart."""
_KEYWORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


def tree_of(part: Part) -> dict[str, Plain]:
    """Return a part as plain values, without what the schema fills in by itself."""
    return dict(_fields(part))


def as_yaml(tree: Plain) -> str:
    """Return plain values as the text of a YAML file that `reading` accepts."""
    return yaml.dump(
        tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**16
    )


def _fields(part: Part) -> Iterator[tuple[str, Plain]]:
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if isinstance(part, Teks) and name == "teks":
            yield name, value
        elif isinstance(part, Teks) and name == "asli":
            if value != part.teks:
                yield name, value
        elif field.is_required() or value != field.default:
            yield name, _plain(value)


def _plain(value: object) -> Plain:
    if isinstance(value, Part):
        return _part(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    assert value is None or isinstance(value, bool | int | Decimal | str)  # noqa: S101 (the schema holds nothing else)
    return value


def _part(part: Part) -> Plain:
    """Write a text whose source is the same, and a date so, as a single word."""
    if isinstance(part, Tanggal):
        day = part.nilai.isoformat()
        return day if part.asli == day else {"nilai": day, "asli": part.asli}
    tree = tree_of(part)
    return tree["teks"] if type(part) is Teks and len(tree) == 1 else tree


class _Dumper(yaml.CSafeDumper):
    """Quotes every text that some reader could take for a number or a keyword."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 (its signature)
        """Write equal values out each time: aliases are refused when read."""
        return True


def _text(dumper: yaml.CSafeDumper, word: str) -> yaml.ScalarNode:
    plain = _PLAIN.fullmatch(word) and word.lower() not in _KEYWORDS
    return dumper.represent_scalar(
        # A slice of a Sentence is the plain text that libyaml asks for.
        "tag:yaml.org,2002:str",
        word[:],
        style=None if plain else '"',
    )


def _number(dumper: yaml.CSafeDumper, number: Decimal) -> yaml.ScalarNode:
    written = format(number.normalize(), "f")
    kind = "float" if "." in written else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", written)


_Dumper.add_representer(str, _text)
_Dumper.add_multi_representer(str, _text)  # a Sentence is a text too
_Dumper.add_representer(Decimal, _number)
