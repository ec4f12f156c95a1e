// What a step takes on average, where some of those that were timed have been disturbed. Steps differ in tokens, so neither
// their mean nor their median will do: the line of Theil and Sen through (tokens, seconds) stands a quarter of wrong points.

/** A step that was timed. */
export interface TimedStep {
  /** With padding. */
  readonly tokens: number;
  readonly seconds: number;
}

/** NaN where there are none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** Seconds that a token more takes, by the median of all pairs of steps; never less than nothing. */
function secondsPerToken(steps: readonly TimedStep[]): number {
  const slopes = steps.flatMap((one, index) =>
    steps
      .slice(index + 1)
      .filter(({ tokens }) => tokens !== one.tokens)
      .map((other) => (other.seconds - one.seconds) / (other.tokens - one.tokens)),
  );
  return slopes.length === 0 ? 0 : Math.max(0, median(slopes));
}

const meanTokens = (steps: readonly Pick<TimedStep, 'tokens'>[]): number =>
  steps.reduce((sum, { tokens }) => sum + tokens, 0) / steps.length;

/** The seconds of a step with as many tokens as `all` have on average, by those that were timed. */
export function typicalStepSeconds(
  timed: readonly TimedStep[],
  all: readonly Pick<TimedStep, 'tokens'>[] = timed,
): number {
  const slope = secondsPerToken(timed);
  const start = median(timed.map(({ tokens, seconds }) => seconds - slope * tokens));
  return start + slope * meanTokens(all);
}
