/** How a factor goes from one value to another: along a line, half a wave of a cosine, or `1 - √`, steep at its foot. */
export type RampShape = 'linear' | 'cosine' | 'oneMinusSquareRoot';

/** A number of steps, or a share of the run's, rounded up. */
export type StepSpan = { readonly steps: number } | { readonly fraction: number };

/** The first steps, in which the factor rises to 1. */
export type Warmup = StepSpan & {
  /** `linear` unless given. */
  readonly shape?: RampShape;
  /** The factor of the first step: 0 unless given. */
  readonly from?: number;
};

/** What follows the warm-up. `end` is the factor that the last step comes down to: 0 unless given. */
type AfterWarmup =
  | { readonly kind: 'constant' }
  | { readonly kind: 'linear'; readonly end?: number }
  | {
      readonly kind: 'cosine';
      readonly end?: number;
      /** Waves of the cosine: 0.5 unless given, from top to bottom. */
      readonly cycles?: number;
    }
  | {
      readonly kind: 'cosineWithRestarts';
      readonly end?: number;
      /** Times that the factor falls from 1: 1 unless given. */
      readonly cycles?: number;
    }
  | {
      readonly kind: 'polynomial';
      readonly end?: number;
      /** 1 unless given, which is linear. */
      readonly power?: number;
    }
  | {
      readonly kind: 'inverseSquareRoot';
      /** Steps after the warm-up in which the factor falls to 1/√2: the warm-up's unless given, 10 000 without one. */
      readonly timescale?: number;
    }
  | {
      readonly kind: 'warmupStableDecay';
      readonly end?: number;
      /** The last steps, in which the factor falls. */
      readonly decay: StepSpan;
      /** How it falls: `cosine` unless given. */
      readonly shape?: RampShape;
    };

/** How the learning rate goes over a run, as data: a shape after an optional warm-up. */
export type ScheduleConfig = AfterWarmup & { readonly warmup?: Warmup };
