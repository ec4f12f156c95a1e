import { cpus } from 'node:os';

/** What a figure depends on beside the program: stated beside it. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
}

export function describeMachine(): Machine {
  const [first] = cpus();
  return { cpu: first?.model ?? 'unknown', cores: cpus().length, node: process.version };
}

/** The largest resident size this process has had. */
export const peakMemoryMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024);
