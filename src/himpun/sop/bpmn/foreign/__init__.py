"""BPMN drawn by others, read into a draft: nothing invented, nothing dropped silently."""

from .oddities import CODES, Oddity
from .reader import Sketch, sketch

__all__ = ["CODES", "Oddity", "Sketch", "sketch"]
