/**
 * The same text, alone in memory. A piece of a longer text holds on to all of it, so what is kept of a file must be
 * copied, or the file is kept.
 */
export function ownText(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
