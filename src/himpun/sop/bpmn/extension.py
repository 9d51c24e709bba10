"""What BPMN has no place for, as extension elements of namespace `urn:sop-ap:1`.

A value is an element: `isi` holds a text, `angka` a number, `benar` true or false;
`jenis` says that its children are a list (`butir`) or a group (elements named by their
keys; `unsur` with `kunci` where a key is no name in XML). An element with none of these
is null. Texts stand in attributes because programs trim the text between tags;
`tulisan` says that one is escaped as in JSON.
"""

import json
import re
from decimal import Decimal, InvalidOperation

from lxml import etree

from ..findings import Plain
from .names import SOP, sop

_LIST, _GROUP = "daftar", "kelompok"
_ITEM, _ENTRY = "butir", "unsur"
_NAME = re.compile("[A-Za-z][A-Za-z0-9_-]*")
_MAX_DIGITS = 18
_SPACES = frozenset("\t\r\n")
_JSON = "json"


def written(parent: etree._Element, name: str, value: Plain) -> etree._Element:
    """Add a value to an element under a name of the schema."""
    element = etree.SubElement(parent, sop(name))
    if isinstance(value, list):
        element.set("jenis", _LIST)
        for item in value:
            written(element, _ITEM, item)
    elif isinstance(value, dict):
        element.set("jenis", _GROUP)
        for key, item in value.items():
            _entry(element, key, item)
    else:
        _scalar(element, value)
    return element


def _entry(parent: etree._Element, key: str, value: Plain) -> None:
    """Ids of an office may begin with a digit, which no name in XML does."""
    if _NAME.fullmatch(key):
        written(parent, key, value)
    else:
        written(parent, _ENTRY, value).set("kunci", key)


def _scalar(element: etree._Element, value: Plain) -> None:
    if isinstance(value, bool):
        element.set("benar", str(value).lower())
    elif isinstance(value, int | Decimal):
        element.set("angka", format(Decimal(value).normalize(), "f"))
    elif isinstance(value, str):
        _text(element, value)


def _text(element: etree._Element, text: str) -> None:
    """Programs store tabs and line ends in an attribute as spaces; these are escaped."""
    if _SPACES.isdisjoint(text):
        element.set("isi", text)
    else:
        element.set("isi", json.dumps(text, ensure_ascii=False)[1:-1])
        element.set("tulisan", _JSON)


def read(element: etree._Element) -> Plain:
    """Return the value of an element; ValueError when it holds none of ours."""
    kind = element.get("jenis")
    if kind == _LIST:
        return [read(child) for child in _children(element)]
    if kind == _GROUP:
        return {_key(child): read(child) for child in _children(element)}
    if "benar" in element.attrib:
        return bool(element.get("benar") == "true")
    if "angka" in element.attrib:
        return _number(element.get("angka", ""))
    return _text_of(element)


def _text_of(element: etree._Element) -> str | None:
    text: str | None = element.get("isi")
    if text is not None and element.get("tulisan") == _JSON:
        return str(json.loads(f'"{text}"'))
    return text


def _children(element: etree._Element) -> list[etree._Element]:
    return [child for child in element if isinstance(child.tag, str)]


def _key(element: etree._Element) -> str:
    name = etree.QName(element)
    if name.namespace != SOP:
        raise ValueError(f"element {name.text} is not of {SOP}")
    return str(element.get("kunci", name.localname))


def _number(text: str) -> int | Decimal:
    if len(text) > _MAX_DIGITS or not text.isascii():
        raise ValueError(f"{text[:_MAX_DIGITS]} is not a number")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text} is not a number") from None
    return int(number) if text.isdecimal() else number
