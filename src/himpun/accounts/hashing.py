"""Password hashing at OWASP's minimum for Argon2id: 19 MiB, two passes, one lane.

Django's default (100 MiB, eight lanes) takes so much memory that an office PC stops on
the day when everybody signs in (OWASP Password Storage Cheat Sheet).
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OfficeArgon2(Argon2PasswordHasher):
    """Argon2id, t=2, m=19456 KiB, p=1."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
