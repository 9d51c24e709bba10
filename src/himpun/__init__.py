"""Himpun: runs the SOP by which an Indonesian office collects its performance data."""

__version__ = "0.1.0"
