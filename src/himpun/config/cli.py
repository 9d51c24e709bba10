"""The command line. Each command is a module of `config.commands`.

Exit status: 0 holds or done, 1 refused or found wrong (why is on stderr), 2 wrong use.
Only the modules of the command asked for are imported, so that `himpun verify` and
`himpun sop` work without settings, server or database.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from typing import Any, NoReturn

from himpun.config.starting import start_django
from himpun.config.terminal import told
from himpun.wording import say

COMMANDS = {
    "init": say("menyiapkan HIMPUN_HOME: kunci, basis data"),
    "office": say("memasang kantor dari berkas"),
    "code": say("membuat kode sekali pakai untuk sebuah akun"),
    "serve": say("menjalankan peladen"),
    "worker": say("menjalankan pekerjaan terjadwal"),
    "doctor": say("memeriksa setelan dan pemasangan"),
    "demo": say("memuat kantor contoh dan menjalankannya"),
    "sop": say("memeriksa, menggambar, dan membaca SOP"),
    "import": say("membawa masuk rencana dari XLSX atau CSV"),
    "export": say("menulis rencana ke XLSX"),
    "report": say("mengambil kertas dari arsip"),
    "verify": say("memeriksa PDF tanpa peladen"),
    "ledger": say("memeriksa, menampilkan, membangun ulang jejak"),
    "rollup": say("menggabungkan angka sebuah indikator menurut wilayah"),
    "backup": say("membuat cadangan"),
    "restore": say("memulihkan cadangan"),
}
"""Command -> what it does. A module may serve several commands (MODULES)."""
MODULES = {"restore": "backup", "import": "importing", "export": "exporting"}
WITHOUT_DJANGO = frozenset({"sop", "verify"})


class Parser(argparse.ArgumentParser):
    """argparse that speaks Indonesian where it stops."""

    def add_argument(self, *names: str, **options: Any) -> argparse.Action:  # noqa: ANN401 - argparse's own
        """Add an argument; what it is for is told in the language of the shell."""
        if "help" in options:
            options["help"] = told(options["help"])
        return super().add_argument(*names, **options)

    def error(self, message: str) -> NoReturn:
        """Print how the command is used and exit with status 2."""
        self.print_usage(sys.stderr)
        said = say("perintah tidak lengkap atau keliru: %(why)s", why=message)
        self.exit(2, f"himpun: {told(said)}\n")


def build(chosen: str | None) -> Parser:
    """Return the parser; only the chosen command's own arguments are added."""
    about = told(say("SOP pengumpulan data kinerja (SAKIP)."))
    parser = Parser(prog="himpun", description=about)
    commands = parser.add_subparsers(dest="command", metavar="PERINTAH", required=True)
    for name, text in COMMANDS.items():
        sub = commands.add_parser(name, help=told(text), description=told(text))
        if name == chosen:
            module = importlib.import_module(
                f"himpun.config.commands.{MODULES.get(name, name)}"
            )
            module.add_arguments(sub)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    chosen = next((word for word in words if not word.startswith("-")), None)
    if {"-h", "--help"} & set(words):
        os.environ["HIMPUN_MODE"] = "demo"  # how a command is used needs no setting
    if chosen in COMMANDS and chosen not in WITHOUT_DJANGO:
        stopped = start_django()
        if stopped:
            return stopped
    parsed = build(chosen if chosen in COMMANDS else None).parse_args(words)
    module = importlib.import_module(
        f"himpun.config.commands.{MODULES.get(parsed.command, parsed.command)}"
    )
    try:
        return int(module.run(parsed))
    except BrokenPipeError:
        sys.stderr.close()
        return 1


if __name__ == "__main__":
    sys.exit(main())
