const CARRIAGE_RETURN = 0x0d;

/** Calls back with each line of a block, without its line break (LF or CRLF), and its number. */
export function eachLine(text: string, first: number, take: (text: string, line: number) => void): void {
  let line = first;
  for (let from = 0; from < text.length; line++) {
    const feed = text.indexOf('\n', from);
    const end = feed === -1 ? text.length : feed;
    take(text.slice(from, end > from && text.charCodeAt(end - 1) === CARRIAGE_RETURN ? end - 1 : end), line);
    from = end + 1;
  }
}
