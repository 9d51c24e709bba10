"""Passwords of tests, hashed by the product's algorithm at the least cost it takes."""

from himpun.accounts.hashing import OfficeArgon2


class QuickArgon2(OfficeArgon2):
    time_cost = 1
    memory_cost = 8
