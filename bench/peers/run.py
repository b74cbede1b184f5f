"""Runs one peer on a CSV and writes its synthetic CSV; prints seconds and peak memory as JSON. Executed by var/peers, not by Entraide."""

import json
import resource
import sys
import time

import pandas as pd


def pac(frame: pd.DataFrame, epsilon: float, delta: float) -> tuple[pd.DataFrame, float, float]:
    """pac-synth with combinations of up to three."""
    from pacsynth import Dataset, DpAggregateSeededParametersBuilder, DpAggregateSeededSynthesizer

    begun = time.perf_counter()
    settings = DpAggregateSeededParametersBuilder().reporting_length(3).epsilon(epsilon).delta(delta).build()
    synthesizer = DpAggregateSeededSynthesizer(settings)
    synthesizer.fit(Dataset.from_data_frame(frame))
    fitted = time.perf_counter()
    made = Dataset.raw_data_to_data_frame(synthesizer.sample(len(frame)))
    return made, fitted - begun, time.perf_counter() - fitted


def mst(frame: pd.DataFrame, epsilon: float, delta: float) -> tuple[pd.DataFrame, float, float]:
    """MST of smartnoise-synth; its columns are declared categorical, an empty cell is a category."""
    from snsynth.mst import MSTSynthesizer

    begun = time.perf_counter()
    synthesizer = MSTSynthesizer(epsilon=epsilon, delta=delta)
    synthesizer.fit(frame, categorical_columns=list(frame.columns), preprocessor_eps=0.0)
    fitted = time.perf_counter()
    made = synthesizer.sample(len(frame))
    return pd.DataFrame(made, columns=frame.columns), fitted - begun, time.perf_counter() - fitted


def main() -> None:
    """run.py {pac|mst} IN.csv OUT.csv EPSILON DELTA"""
    which, source, target, epsilon, delta = sys.argv[1:]
    frame = pd.read_csv(source, dtype=str, keep_default_na=False)
    frame = frame.replace("", "(missing)")  # a value like others, so that neither peer loses it
    made, fit, sample = {"pac": pac, "mst": mst}[which](frame, float(epsilon), float(delta))
    made = made.replace("(missing)", "").fillna("")
    made.to_csv(target, index=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"fit": round(fit, 1), "sample": round(sample, 1), "megabytes": peak, "rows": len(made)}))  # noqa: T201


if __name__ == "__main__":
    main()
