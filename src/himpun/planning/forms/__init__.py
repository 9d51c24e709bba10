"""Forms of the plan. ``nodes``: a condition of the pohon kinerja."""

from .nodes import NodeForm

__all__ = ["NodeForm"]
