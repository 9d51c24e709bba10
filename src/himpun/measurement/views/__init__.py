"""Capaian and indicators on screen."""
