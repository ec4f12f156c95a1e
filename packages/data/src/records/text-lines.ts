/** Calls back with each line of a block, without its line break (LF or CRLF), and its number. */
export function* eachLine(text: string, first: number): Generator<{ readonly line: number; readonly text: string }> {
  let line = first;
  for (let from = 0; from < text.length; line++) {
    const feed = text.indexOf('\n', from);
    const end = feed === -1 ? text.length : feed;
    yield { line, text: text.slice(from, text[end - 1] === '\r' && end > from ? end - 1 : end) };
    from = end + 1;
  }
}
