// What JSON.parse does not say: that a key stands twice (it keeps the last in silence), or how deep a value nests.

const DEEPEST = 100;

/** The index just behind a string of valid JSON that opens at `quote`. */
function endOfString(json: string, quote: number): number {
  for (let end = json.indexOf('"', quote + 1); ; end = json.indexOf('"', end + 1)) {
    let escapes = 0;
    while (json[end - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return end + 1;
  }
}

function isFollowedByColon(json: string, from: number): boolean {
  let at = from;
  while (json[at] === ' ' || json[at] === '\t' || json[at] === '\r' || json[at] === '\n') at++;
  return json[at] === ':';
}

/**
 * What is wrong with the structure of a JSON text, or undefined: a key that stands twice in its object, or values that
 * nest more than 100 deep.
 *
 * @param json valid JSON
 */
export function structureProblem(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (let at = 0; at < json.length;) {
    const character = json[at];
    if (character === '"') {
      const end = endOfString(json, at);
      if (isFollowedByColon(json, end)) {
        const key = JSON.parse(json.slice(at, end)) as string;
        if (open.at(-1)?.has(key)) return `the key ${JSON.stringify(key)} stands twice; keep one of them`;
        open.at(-1)?.add(key);
      }
      at = end;
      continue;
    }
    if (character === '{' || character === '[') open.push(new Set());
    else if (character === '}' || character === ']') open.pop();
    if (open.length > DEEPEST) return `its values nest more than ${DEEPEST} deep; keep them flat`;
    at++;
  }
  return undefined;
}
