"""Entry into force, computed from each instrument's own rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from entraide.features.treaties.dates import Span, add_days, add_months, first_of_month_after


@dataclass(frozen=True)
class Delay:
    """How long after a deposit: days, months, or the first day of the month after so many months; exactly one is set."""

    days: int | None = None
    months: int | None = None
    first_of_month_after_months: int | None = None

    def __post_init__(self) -> None:
        if sum(part is not None for part in (self.days, self.months, self.first_of_month_after_months)) != 1:
            raise ValueError("a delay is one of days, months, first of the month")

    def after(self, day: date) -> date:
        """The day on which it ends."""
        if self.days is not None:
            return add_days(day, self.days)
        if self.months is not None:
            return add_months(day, self.months)
        assert self.first_of_month_after_months is not None
        return first_of_month_after(day, self.first_of_month_after_months)


@dataclass(frozen=True)
class First:
    """When the instrument itself enters into force: so long after the deposit of the n-th instrument."""

    count: int
    after: Delay
    of_which_members: int = 0


@dataclass(frozen=True)
class Rule:
    """An instrument's rule: `in_force` is the day on which it entered into force, None while it has not."""

    article: str
    after: Delay
    first: First | None = None
    in_force: date | None = None
    withdrawal: Delay | None = None
    """After which delay a withdrawal takes effect; None where that was not looked up."""

    def for_withdrawal(self, notice: Span) -> Span:
        """From when a State that gave notice then is no longer bound; the day of the notice where the rule was not looked up."""
        if self.withdrawal is None:
            return notice
        return Span(self.withdrawal.after(notice.earliest), self.withdrawal.after(notice.latest))

    def for_deposit(self, deposit: Span) -> Span | None:
        """Force for a State that deposited then: its delay, but never before the instrument itself. None while that is not in force."""
        if self.in_force is None:
            return None
        return Span(max(self.in_force, self.after.after(deposit.earliest)), max(self.in_force, self.after.after(deposit.latest)))

    def own_entry(self, deposits: Sequence[Span]) -> Span | None:
        """The instrument's own entry into force, computed from all deposits; None while too few or where there is no such rule."""
        if self.first is None or len(deposits) < self.first.count:
            return None
        place = self.first.count - 1
        earliest, latest = (sorted(getattr(span, end) for span in deposits)[place] for end in ("earliest", "latest"))
        return Span(self.first.after.after(earliest), self.first.after.after(latest))


def from_json(kept: dict[str, object]) -> Rule:
    """The rule as it stands in the facts."""

    def delay(value: object) -> Delay:
        assert isinstance(value, dict)
        return Delay(**value)

    first = kept.get("first")
    entered, left = kept.get("in_force"), kept.get("withdrawal")
    return Rule(
        article=str(kept.get("article", "")),
        after=delay(kept["after"]),
        first=First(int(first["count"]), delay(first["after"]), int(first.get("of_which_members", 0))) if isinstance(first, dict) else None,
        in_force=date.fromisoformat(str(entered)) if entered else None,
        withdrawal=delay(left["after"]) if isinstance(left, dict) else None,
    )
