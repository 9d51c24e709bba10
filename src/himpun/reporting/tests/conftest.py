"""Cases that are carried once for a whole file of tests; each test undoes its own."""

from himpun.ledger.tests.fixtures import for_a_file

from . import builders

in_step_3 = for_a_file(builders.accepted)
in_step_4 = for_a_file(builders.reported)
in_step_5 = for_a_file(builders.signed)
sealed_case = for_a_file(builders.closed)
