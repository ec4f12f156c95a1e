import { ArgumentError } from '@sentence-mtl/core';

/** @throws ArgumentError unless the option is a number from 0 up to, and not at, `below` */
export function checkOption(name: string, value: number, below: number): void {
  if (value >= 0 && value < below) return;
  throw new ArgumentError(`${name} is ${value}; it must be at least 0 and below ${below}`);
}
