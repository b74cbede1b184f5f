"""From which side a text is read: by its language, and by its own letters where it is in another script."""

import unicodedata

RIGHT_TO_LEFT = ("ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")
_STRONG = {"L": False, "R": True, "AL": True}


def right_to_left(language: str) -> bool:
    """Whether a language is written from right to left."""
    return language.split("-")[0].lower() in RIGHT_TO_LEFT


def reads_right_to_left(text: str, language: str) -> bool:
    """Whether this text does: its first letter decides (Unicode Bidirectional Algorithm, rules P2 and P3), else its language."""
    return next(
        (side for side in (_STRONG.get(unicodedata.bidirectional(sign)) for sign in text) if side is not None), right_to_left(language)
    )


def written_in(text: str, language: str) -> str:
    """The language under which to set a text: the one said, unless its letters run the other way."""
    right = reads_right_to_left(text, language)
    return language if right == right_to_left(language) else "ar" if right else "en"
