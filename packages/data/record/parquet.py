"""Writes fixtures/rows-<codec>.parquet: the same rows under every codec that pyarrow has, in two row groups.

    pip install -r requirements.txt && python parquet.py
"""

import datetime
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

rows = pa.table(
    {
        "id": pa.array([1, 2, 2**53 + 1], pa.int64()),
        "text": ["I want my money back", "où est mon colis ? 📦", ""],
        "intent": pa.array(["refund", "delivery", None]).dictionary_encode(),
        "tags": pa.array([["a", "b"], [], None], pa.list_(pa.string())),
        "stars": pa.array([4.5, None, 1.0], pa.float32()),
        "class": pa.array([0, 1, None], pa.int64()),
        "spam": pa.array([False, True, None]),
        "labels": pa.array([{"mood": "angry"}, {"mood": None}, None], pa.struct([("mood", pa.string())])),
        "day": pa.array([datetime.date(2026, 11, 1)] * 3),
    }
)
folder = pathlib.Path(__file__).parent.parent / "fixtures"
for codec in ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]:
    pq.write_table(rows, folder / f"rows-{codec}.parquet", compression=codec, row_group_size=2)
