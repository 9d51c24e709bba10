"""What a password costs whoever guesses it; the other tests hash at the least cost."""

from himpun.accounts.hashing import OfficeArgon2
from himpun.config import settings


def test_passwords_are_hashed_at_owasps_minimum():
    encoded = OfficeArgon2().encode("sandi", "garamgaram")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_product_hashes_with_it_and_nothing_else():
    assert settings.PASSWORD_HASHERS == ["himpun.accounts.hashing.OfficeArgon2"]
