"""The one error of everything that looks into uploads."""


class NotAccepted(ValueError):
    """The file is not taken; ``str()`` is a sentence for the person who sent it."""
