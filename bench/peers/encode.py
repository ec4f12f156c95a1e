"""SentenceTransformer.encode: sentences a second, peak memory, and the time of a fresh process to its first embedding."""
import argparse
import os
import subprocess
import sys
import time

import common

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--model", required=True, help="a SentenceTransformer folder")
parser.add_argument("--data", required=True)
parser.add_argument("--datasets", nargs="+", default=["clinc150", "movie-sentiment"])
parser.add_argument("--dtype", default="fp32", choices=["fp32", "bf16", "onnx-int8"])
parser.add_argument("--batch", type=int, default=32)
parser.add_argument("--rows", type=int, default=0, help="so many texts only, taken evenly; 0 is all")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--cold", type=int, default=0, help="start N fresh processes and time each to its first embedding; encode nothing else")
parser.add_argument("--cold-child", action="store_true", help=argparse.SUPPRESS)
args = parser.parse_args()


INT8 = "model_qint8_avx512_vnni.onnx"


def int8_folder():
    """The model with its int8 graph as sentence-transformers makes it, in a folder beside; by a process of its own, so that neither its memory nor its imports count."""
    folder = args.model.rstrip("/") + "-onnx"
    if not os.path.exists(os.path.join(folder, "onnx", INT8)):
        code = (
            "import sys; from sentence_transformers import SentenceTransformer, export_dynamic_quantized_onnx_model as export; "
            "model = SentenceTransformer(sys.argv[1], backend='onnx', device='cpu', model_kwargs={'export': True, 'provider': 'CPUExecutionProvider'}); "
            "model.save_pretrained(sys.argv[2]); export(model, 'avx512_vnni', sys.argv[2])"
        )
        subprocess.run([sys.executable, "-c", code, args.model, folder], check=True, stdout=subprocess.DEVNULL)
    return folder


def load():
    import torch
    from sentence_transformers import SentenceTransformer

    common.threads(args.threads)
    if args.dtype == "onnx-int8":
        options = {"file_name": f"onnx/{INT8}", "provider": "CPUExecutionProvider"}
        return SentenceTransformer(int8_folder(), backend="onnx", device="cpu", model_kwargs=options)
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
