/** One task of a turbo run, as the summary that `--summarize` writes tells it. */
export interface TaskRun {
  readonly task: string;
  /** Name of the package, `//` for the root. */
  readonly package: string;
  /** Folder of the package, relative to the root. */
  readonly directory: string;
  readonly logFile: string;
  readonly cached: boolean;
  readonly exitCode: number;
}

interface SummaryTask {
  readonly task: string;
  readonly package: string;
  readonly directory: string;
  readonly logFile: string;
  readonly command: string;
  readonly cache: { readonly status: string };
  readonly execution?: { readonly exitCode?: number | null } | null;
}

interface Summary {
  readonly tasks: readonly SummaryTask[];
}

const NO_COMMAND = '<NONEXISTENT>';

/** The tasks of a run that have a command. One that was never executed (the run was cut short) counts as failed. */
export function parseTurboSummary(text: string): readonly TaskRun[] {
  const { tasks }: Summary = JSON.parse(text);
  return tasks
    .filter(({ command }) => command !== NO_COMMAND)
    .map(({ task, package: name, directory, logFile, cache, execution }) => {
      const cached = cache.status === 'HIT';
      return { task, package: name, directory, logFile, cached, exitCode: execution?.exitCode ?? 1 };
    });
}
