"""A refusal: a sentence in Bahasa Indonesia that says what is wrong and what to do."""


def say(sentence: str) -> str:
    """Mark a sentence in a rule for translation; it is translated when shown.

    Rules know no Django, so they cannot call gettext; whoever collects the messages
    (xgettext) names this function beside gettext's own.
    """
    return sentence


class Refusal(Exception):
    """An act that may not be done, with the sentence for the person who tried it.

    ``sentence`` may hold ``%(name)s`` places filled from ``values`` after translation;
    ``field`` names the form field it belongs to, ``""`` when it concerns the whole act.
    """

    def __init__(self, sentence: str, *, field: str = "", **values: object) -> None:
        self.sentence = sentence
        self.field = field
        self.values = values
        super().__init__(sentence % values if values else sentence)


class Conflict(Refusal):
    """Somebody else changed it first: nothing was overwritten, both values are shown.

    ``current`` holds what stands now, for the page that lets the person choose.
    """

    def __init__(self, sentence: str, *, current: object, **values: object) -> None:
        super().__init__(sentence, **values)  # type: ignore[arg-type] # values are named freely
        self.current = current
