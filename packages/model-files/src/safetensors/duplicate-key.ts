const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]]/gs;

/**
 * The first key that stands twice on the top level of a JSON object, or undefined. `JSON.parse` keeps the last of
 * them in silence; two tensors of one name are an error.
 *
 * @param json valid JSON
 */
export function duplicateKey(json: string): string | undefined {
  const seen = new Set<string>();
  let depth = 0;
  for (const { 0: token, index } of json.matchAll(TOKEN)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1 && /^\s*:/.test(json.slice(index + token.length, index + token.length + 16))) {
      const key: unknown = JSON.parse(token);
      if (typeof key !== 'string') continue;
      if (seen.has(key)) return key;
      seen.add(key);
    }
  }
  return undefined;
}
