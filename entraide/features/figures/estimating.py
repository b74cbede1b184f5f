"""Estimates in the background: family by family, each kept as soon as it is done, so that one may stop and go on."""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from entraide.engines import estimation as engine
from entraide.features.figures import rules
from entraide.features.figures.choices import ESTIMATE_MACHINE, EstimateState
from entraide.features.figures.estimates_told import table_of
from entraide.features.figures.models import Estimate
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.bodies.queries import get

LINKS = "links"
"""The step after the families, where rates of wrong links were given."""
EVERY = 0.5
"""Seconds between two looks at whether somebody asked to stop."""
FEW_METHODS = refuse("one_family", _("Choose at least two families of models: one number alone is never shown."))


class Stopped(Exception):
    """Somebody asked to stop, or another job took over."""


@transaction.atomic
def order(
    *, by: Acting, histories: engine.Histories, title: str, source: str, area: str, year: int, methods: Sequence[str], resamples: int,
    seed: int = 1, whom: Mapping[str, str] | None = None, links: tuple[float, float] = (0.0, 0.0),
) -> Estimate:  # fmt: skip
    """Leaves an estimate to the background."""
    require(rules.may_write(by))
    if len(set(methods)) < 2:
        require(FEW_METHODS)
    table = histories.checked()
    estimate = Estimate.objects.create(
        holder=by.body, title=title, source=source, area=area, year=year, names=list(table.names),
        counts=[int(each) for each in table.counts], methods=list(dict.fromkeys(methods)), resamples=resamples, seed=seed, made_by=by.hand,
        invented=get(by.body).invented, missed_links=links[0], false_links=links[1], **(whom or {}),
    )  # fmt: skip
    _defer(by, estimate)
    record(by=by, action="figures.estimate", kind="estimate", object_id=estimate.pk)
    return estimate


def _defer(by: Acting, estimate: Estimate) -> None:
    app.configure_task("figures.estimate").defer(
        account=str(by.account), post=str(by.hand), estimate=str(estimate.pk), attempt=estimate.attempt
    )


def _moved(by: Acting, estimate: Estimate, name: str, part: str) -> Estimate:
    estimate = Estimate.objects.select_for_update().get(pk=estimate.pk)
    require(ESTIMATE_MACHINE.verdict(name, state=estimate.state, by=part, function=by.function))
    estimate.state = ESTIMATE_MACHINE.move(name).target
    return estimate


@transaction.atomic
def stop(*, by: Acting, estimate: Estimate) -> None:
    """Stops; what is done stays."""
    estimate = _moved(by, estimate, "stop", "analyst")
    estimate.save(update_fields=["state"])
    record(by=by, action="figures.stop_estimate", kind="estimate", object_id=estimate.pk)


@transaction.atomic
def resume(*, by: Acting, estimate: Estimate) -> None:
    """Goes on with the families that are not done; a job that is still at it gives way."""
    estimate = _moved(by, estimate, "resume", "analyst")
    estimate.attempt += 1
    estimate.save(update_fields=["state", "attempt"])
    _defer(by, estimate)
    record(by=by, action="figures.resume_estimate", kind="estimate", object_id=estimate.pk)


class Run:
    """One job at one estimate; each look at the database is a short transaction of its own."""

    def __init__(self, by: Acting, identifier: UUID, attempt: int) -> None:
        self.by, self.identifier, self.attempt, self.looked = by, identifier, attempt, 0.0

    def work(self) -> None:
        """Every family that is not done, then the end. A fault of one family leaves the estimate to be gone on with."""
        try:
            estimate = self._begin()
            done = {each["method"] for each in estimate.families}
            for method in (each for each in estimate.methods if each not in done):
                self._keep(*_family(estimate, method, self._tell))
            if (estimate.missed_links or estimate.false_links) and not estimate.links:
                self._keep_links(_links(estimate, self._tell))
            self._end("finish")
        except Stopped:
            return
        except Exception:
            self._end("break_off")
            raise

    def _mine(self, state: str) -> Estimate:
        """The estimate, while this job may write it."""
        found = Estimate.objects.select_for_update().filter(pk=self.identifier, state=state, attempt=self.attempt).first()
        if found is None:
            raise Stopped
        return found

    def _begin(self) -> Estimate:
        with transaction.atomic(), acting_as(self.by):
            estimate = self._mine(EstimateState.QUEUED)
            estimate.state = ESTIMATE_MACHINE.move("start").target
            estimate.save(update_fields=["state"])
            return estimate

    def _tell(self, method: str, share: float) -> None:
        if share and time.monotonic() - self.looked < EVERY:
            return
        with transaction.atomic(), acting_as(self.by):
            estimate = self._mine(EstimateState.RUNNING)
            estimate.step, estimate.share = method, min(share, 1.0)
            estimate.save(update_fields=["step", "share"])
        self.looked = time.monotonic()

    def _keep(self, family: dict[str, Any], checks: list[dict[str, Any]]) -> None:
        with transaction.atomic(), acting_as(self.by):
            estimate = self._mine(EstimateState.RUNNING)
            estimate.families = [*estimate.families, family]
            estimate.checks = checks
            estimate.save(update_fields=["families", "checks"])

    def _keep_links(self, links: list[dict[str, Any]]) -> None:
        with transaction.atomic(), acting_as(self.by):
            estimate = self._mine(EstimateState.RUNNING)
            estimate.links = links
            estimate.save(update_fields=["links"])

    def _end(self, name: str) -> None:
        with transaction.atomic(), acting_as(self.by):
            try:
                estimate = self._mine(EstimateState.RUNNING)
            except Stopped:
                return
            estimate.state, estimate.step = ESTIMATE_MACHINE.move(name).target, ""
            estimate.finished_at = clock.now()
            estimate.save(update_fields=["state", "step", "finished_at"])
            record(by=self.by, action=f"figures.{name}_estimate", kind="estimate", object_id=estimate.pk)


def _links(estimate: Estimate, tell: Any) -> list[dict[str, Any]]:
    """The stepwise answer as matched, with links missed, with links false, with both; or why there is none."""
    missed, false, out = estimate.missed_links, estimate.false_links, []
    cases = list(dict.fromkeys([(0.0, 0.0), (missed, 0.0), (0.0, false), (missed, false)]))
    for place, case in enumerate(cases):
        tell(LINKS, place / len(cases))
        told: dict[str, Any] = {"missed": case[0], "false": case[1]}
        try:
            out.append(told | asdict(engine.linkage(table_of(estimate), *case, estimate.seed)))
        except engine.Refused as refused:
            out.append(told | {"refusal": refused.kept()})
    return out


def _family(estimate: Estimate, method: str, tell: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """One family's answer or refusal, and what the lists say of each other, as data without what is not a number."""
    order_ = engine.Order(methods=[method], bootstrap=estimate.resamples, seed=estimate.seed)
    tell(method, 0.0)
    got = engine.study(table_of(estimate), order_, lambda _what, share: tell(method, share))
    return got.families[0].kept(), [_without_nan(asdict(each)) for each in got.consistency]


def _without_nan(told: dict[str, Any]) -> dict[str, Any]:
    return {name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in told.items()}
