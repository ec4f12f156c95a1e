import type { DataFacts } from './data-facts.ts';
import type { MetricLine, TimingLine } from './log-lines.ts';
import type { Results } from './results.ts';
import type { RunConfig } from './run-config.ts';
import type { TestDetails } from './test-details.ts';

/** What the files of a run say. A run that stopped early, or that the command line did not make, lacks some. */
export interface RunRecord {
  /** Of the folder. */
  readonly name: string;
  readonly config: RunConfig;
  /** train.json: settings by name. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly data?: DataFacts | undefined;
  readonly results?: Results | undefined;
  readonly test?: TestDetails | undefined;
  readonly metrics: readonly MetricLine[];
  readonly timing: readonly TimingLine[];
}
