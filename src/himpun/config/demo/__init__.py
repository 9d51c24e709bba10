"""The demo: two kabupaten with real codes, one with real figures, loaded by the ordinary
actions. Everything that is not from a published source says "contoh".
"""
