import wabt from 'wabt';

/**
 * The least that an Adam update does to memory: four arrays are read and three written back, 28 bytes a parameter, with
 * one addition for each that is written. What it takes is the bound that memory bandwidth sets for one thread.
 */

/** Vectors of four floats in one turn of the loop. */
const UNROLLED = 8;
const BYTES_A_TURN = 16 * UNROLLED;
const PAGE = 65_536;

function turn(offset: number): string {
  const add = (array: string): string =>
    `(v128.store offset=${offset} (local.get ${array})
       (f32x4.add (local.get $x) (v128.load offset=${offset} (local.get ${array}))))`;
  return `(local.set $x (v128.load offset=${offset} (local.get $gradient)))
    ${add('$parameter')} ${add('$first')} ${add('$second')}`;
}

function source(): string {
  const arrays = ['$parameter', '$gradient', '$first', '$second'];
  const advance = (array: string): string =>
    `(local.set ${array} (i32.add (local.get ${array}) (i32.const ${BYTES_A_TURN})))`;
  return `(module (import "arena" "memory" (memory 1 65536))
    (func (export "traffic") ${arrays.map((array) => `(param ${array} i32)`).join(' ')} (param $end i32) (local $x v128)
      (block $done (loop $next
        (br_if $done (i32.eq (local.get $parameter) (local.get $end)))
        ${Array.from({ length: UNROLLED }, (_, i) => turn(16 * i)).join('\n')}
        ${arrays.map(advance).join('\n')}
        (br $next)))))`;
}

/** A loop over four arrays of `parameters` floats in a memory of its own, ready to be timed. */
export async function memoryTraffic(parameters: number): Promise<() => void> {
  const bytes = Math.ceil((4 * parameters) / BYTES_A_TURN) * BYTES_A_TURN;
  const pages = Math.ceil((4 * bytes) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  new Float32Array(memory.buffer).fill(1);
  const assembler = await wabt();
  const module = new WebAssembly.Module(
    assembler.parseWat('traffic.wat', source(), { simd: true }).toBinary({}).buffer,
  );
  const { traffic } = new WebAssembly.Instance(module, { arena: { memory } }).exports;
  if (typeof traffic !== 'function') throw new Error('the loop was not assembled');
  return () => traffic(0, bytes, 2 * bytes, 3 * bytes, bytes);
}
