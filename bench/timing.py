"""Telling numbers: medians and ratios, in one form."""

from __future__ import annotations

from statistics import median, quantiles


def middle(values):
    """Return "median (p10-p90)" of milliseconds."""
    tenths = quantiles(values, n=10)
    return f"{median(values):7.1f} ms (p10 {tenths[0]:.1f}, p90 {tenths[8]:.1f})"


def ratio(ours, reference):
    """Return ours as a share of the reference."""
    return f"{ours / reference:.2f} x"
