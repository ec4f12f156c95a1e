import type { TextGroup } from './text-groups.ts';

/** Needs are sums of fractions; below this they are none. */
const NOTHING = 1e-9;

/** A count of rows that the sides are to share. */
interface Shared {
  readonly total: number;
  /** What each side still lacks of its share. */
  readonly needs: number[];
}

/** What the sides of a split still lack of their shares. */
export class SideNeeds {
  readonly #shares: readonly number[];
  readonly #largest: number;
  readonly #rows: Shared;
  readonly #strata: ReadonlyMap<number, Shared>;
  /** Strata that the largest side has. */
  readonly #learnable = new Set<number>();

  /** @param shares of the sides, which add up to 1 */
  constructor(groups: readonly TextGroup[], shares: readonly number[]) {
    const shared = (total: number): Shared => ({ total, needs: shares.map((share) => share * total) });
    const counts = new Map<number, number>();
    for (const stratum of groups.flatMap(({ strata }) => strata)) counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
    this.#shares = shares;
    this.#largest = shares.indexOf(Math.max(...shares));
    this.#rows = shared(groups.reduce((sum, { rows }) => sum + rows.length, 0));
    this.#strata = new Map([...counts].map(([stratum, count]) => [stratum, shared(count)]));
  }

  /** The side, among some, that lacks most of rows and strata: the parts of their shares that sides lack, added up. */
  #neediest(sides: readonly number[], strata: readonly number[]): number {
    const counted = [this.#rows, ...strata.flatMap((stratum) => this.#strata.get(stratum) ?? [])];
    const lack = (side: number): number =>
      counted.reduce((sum, { total, needs }) => sum + (needs[side] ?? 0) / total, 0) / (this.#shares[side] ?? 1);
    return sides.reduce((best, side) => (lack(side) > lack(best) ? side : best));
  }

  /** The side for a group that is dealt out for the sake of a stratum, or of none. */
  sideFor({ strata }: TextGroup, stratum: number | undefined): number {
    const sides = this.#shares.map((_, side) => side);
    const needs = stratum === undefined ? undefined : this.#strata.get(stratum)?.needs;
    if (stratum === undefined || needs === undefined) return this.#neediest(sides, strata);
    // A label that only the other sides had could not be learnt.
    if (!this.#learnable.has(stratum)) return this.#largest;
    const wanting = (least: number): readonly number[] => sides.filter((side) => (needs[side] ?? 0) > least);
    if (wanting(1 - NOTHING).length > 0) return this.#neediest(wanting(1 - NOTHING), strata);
    // Fractions of a row: which side gets it, all other counts say.
    const others = strata.filter((other) => other !== stratum);
    return this.#neediest(wanting(NOTHING).length > 0 ? wanting(NOTHING) : sides, others);
  }

  take({ rows, strata }: TextGroup, side: number): void {
    const take = ({ needs }: Shared, count: number): void => {
      needs[side] = (needs[side] ?? 0) - count;
    };
    take(this.#rows, rows.length);
    for (const stratum of strata) {
      const shared = this.#strata.get(stratum);
      if (shared !== undefined) take(shared, 1);
      if (side === this.#largest) this.#learnable.add(stratum);
    }
  }
}
