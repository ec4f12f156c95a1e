// The last line of a card that was written by us holds the hash of all that comes before it: a card whose hash is another
// was edited by a person, and is theirs.
import { createHash } from 'node:crypto';

const MARKER = /<!-- written by sentence-mtl; a card that is edited is not written over; ([0-9a-f]{64}) -->\s*$/;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A card with its last line. */
export function markedCard(text: string): string {
  return `${text}<!-- written by sentence-mtl; a card that is edited is not written over; ${hashOf(text)} -->\n`;
}

/** Whether a card is as it was written: one that a person has edited, or written, is not. */
export function isUneditedCard(text: string): boolean {
  const unix = text.replaceAll('\r\n', '\n');
  const match = MARKER.exec(unix);
  return match !== null && hashOf(unix.slice(0, match.index)) === match[1];
}
