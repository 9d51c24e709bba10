"""A refusal: a sentence in Bahasa Indonesia that says what is wrong and what to do."""

from himpun.wording import Sentence, say

__all__ = ["Conflict", "Refusal", "Sentence", "say"]


class Refusal(Exception):
    """An act that may not be done, with the sentence for the person who tried it.

    ``values`` fill the ``%(name)s`` places that ``sentence`` still has; it is translated
    when shown (`http.sentence`), a library's sentence that was handed on too. ``field``
    names the form field it belongs to, ``""`` when it concerns the whole act.
    """

    def __init__(self, sentence: str, *, field: str = "", **values: object) -> None:
        self.sentence = say(sentence, **values)
        self.field = field
        super().__init__(self.sentence)


class Conflict(Refusal):
    """Somebody else changed it first: nothing was overwritten, both values are shown.

    ``current`` holds what stands now, for the page that lets the person choose.
    """

    def __init__(self, sentence: str, *, current: object, **values: object) -> None:
        super().__init__(sentence, **values)  # type: ignore[arg-type] # values are named freely
        self.current = current
