import { readFileSync } from 'node:fs';
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

/** Linux counts processor time in hundredths of a second. */
const TICKS_A_SECOND = 100;

/** Seconds of processor time that the machine has spent since it started, hosts' stealing included. */
function busySeconds(): number {
  try {
    const fields = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/).slice(1, 9).map(Number) ?? [];
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = fields;
    return (user + nice + system + irq + softirq + steal) / TICKS_A_SECOND;
  } catch {
    return NaN;
  }
}

/** Seconds of processor time that this process has taken, on all of its threads. */
export function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** How much of the machine other processes took while something ran. Over 0.03, a figure is not to be trusted. */
export class OtherProcesses {
  #taken = 0;
  #available = 0;

  /** Runs and watches. */
  async during<T>(call: () => Promise<T>): Promise<T> {
    const [start, busy, own] = [performance.now(), busySeconds(), ownCpuSeconds()];
    const result = await call();
    this.#taken += busySeconds() - busy - (ownCpuSeconds() - own);
    this.#available += ((performance.now() - start) / 1000) * cpus().length;
    return result;
  }

  /** NaN where the system does not tell. */
  get share(): number {
    return Math.round(Math.max(0, this.#taken / this.#available) * 1000) / 1000;
  }
}
