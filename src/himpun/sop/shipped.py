"""The SOPs that come with the product."""

from importlib import resources

_SUFFIX = ".yaml"


def shipped() -> dict[str, bytes]:
    """Return the source of each shipped SOP by its name, sorted by name."""
    files = resources.files(__package__).joinpath("data").iterdir()
    return {
        file.name.removesuffix(_SUFFIX): file.read_bytes()
        for file in sorted(files, key=lambda file: file.name)
        if file.name.endswith(_SUFFIX)
    }
