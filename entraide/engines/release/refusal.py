"""What is refused, in one sentence."""

from entraide.engines.sentence import ENGLISH, Voice, say


class Refused(Exception):
    """Says in one sentence why nothing is released. Never holds a value from the data.

    The sentence is a template marked with `gettext_noop`; `values` fill its places, so that it can be said in any language.
    """

    def __init__(self, why: str, **values: object) -> None:
        self.sentence = say(why, **values)
        super().__init__(str(self.sentence))

    def said(self, voice: Voice = ENGLISH) -> str:
        """The sentence, in that language."""
        return self.sentence.said(voice)
