"""Keterkaitan: the SOPs whose cases the end of a case opens, and what it carries there."""

from collections.abc import Iterator
from typing import Any

from .values import Tree, Typed, group, items, rows

SAME = "sama"
"""What the form sends for a case of the same period; other words name the period."""


def opening(link: Tree) -> str:
    """Return which case of the other SOP is opened: "" for none, SAME, or a period."""
    if not link.get("mulai"):
        return ""
    return str(link.get("periode") or SAME)


def carried(settings: Tree) -> list[tuple[str, str]]:
    """Return what is carried: (artefact, `sop/langkah.butir`), in the order of the file."""
    return [
        (str(thing), f"{link.get('sop')}/{path}")
        for link in items(settings, "terkait")
        for thing, paths in group(link, "bawa").items()
        for path in paths
    ]


def save_links(old: Tree, typed: Typed) -> list[Any]:
    """Return the links as typed; an SOP to which something is carried is one of them."""
    before = {link.get("sop"): link for link in items(old, "terkait")}
    opened = {
        row["sop"]: row["kasus"]
        for row in rows(typed, "terkait", "sop", "kasus")
        if row["sop"]
    }
    brought = _brought(typed)
    return [
        _link(before.get(sop, {}), sop, opened.get(sop, ""), brought.get(sop, {}))
        for sop in dict.fromkeys([*opened, *brought])
    ]


def _brought(typed: Typed) -> dict[str, dict[str, list[str]]]:
    """Return sop -> artefact -> items of that SOP, each once."""
    made: dict[str, dict[str, list[str]]] = {}
    for row in rows(typed, "bawa", "artefak", "butir"):
        sop, _sign, path = row["butir"].partition("/")
        if row["artefak"] and path:
            paths = made.setdefault(sop, {}).setdefault(row["artefak"], [])
            paths += [path] if path not in paths else []
    return made


def _link(own: Tree, sop: str, case: str, bring: dict[str, list[str]]) -> Tree:
    made = {**own, "sop": sop}
    if case != opening(own):
        made |= {"mulai": bool(case), "periode": case}
        if case in ("", SAME):
            del made["periode"]
    if bring or "bawa" in own:
        made["bawa"] = bring
    return made


def carries(settings: Tree, thing: str) -> bool:
    """Whether a thing is carried to another SOP."""
    return any(thing in group(link, "bawa") for link in items(settings, "terkait"))


def shapes(settings: Tree) -> Iterator[bool]:
    """Say of each link whether the form can show it."""
    for link in items(settings, "terkait"):
        if not isinstance(link, dict):
            yield False
            continue
        bring = link.get("bawa")
        yield isinstance(bring, dict | None)
        for paths in group(link, "bawa").values():
            yield isinstance(paths, list)
            yield all(isinstance(path, str) for path in paths or ())
