/** The milliseconds that a call takes, until its promise is kept. */
export async function timed(call: () => unknown): Promise<number> {
  const start = performance.now();
  await call();
  return performance.now() - start;
}

export interface Repeats {
  readonly warmups: number;
  readonly runs: number;
}

/** The milliseconds of each of several calls, after some that are not counted. */
export async function timings(call: () => unknown, { warmups, runs }: Repeats): Promise<number[]> {
  for (let i = 0; i < warmups; i++) await call();
  const taken: number[] = [];
  for (let i = 0; i < runs; i++) taken.push(await timed(call));
  return taken;
}
