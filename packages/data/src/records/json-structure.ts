// What JSON.parse does not say: that a key stands twice (it keeps the last in silence), or how deep a value nests.

const DEEPEST = 100;

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const SPACE = 0x20;

/** The index just behind a string of valid JSON that opens at `quote`. */
function endOfString(json: string, quote: number): number {
  for (let end = json.indexOf('"', quote + 1); ; end = json.indexOf('"', end + 1)) {
    let escapes = 0;
    while (json.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end + 1;
  }
}

/** Between the parts of valid JSON, what is not above a space is one. */
function isFollowedByColon(json: string, from: number): boolean {
  let at = from;
  while (json.charCodeAt(at) <= SPACE) at++;
  return json.charCodeAt(at) === COLON;
}

/** How many keys valid JSON has, in all of its objects, those that stand twice too. */
export function countKeys(json: string): number {
  let count = 0;
  for (let quote = json.indexOf('"'); quote !== -1;) {
    const end = endOfString(json, quote);
    if (isFollowedByColon(json, end)) count++;
    quote = json.indexOf('"', end);
  }
  return count;
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
    if (json.charCodeAt(at) === QUOTE) {
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
