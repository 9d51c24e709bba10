"""Sentences for people that can still be translated when they are shown.

Standard library only, so that every library and rule can use it. A sentence is a text
in Indonesian with its places filled, and remembers both: printed as it is, it is plain
Indonesian; handed to `shown`, it is put together anew in another language.
"""

import html
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, Self

__all__ = ["Sentence", "joined", "opened", "say", "shown"]


class Sentence(str):
    """A filled Indonesian sentence that keeps its parts.

    ``text`` holds the sentence with its places, ``%(name)s``; ``values`` what fills
    them, sentences among them. Without values the text stands letter for letter: a
    ``%`` is a percent sign. ``str(sentence)``, copying and pickling keep the parts;
    ``+``, f-strings and ``upper()`` give a plain `str`: use `joined` and `opened`.
    """

    text: str
    values: Mapping[str, object]
    reader: ClassVar[Callable[[str], str]] = str
    """Puts a text into the language of who reads the page; `shared` sets it."""

    def __new__(cls, text: str, values: Mapping[str, object] | None = None) -> Self:
        """Fill the places; without values leave the text as it is."""
        self = super().__new__(cls, text % values if values else text)
        self.text, self.values = text, dict(values or {})
        return self

    def __str__(self) -> str:
        """Return itself, so that the message of an error keeps the parts too."""
        return self

    def __html__(self) -> str:
        """Return what a page shows, escaped, in the reader's language.

        Templates and `format_html` ask for it, so a page needs no filter for it.
        """
        return html.escape(self.told(Sentence.reader))

    def told(self, translate: Callable[[str], str]) -> str:
        """Return the sentence with its text, and those in its values, translated."""
        text = translate(self.text) if self.text else ""
        values = {name: shown(value, translate) for name, value in self.values.items()}
        return text % values if values else text


class _Joined(Sentence):
    """Parts in a row; its own text only orders them and is not translated."""

    def told(self, translate: Callable[[str], str]) -> str:
        return self.text % {k: shown(v, translate) for k, v in self.values.items()}


class _Opened(_Joined):
    """A sentence that begins with a capital letter, whatever fills its first place."""

    def told(self, translate: Callable[[str], str]) -> str:
        return _capital(super().told(translate))


def say(text: str, /, **values: object) -> Sentence:
    """Mark a sentence for translation and fill its ``%(name)s`` places.

    ``makemessages`` collects what stands between the parentheses, so the text is a
    literal. A sentence handed in again keeps its values beside the new ones.
    """
    if isinstance(text, Sentence):
        if not values:
            return text
        return Sentence(text.text, {**text.values, **values})
    return Sentence(text, values)


def joined(parts: Iterable[str], separator: str) -> Sentence:
    """Return words or sentences in a row; none gives the empty sentence."""
    values = {str(number): part for number, part in enumerate(parts)}
    text = separator.replace("%", "%%").join(f"%({number})s" for number in values)
    return _Joined(text, values)


def opened(sentence: str) -> Sentence:
    """Return a sentence with its first letter as a capital, in every language."""
    whole = joined([sentence], "")
    capital = str.__new__(_Opened, _capital(whole))
    capital.text, capital.values = whole.text, whole.values
    return capital


def shown(value: object, translate: Callable[[str], str]) -> object:
    """Return a sentence as `translate` puts it; anything else as it is."""
    return value.told(translate) if isinstance(value, Sentence) else value


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
