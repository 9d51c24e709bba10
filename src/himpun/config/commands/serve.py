"""`himpun serve`: the web server (gunicorn) with the settings of the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gunicorn.app.base import BaseApplication

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add address and size."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=4)


class Server(BaseApplication):  # type: ignore[misc] # gunicorn ships no types
    """gunicorn with options given in code."""

    def __init__(self, options: dict[str, object]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand the options to gunicorn."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """Return the WSGI application."""
        from himpun.config.wsgi import application

        return application


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    Server(
        {
            "bind": f"{arguments.host}:{arguments.port}",
            "workers": arguments.workers,
            "threads": arguments.threads,
            "worker_class": "gthread",
            "timeout": 120,
            "control_socket_disable": True,
        }
    ).run()
    return 0
