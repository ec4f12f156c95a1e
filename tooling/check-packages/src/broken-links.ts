const LINK = /\]\(([^)#\s]+)(?:#[^)]*)?\)/g;
const FENCE = /^```[\s\S]*?^```$/gm;

/** Relative links of a Markdown text that lead nowhere; `exists` is asked for paths relative to the text's folder. */
export function brokenLinks(markdown: string, exists: (path: string) => boolean): readonly string[] {
  return [...markdown.replaceAll(FENCE, '').matchAll(LINK)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target) && !exists(target));
}
