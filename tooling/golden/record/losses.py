"""Copies a handful of cases of the shared losses.json into fixtures/losses.json, so that a bare clone tests some.

    python losses.py path/to/golden/losses/losses.json
"""
import json
import pathlib
import sys

FIXTURE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "losses.json"
COPIED = ["CosineSimilarityLoss", "CoSENTLoss", "AnglELoss-odd-width", "MultipleNegativesRankingLoss-all-directions",
          "BatchHardTripletLoss-euclidean", "BatchSemiHardTripletLoss-euclidean-small-margin", "OnlineContrastiveLoss",
          "cross-entropy-class-weights-label-smoothing", "bce-multi-label-missing", "focal-gamma-1.5-alpha",
          "kl-distillation-T2", "huber-delta-0.5", "supcon-T0.5-singleton", "MatryoshkaLoss-Triplet"]


def main():
    recorded = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    cases = [case for case in recorded["cases"] if case["name"] in COPIED]
    missing = set(COPIED) - {case["name"] for case in cases}
    if missing:
        raise SystemExit(f"{sys.argv[1]} has no case {', '.join(sorted(missing))}")
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    FIXTURE.write_text(f'{{"count":{len(cases)},"cases":[\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
