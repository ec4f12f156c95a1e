"""SentenceTransformer.encode: sentences a second, peak memory, and the time of a fresh process to its first embedding."""
import argparse
import subprocess
import sys
import time

import common

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--model", required=True, help="a SentenceTransformer folder")
parser.add_argument("--data", required=True)
parser.add_argument("--datasets", nargs="+", default=["clinc150", "movie-sentiment"])
parser.add_argument("--dtype", default="fp32", choices=["fp32", "bf16"])
parser.add_argument("--batch", type=int, default=32)
parser.add_argument("--rows", type=int, default=0, help="so many texts only, taken evenly; 0 is all")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--cold", type=int, default=0, help="start N fresh processes and time each to its first embedding; encode nothing else")
parser.add_argument("--cold-child", action="store_true", help=argparse.SUPPRESS)
args = parser.parse_args()


def load():
    import torch
    from sentence_transformers import SentenceTransformer

    common.threads(args.threads)
    dtype = torch.bfloat16 if args.dtype == "bf16" else torch.float32
    return SentenceTransformer(args.model, device="cpu", model_kwargs={"dtype": dtype})


def encode(model, texts):
    return model.encode(texts, batch_size=args.batch, show_progress_bar=False, convert_to_numpy=True)


def cold_starts():
    seconds, peaks = [], []
    for _ in range(args.cold):
        begin = time.perf_counter()
        child = subprocess.Popen([sys.executable, __file__, *sys.argv[1:], "--cold-child"], stdout=subprocess.PIPE, text=True)
        if child.stdout.readline().strip() != "ready":
            raise SystemExit("the cold process failed")
        seconds.append(time.perf_counter() - begin)
        peaks.append(int(child.stdout.readline()))
        child.wait()
    return {"cold_start_s": common.spread(seconds, 3), "cold_peak_rss_mb": max(peaks)}


def throughput():
    begin = time.perf_counter()
    model = load()
    load_s = time.perf_counter() - begin
    texts = [row["text"] for dataset in args.datasets for row in common.rows(args.data, dataset)]
    if args.rows:
        texts = [texts[i * len(texts) // args.rows] for i in range(args.rows)]
    encode(model, texts[:256])
    begin = time.perf_counter()
    encode(model, texts)
    seconds = time.perf_counter() - begin
    return {"texts": len(texts), "load_s": round(load_s, 2), "seconds": round(seconds, 2), "sentences_per_s": round(len(texts) / seconds, 1)}


if args.cold_child:
    encode(load(), ["what is my bank balance"])
    print("ready", flush=True)
    print(common.peak_rss_mb(), flush=True)
    sys.exit()

common.report("encode", dtype=args.dtype, batch=args.batch, threads=args.threads, **(cold_starts() if args.cold else throughput()))
