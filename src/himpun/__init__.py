"""Himpun: runs the SOP by which an Indonesian office collects its performance data."""
