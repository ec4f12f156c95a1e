const LONGEST = 60;

function asJson(value: unknown): string {
  try {
    const json: unknown = JSON.stringify(value);
    if (typeof json === 'string') return json;
    return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
  } catch {
    return 'an object'; // One that refers to itself, or holds what JSON cannot say.
  }
}

/** A value in a few words, for error messages: `missing`, `a list of 3`, `"text"`, `12`. It never throws. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const text = typeof value === 'bigint' ? `${value}n` : typeof value === 'number' ? String(value) : asJson(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}…` : text;
}
