"""BPMN drawn by others, read into a draft: nothing invented, nothing dropped silently."""

from .oddities import CODES, Oddity
from .sketch import Sketch, sketch

__all__ = ["CODES", "Oddity", "Sketch", "sketch"]
