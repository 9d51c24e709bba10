"""The reference: Django with one view that inserts one row, on the same database."""

from __future__ import annotations

import sys

from django.conf import settings
from django.http import HttpResponse
from gunicorn.app.base import BaseApplication

from himpun.config import environment

TABLE = "CREATE TABLE IF NOT EXISTS bench_plain (number INTEGER, text VARCHAR(40))"


def plain(request):
    from django.db import connection

    if request.method == "POST":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO bench_plain (number, text) VALUES (%s, %s)", [1, "95.5"]
            )
    return HttpResponse("ok")


class Server(BaseApplication):
    def __init__(self, port):
        self.port = port
        super().__init__()

    def load_config(self):
        options = {
            "bind": f"127.0.0.1:{self.port}",
            "workers": 1,
            "threads": 4,
            "worker_class": "gthread",
            "loglevel": "error",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self):
        from django.core.wsgi import get_wsgi_application

        return get_wsgi_application()


def main():
    import django
    from django.urls import path

    settings.configure(
        SECRET_KEY="bench",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=(path("", plain),),
        DATABASES={"default": environment.database(environment.read())},
    )
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    connection.close()
    Server(int(sys.argv[1])).run()


if __name__ == "__main__":
    main()
