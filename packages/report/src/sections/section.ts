import type { Html } from '../html/html.ts';
import type { RunRecord } from '../run/run-record.ts';

/** A part of the report. A new one is a file of its own, and a line in sections.ts. */
export interface Section {
  /** Of the address `#id`. */
  readonly id: string;
  readonly title: string;
  /** Undefined where the section does not apply to the run; where the run lacks what it should have, it says so. */
  readonly render: (run: RunRecord) => Html | undefined;
}
