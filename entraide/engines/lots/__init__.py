"""Lots that anybody can verify: the same published inputs and seed give the same result, on any machine, at any time."""

from entraide.engines.lots.draw import ALGORITHM, Inputs, NoDraw, Unit, check, digest, draw, order, read

__all__ = ["ALGORITHM", "Inputs", "NoDraw", "Unit", "check", "digest", "draw", "order", "read"]
