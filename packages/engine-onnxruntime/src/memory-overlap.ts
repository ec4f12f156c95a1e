import { FeedError } from '@sentence-mtl/core';
import type { NamedTensors } from './runtime-session.ts';

interface Region {
  readonly label: string;
  readonly written: boolean;
  readonly begin: number;
  readonly end: number;
}

function addRegions(regions: Map<ArrayBufferLike, Region[]>, tensors: NamedTensors, written: boolean): void {
  for (const [name, { data }] of tensors) {
    if (data.byteLength === 0) continue;
    const label = `${written ? 'output' : 'input'} "${name}"`;
    const region = { label, written, begin: data.byteOffset, end: data.byteOffset + data.byteLength };
    const sameBuffer = regions.get(data.buffer);
    if (sameBuffer === undefined) regions.set(data.buffer, [region]);
    else sameBuffer.push(region);
  }
}

/**
 * A runtime writes outputs while it still reads inputs, so memory that receives an output holds nothing else.
 *
 * @throws FeedError naming the two tensors that share bytes
 */
export function checkOverlap(feeds: NamedTensors, outputs: NamedTensors): void {
  const regions = new Map<ArrayBufferLike, Region[]>();
  addRegions(regions, feeds, false);
  addRegions(regions, outputs, true);
  for (const sameBuffer of regions.values()) {
    sameBuffer.sort((left, right) => left.begin - right.begin);
    // The regions that reach furthest among those before: of any kind, and of outputs.
    let furthest: Region | undefined;
    let furthestWritten: Region | undefined;
    for (const region of sameBuffer) {
      const before = region.written ? furthest : furthestWritten;
      if (before !== undefined && before.end > region.begin) {
        throw new FeedError(`${region.label} and ${before.label} share memory; an output needs memory of its own`);
      }
      if (furthest === undefined || region.end > furthest.end) furthest = region;
      if (region.written && (furthestWritten === undefined || region.end > furthestWritten.end))
        furthestWritten = region;
    }
  }
}
