"""The fields of the SOP editor: what each part of a draft shows, and what is said of it.

The names of the fields are those that `himpun.sop.editing` reads back. Reading order:
`pieces` (a field, a row, a group), `editor` (makes them, with what is said of their
place), then one module for each part of the form.
"""

from .editor import Editor
from .parts import TITLES, groups
from .pieces import Field, Group

__all__ = ["TITLES", "Editor", "Field", "Group", "groups"]
