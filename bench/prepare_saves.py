"""Makes a case in step 3 with one open value a client; prints what to save as JSON."""

import json

import django

django.setup()

from himpun.collection.tests.builders import collecting

PASSWORD = "sandi-untuk-bench"
office, round_ = collecting()
office.pelaksana.set_password(PASSWORD)
office.pelaksana.save()
entries = list(round_.entries.order_by("pk"))
print(
    json.dumps(
        {
            "user": office.pelaksana.username,
            "password": PASSWORD,
            "case": round_.case_id,
            "entries": [entry.pk for entry in entries],
            "versions": {str(entry.pk): entry.row_version for entry in entries},
        }
    )
)
