import { shapeError } from './shape-error.ts';

/**
 * One dimension of a symbolic shape: an integer, or a polynomial over named symbols in canonical spelling
 * (`batch`, `2*batch*sequence+1`). Because the spelling is canonical, `===` decides equality, and the text
 * serves unchanged as the name of a dynamic axis.
 */
export type Dimension = number | string;

/** Monomial (sorted symbol names joined by `*`, `''` for the constant term) to integer coefficient. */
type Polynomial = ReadonlyMap<string, number>;

/** A ring in which a polynomial can be evaluated: integers to bind a shape, graph values to compute one. */
export interface Ring<T> {
  integer(value: number): T;
  symbol(name: string): T;
  add(left: T, right: T): T;
  multiply(left: T, right: T): T;
}

const SYMBOL = /^[A-Za-z_]\w*$/;
/** Signed, because a canonical difference has terms such as `-1`. */
const INTEGER = /^-?\d+$/;

/** Whether the text may name a symbol: a letter or underscore, then letters, digits, underscores. */
export function isSymbol(text: string): boolean {
  return SYMBOL.test(text);
}

const factorsOf = (monomial: string): string[] => (monomial === '' ? [] : monomial.split('*'));

function parseTerm(term: string): [monomial: string, coefficient: number] {
  const [first = '', ...more] = term.split('*');
  const isNumber = INTEGER.test(first);
  const symbols = isNumber ? more : [first, ...more];
  if (!symbols.every(isSymbol)) {
    throw shapeError(
      `"${term}" is not a dimension; write an integer, a symbol, or a sum of products such as "batch*sequence+1"`,
    );
  }
  return [symbols.toSorted().join('*'), isNumber ? Number(first) : 1];
}

function parse(dimension: Dimension): Polynomial {
  if (typeof dimension === 'number') return new Map([['', dimension]]);
  const terms = new Map<string, number>();
  for (const term of dimension.split('+')) {
    const [monomial, coefficient] = parseTerm(term);
    terms.set(monomial, (terms.get(monomial) ?? 0) + coefficient);
  }
  return terms;
}

function spell(polynomial: Polynomial): Dimension {
  const terms = [...polynomial].filter(([, coefficient]) => coefficient !== 0);
  const [first] = terms;
  if (first === undefined) return 0;
  if (terms.length === 1 && first[0] === '') return first[1];
  return terms
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .map(([monomial, coefficient]) => {
      if (monomial === '') return `${coefficient}`;
      return coefficient === 1 ? monomial : `${coefficient}*${monomial}`;
    })
    .join('+');
}

/** The canonical spelling of a dimension. @throws ShapeError when the text is no dimension. */
export function canonicalDimension(dimension: Dimension): Dimension {
  if (typeof dimension === 'number') {
    if (Number.isSafeInteger(dimension) && dimension >= 0) return dimension;
    throw shapeError(`${dimension} is not a dimension; a size is a whole number that is not negative`);
  }
  return isSymbol(dimension) ? dimension : spell(parse(dimension));
}

/** The sum, in canonical spelling. @throws ShapeError for text that is no dimension */
export function addDimensions(left: Dimension, right: Dimension): Dimension {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  const sum = new Map(parse(left));
  for (const [monomial, coefficient] of parse(right)) {
    sum.set(monomial, (sum.get(monomial) ?? 0) + coefficient);
  }
  return spell(sum);
}

/** The product, in canonical spelling. @throws ShapeError for text that is no dimension */
export function multiplyDimensions(left: Dimension, right: Dimension): Dimension {
  if (typeof left === 'number' && typeof right === 'number') return left * right;
  if (left === 1) return right;
  if (right === 1) return left;
  const product = new Map<string, number>();
  const rightTerms = parse(right);
  for (const [a, m] of parse(left)) {
    for (const [b, n] of rightTerms) {
      const monomial = [...factorsOf(a), ...factorsOf(b)].toSorted().join('*');
      product.set(monomial, (product.get(monomial) ?? 0) + m * n);
    }
  }
  return spell(product);
}

/** The difference, which may have negative terms: `sequence+-1`. @throws ShapeError for text that is no dimension */
export function subtractDimensions(left: Dimension, right: Dimension): Dimension {
  return addDimensions(left, multiplyDimensions(right, -1));
}

/** Exact quotient by a monomial, or undefined where `divisor` is a sum or does not divide `dividend`. */
export function divideDimensions(dividend: Dimension, divisor: Dimension): Dimension | undefined {
  if (dividend === divisor) return 1;
  const [[monomial, coefficient] = ['', 0], ...more] = parse(divisor);
  if (more.length > 0 || coefficient === 0) return undefined;
  if (dividend === 0) return 0;
  const quotient = new Map<string, number>();
  for (const [term, count] of parse(dividend)) {
    const rest = factorsOf(term);
    for (const factor of factorsOf(monomial)) {
      const at = rest.indexOf(factor);
      if (at < 0) return undefined;
      rest.splice(at, 1);
    }
    if (count % coefficient !== 0) return undefined;
    quotient.set(rest.join('*'), count / coefficient);
  }
  return spell(quotient);
}

/** Evaluates the polynomial in another ring. */
export function evaluateDimension<T>(dimension: Dimension, ring: Ring<T>): T {
  const terms = [...parse(dimension)].map(([monomial, coefficient]) => {
    const symbols = factorsOf(monomial).map((name) => ring.symbol(name));
    const factors = coefficient === 1 && symbols.length > 0 ? symbols : [ring.integer(coefficient), ...symbols];
    return factors.reduce((left, right) => ring.multiply(left, right));
  });
  return terms.reduce((left, right) => ring.add(left, right));
}

/** Sizes given to symbols: `{ batch: 32, sequence: 128 }`. */
export type Bindings = Readonly<Record<string, number>>;

/** The integer a dimension has under the given sizes. @throws ShapeError for a symbol without one. */
export function bindDimension(dimension: Dimension, bindings: Bindings): number {
  if (typeof dimension === 'number') return dimension;
  return evaluateDimension<number>(dimension, {
    integer: (value) => value,
    add: (left, right) => left + right,
    multiply: (left, right) => left * right,
    symbol(name) {
      const size = Object.hasOwn(bindings, name) ? bindings[name] : undefined;
      if (size === undefined) {
        throw shapeError(`dimension "${name}" has no size; known are ${Object.keys(bindings).join(', ') || 'none'}`);
      }
      return size;
    },
  });
}

/** The names of the symbols in a dimension, each once. */
export function symbolsOf(dimension: Dimension): readonly string[] {
  if (typeof dimension === 'number') return [];
  return [...new Set([...parse(dimension).keys()].flatMap(factorsOf))];
}
