import { stringify } from 'yaml';
import { meaningOf, SETTINGS, type Settings } from './settings.ts';

export interface CommentedSettings {
  readonly settings: Settings;
  /** Lines above the first setting. */
  readonly heading: readonly string[];
  /** More lines to say of a setting. */
  readonly notes: Readonly<Partial<Record<keyof Settings, readonly string[]>>>;
}

const WIDTH = 100;

const comment = (line: string): string => `# ${line}`.trimEnd();

/** All settings as a YAML file that says of each what it means. */
export function commentedYaml({ settings, heading, notes }: CommentedSettings): string {
  const blocks = (Object.keys(SETTINGS) as (keyof Settings)[]).map((name) => {
    const lines = [meaningOf(name), ...(notes[name] ?? [])].map(comment);
    return `${lines.join('\n')}\n${stringify({ [name]: settings[name] }, { lineWidth: WIDTH })}`;
  });
  return `${heading.map(comment).join('\n')}\n\n${blocks.join('\n')}`;
}
