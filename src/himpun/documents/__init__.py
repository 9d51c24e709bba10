"""Documents: data in, PDF bytes out; sealed, signed, verified; uploads recognised.

Pure: no Django, no database, no clock, no network. See README.md.
"""
