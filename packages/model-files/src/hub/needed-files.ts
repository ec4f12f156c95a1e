import { ModelFileError } from '../errors.ts';

const FOLDER = /^(|\d+_[A-Za-z]+\/|heads\/[^/]+\/)$/;
const JSON_FILE =
  /^(modules|config|config_sentence_transformers|sentence_[a-z-]+_config|sentence_mtl|tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab|model\.safetensors\.index)\.json$/;
const TEXT_FILE = /^(vocab|merges)\.txt$/;
const WEIGHTS = /^model(-\d+-of-\d+)?\.safetensors$/;

/** Whether a file of a model's repository is read here: configs, tokenizer, safetensors; no pickles, no exports. */
export function isNeeded(path: string): boolean {
  const cut = path.lastIndexOf('/') + 1;
  const name = path.slice(cut);
  return FOLDER.test(path.slice(0, cut)) && [JSON_FILE, TEXT_FILE, WEIGHTS].some((pattern) => pattern.test(name));
}

/** @throws ModelFileError where a model cannot be read here, before anything of it is fetched */
export function checkReadable(files: readonly string[], name: string): void {
  const has = (pattern: RegExp): boolean => files.some((file) => pattern.test(file));
  if (!has(/(^|\/)config\.json$/))
    throw new ModelFileError(`${name} has no config.json; it is not a transformer model`);
  // Those of the encoder: a dense layer behind it has a file of the same name.
  if (has(/^(\d+_(?!Dense\/)[A-Za-z]+\/)?model(-\d+-of-\d+)?\.safetensors$/)) return;
  const convert = `python -c "from transformers import AutoModel, AutoTokenizer as T; n = '${name}'; d = 'converted'; AutoModel.from_pretrained(n).save_pretrained(d); T.from_pretrained(n).save_pretrained(d)"`;
  if (!has(/\.bin$/)) throw new ModelFileError(`${name} has no weights as safetensors`);
  throw new ModelFileError(
    `${name} has weights only as pytorch_model.bin, a format that runs code when it is read; convert it once, in Python, and use the folder: ${convert}`,
  );
}
