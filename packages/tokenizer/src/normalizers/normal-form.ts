export type NormalForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

// Characters with a decomposition that are younger than the Unicode tables of Python's `tokenizers` and stay as they
// are there. Found by the sweep of record/code_points.py.
const YOUNG_CANONICAL =
  '\\u{105c9}\\u{105e4}\\u{11383}\\u{11385}\\u{1138e}\\u{11391}\\u{113c5}\\u{113c7}\\u{113c8}\\u{11938}\\u{16121}-\\u{16128}\\u{16d68}-\\u{16d6a}';
const YOUNG_COMPATIBLE =
  '\\u{32ff}\\u{a7f1}-\\u{a7f4}\\u{ab69}\\u{10781}-\\u{10785}\\u{10787}-\\u{107b0}\\u{107b2}-\\u{107ba}\\u{1ccd6}-\\u{1ccf9}\\u{1e030}-\\u{1e06d}\\u{1f16c}\\u{1fbf0}-\\u{1fbf9}';

const YOUNG: Readonly<Record<NormalForm, RegExp | undefined>> = {
  NFC: undefined,
  NFD: new RegExp(`[${YOUNG_CANONICAL}]`, 'u'),
  NFKC: new RegExp(`[${YOUNG_COMPATIBLE}]`, 'u'),
  NFKD: new RegExp(`[${YOUNG_CANONICAL}${YOUNG_COMPATIBLE}]`, 'u'),
};

/** A Unicode normal form as Python's `tokenizers` makes it. */
export function normalForm(text: string, form: NormalForm): string {
  const young = YOUNG[form];
  if (young === undefined || !young.test(text)) return text.normalize(form);
  const parts = text.split(new RegExp(`(${young.source})`, 'u'));
  return parts.map((part, index) => (index % 2 === 0 ? part.normalize(form) : part)).join('');
}
