"""Other programs' view of our PDFs: poppler's tools, run as children."""

import re
import subprocess
import tempfile
from pathlib import Path


def run(tool, pdf, *options, after=("-",)):
    """Return what a poppler tool prints about a PDF."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        done = subprocess.run(
            [tool, *options, file.name, *after], capture_output=True, check=False
        )
    return done.stdout


def text(pdf, page=None):
    """Return the text of a PDF, or of one page, with single blanks between words."""
    pages = ("-f", str(page), "-l", str(page)) if page else ()
    found = run("pdftotext", pdf, *pages).decode().replace("\N{ZERO WIDTH SPACE}", "")
    return " ".join(found.split())


def fonts(pdf):
    """Return (name without subset tag, embedded) of each font."""
    rows = run("pdffonts", pdf, after=()).decode().splitlines()[2:]
    return {(row.split()[0].partition("+")[2], row.split()[-5]) for row in rows}


def words(pdf):
    """Return (page width, xMin, xMax, word) of each word."""
    found = []
    width = 0.0
    for line in run("pdftotext", pdf, "-bbox").decode().splitlines():
        if page := re.search(r'<page width="([\d.]+)"', line):
            width = float(page[1])
        if word := re.search(r'xMin="([\d.-]+)".*xMax="([\d.-]+)".*>(.*)</word>', line):
            found.append((width, float(word[1]), float(word[2]), word[3]))
    return found


def signatures(pdf):
    """Return what ``pdfsig`` says of a PDF."""
    return run("pdfsig", pdf, after=()).decode()


def gray(pdf, page, dpi=200):
    """Return (width, rows of bytes) of a page as a gray picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "in.pdf").write_bytes(pdf)
        only = ("-f", str(page), "-l", str(page), "-singlefile")
        source, target = str(path / "in.pdf"), str(path / "out")
        subprocess.run(
            ["pdftoppm", "-gray", "-r", str(dpi), *only, source, target], check=True
        )
        data = (path / "out.pgm").read_bytes()
    header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    width, height = int(header[1]), int(header[2])
    pixels = data[header.end() :]
    return [pixels[row * width : (row + 1) * width] for row in range(height)]
