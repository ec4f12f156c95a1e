import { visibleText } from '../html/visible-text.ts';

const LONGEST = 120;

/** A text of the data as a span of code, where neither markup nor HTML is read (CommonMark 6.1). */
export function codeSpan(text: string): string {
  const shown = visibleText(text.replaceAll(/\s+/g, ' '), LONGEST);
  const longestRun = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const padding = /^`|`$|^ .* $/.test(shown) ? ' ' : '';
  return `${fence}${padding}${shown}${padding}${fence}`;
}

/** A table; a bar within a cell is escaped, which GitHub's dialect asks for in code too. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const [heading = [], ...body] = rows;
  return [line(heading), line(heading.map(() => '---')), ...body.map(line)].join('\n');
}
