"""A refusal: why there is no number, and what would help. Never a number that should not be believed."""

from typing import Literal

Kind = Literal["input", "not-identifiable", "no-finite-estimate", "unstable", "too-large"]


class Refused(Exception):
    """No estimate, with its kind, the reason as one sentence and what would help as another."""

    def __init__(self, kind: Kind, why: str, remedy: str = "") -> None:
        super().__init__(f"{why} {remedy}".strip())
        self.kind: Kind = kind
        self.why = why
        self.remedy = remedy

    def told(self) -> dict[str, str]:
        """As data: kind, why, remedy."""
        return {"kind": self.kind, "why": self.why, "remedy": self.remedy}
