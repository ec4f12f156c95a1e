/** A limit in milliseconds for what takes one second alone: other tests may hold every core. */
export const BUSY_MACHINE = 120_000;
