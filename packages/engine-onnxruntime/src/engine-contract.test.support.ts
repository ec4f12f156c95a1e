import { boolTensor, DisposedError, FeedError, float32Tensor, int32Tensor, type HostTensor } from '@sentence-mtl/core';
import {
  add,
  bool,
  cast,
  defineProgram,
  float32,
  gather,
  gradient,
  int32,
  linear,
  logicalNot,
  matMul,
  mul,
  reshape,
  sum,
  tanh,
  type Program,
} from '@sentence-mtl/program';
import { programModel, readModel, toOnnx, writeModel } from '@sentence-mtl/onnx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OnnxruntimeEngine } from './runtime-engine.ts';

/** A row of each dtype in and out, two symbols and a product of them. */
const everyType = defineProgram(
  { ids: int32('batch', 'sequence'), table: float32(5, 3), keep: bool('batch'), extra: float32('batch*sequence') },
  ({ ids, table, keep, extra }) => ({
    rows: gather(table, ids),
    doubled: mul(ids, 2),
    dropped: logicalNot(keep),
    flat: add(extra, reshape(cast(ids, 'float32'), ['batch*sequence'])),
  }),
);

const feedsOf = (
  batch: number,
  length: number,
): Record<'ids' | 'table' | 'keep' | 'extra', HostTensor> & {
  ids: HostTensor<'int32'>;
  table: HostTensor<'float32'>;
  keep: HostTensor<'bool'>;
  extra: HostTensor<'float32'>;
} => ({
  ids: int32Tensor(
    Int32Array.from({ length: batch * length }, (_, i) => i % 5),
    [batch, length],
  ),
  table: float32Tensor(
    Float32Array.from({ length: 15 }, (_, i) => i / 8),
    [5, 3],
  ),
  keep: boolTensor(
    Array.from({ length: batch }, (_, i) => i % 2),
    [batch],
  ),
  extra: float32Tensor(
    Float32Array.from({ length: batch * length }, (_, i) => i / 4),
    [batch * length],
  ),
});

/** Two products with an activation, their loss and gradients. */
const training = defineProgram(
  { x: float32('batch', 16), weight: float32(8, 16), bias: float32(8), target: float32('batch', 8) },
  ({ x, weight, bias, target }) => {
    const difference = add(tanh(linear(x, weight, bias)), target);
    const loss = sum(mul(difference, difference));
    const [ofWeight, ofBias] = gradient(loss, [weight, bias]);
    return { loss, ofWeight: ofWeight ?? loss, ofBias: ofBias ?? loss };
  },
);

const ramp = (shape: readonly number[], step: number): HostTensor<'float32'> =>
  float32Tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i * step)),
    shape,
  );

const trainingFeeds = (batch: number): Record<'x' | 'weight' | 'bias' | 'target', HostTensor<'float32'>> => ({
  x: ramp([batch, 16], 0.37),
  weight: ramp([8, 16], 0.11),
  bias: ramp([8], 0.7),
  target: ramp([batch, 8], 0.23),
});

type Changes = Readonly<Record<string, HostTensor | undefined>>;

/** What is wrong with the feeds of `everyType`, and what the message says of it. */
const WRONG_FEEDS: readonly (readonly [what: string, change: Changes, message: RegExp])[] = [
  ['a missing input', { table: undefined }, /no tensor is fed for: "table"/],
  ['an unknown input', { tables: float32Tensor([1], [1]) }, /no input "tables"; did you mean "table"\?/],
  ['another dtype', { ids: float32Tensor(new Float32Array(6), [2, 3]) }, /"ids" is int32 .* fed float32/],
  [
    'another rank',
    { ids: int32Tensor(new Int32Array(6), [6]) },
    /"ids" is int32 \(batch, sequence\); it is fed int32 \(6\)/,
  ],
  ['another fixed size', { table: float32Tensor(new Float32Array(10), [5, 2]) }, /"table" is \(5, 3\)/],
  ['a symbol of two sizes', { keep: boolTensor([1, 0, 1], [3]) }, /"batch" is 2 in input "ids" and 3 in input "keep"/],
  [
    'a wrong product of symbols',
    { extra: float32Tensor(new Float32Array(5), [5]) },
    /"extra" is .*here \(6\); it is fed \(5\)/,
  ],
  [
    'data that does not fill its shape',
    { extra: { dtype: 'float32', shape: [6], data: new Float32Array(4) } },
    /6 elements, with data of 4/,
  ],
  ['an index past the table', { ids: int32Tensor([0, 1, 2, 3, 4, 5], [2, 3]) }, /index 5 .*rows 0 to 4/],
  ['a negative index', { ids: int32Tensor([0, 1, 2, -1, 4, 0], [2, 3]) }, /index -1 at element 3/],
];

/** What is wrong with the tensors that are to receive outputs. */
const WRONG_INTO: readonly (readonly [what: string, into: Changes, message: RegExp])[] = [
  ['an unknown output', { row: float32Tensor(new Float32Array(18), [2, 3, 3]) }, /no output "row" to receive/],
  [
    'another dtype',
    { doubled: float32Tensor(new Float32Array(6), [2, 3]) },
    /"doubled" is int32 \(2, 3\).* is float32/,
  ],
  [
    'another shape',
    { rows: float32Tensor(new Float32Array(18), [3, 2, 3]) },
    /"rows" is float32 \(2, 3, 3\).*\(3, 2, 3\)/,
  ],
  [
    'data that does not fill its shape',
    { rows: { dtype: 'float32', shape: [2, 3, 3], data: new Float32Array(17) } },
    /with data of 17/,
  ],
];

/** Feeds that TypeScript would refuse, as JavaScript callers may give them. */
const untyped = (feeds: object, changes: Changes): never =>
  Object.fromEntries(Object.entries({ ...feeds, ...changes }).filter(([, tensor]) => tensor !== undefined)) as never;

/** What every engine of this package promises, whatever runs below it. */
export function describeEngine(title: string, create: () => Promise<OnnxruntimeEngine>): void {
  describe(title, () => {
    let engine: OnnxruntimeEngine;
    beforeAll(async () => {
      engine = await create();
    });
    afterAll(() => engine.dispose());

    it('takes and gives tensors of every dtype, at any size of the symbols', async () => {
      const executable = await engine.compile(everyType);
      for (const [batch, length] of [
        [2, 3],
        [1, 1],
        [4, 2],
        [3, 7],
      ] as const) {
        const feeds = feedsOf(batch, length);
        const { rows, doubled, dropped, flat } = await executable.run(feeds);
        expect(rows.shape).toEqual([batch, length, 3]);
        expect([...rows.data]).toEqual(
          [...feeds.ids.data].flatMap((id) => [...feeds.table.data.subarray(3 * id, 3 * id + 3)]),
        );
        expect(doubled).toEqual({ ...feeds.ids, data: feeds.ids.data.map((id) => 2 * id) });
        expect(dropped).toEqual({ ...feeds.keep, data: feeds.keep.data.map((bit) => 1 - bit) });
        expect([...flat.data]).toEqual([...feeds.ids.data].map((id, i) => id + i / 4));
      }
      await executable.dispose();
    });

    it('fills the tensors it is given and returns those same tensors', async () => {
      const executable = await engine.compile(training);
      const feeds = trainingFeeds(4);
      const expected = await executable.run(feeds);
      const memory = new WebAssembly.Memory({ initial: 1 });
      const weight = { ...feeds.weight, data: new Float32Array(memory.buffer, 64, 128) };
      weight.data.set(feeds.weight.data);
      const ofWeight: HostTensor<'float32'> = { ...feeds.weight, data: new Float32Array(memory.buffer, 1024, 128) };
      const results = await executable.run({ ...feeds, weight }, { into: { ofWeight } });
      expect(results.ofWeight).toBe(ofWeight);
      expect(ofWeight.data.buffer).toBe(memory.buffer);
      expect(results).toEqual({ ...expected, ofWeight: { ...expected.ofWeight, data: ofWeight.data } });
      expect([...ofWeight.data]).toEqual([...expected.ofWeight.data]);
      await executable.dispose();
    });

    it('gives the same bits for the same feeds', async () => {
      const executable = await engine.compile(training);
      const first = await executable.run(trainingFeeds(33));
      await executable.run(trainingFeeds(5));
      expect(await executable.run(trainingFeeds(33))).toEqual(first);
      await executable.dispose();
    });

    it('answers runs that are asked for at once, each with its own sizes', async () => {
      const executable = await engine.compile(training);
      const sizes = [1, 9, 2, 17, 3];
      const alone = [];
      for (const size of sizes) alone.push(await executable.run(trainingFeeds(size)));
      expect(await Promise.all(sizes.map((size) => executable.run(trainingFeeds(size))))).toEqual(alone);
      await executable.dispose();
    });

    it('gives a scalar, an input and a repeated value as outputs', async () => {
      const program = defineProgram({ x: float32('batch'), unused: int32(2) }, ({ x }) => {
        const doubled = mul(x, 2);
        return { total: sum(x), x2: doubled, again: doubled, same: x };
      });
      const executable = await engine.compile(program);
      const x = float32Tensor([1, 2, 3], [3]);
      const results = await executable.run({ x, unused: int32Tensor([0, 0], [2]) });
      expect(results.total).toEqual(float32Tensor([6], []));
      expect([results.x2, results.again]).toEqual([float32Tensor([2, 4, 6], [3]), float32Tensor([2, 4, 6], [3])]);
      expect(results.same).toEqual(x);
      expect(results.same.data).not.toBe(x.data);
      await executable.dispose();
    });

    it.each(WRONG_FEEDS)('refuses %s', async (_, change, message) => {
      const executable = await engine.compile(everyType);
      const run = executable.run(untyped(feedsOf(2, 3), change));
      await expect(run).rejects.toThrow(FeedError);
      await expect(run).rejects.toThrow(message);
      await expect(executable.run(feedsOf(2, 3))).resolves.toHaveProperty('rows');
      await executable.dispose();
    });

    it.each(WRONG_INTO)('refuses to write into %s', async (_, into, message) => {
      const executable = await engine.compile(everyType);
      const run = executable.run(feedsOf(2, 3), { into: into as never });
      await expect(run).rejects.toThrow(FeedError);
      await expect(run).rejects.toThrow(message);
      await executable.dispose();
    });

    it('refuses to write over what it reads', async () => {
      const executable = await engine.compile(training);
      const feeds = trainingFeeds(2);
      await expect(executable.run(feeds, { into: { ofWeight: feeds.weight } })).rejects.toThrow(/share memory/);
      await executable.dispose();
    });

    it('names the operation that fails in a run', async () => {
      const program: Program = defineProgram({ table: float32(4, 2), ids: int32('batch') }, ({ table, ids }) => ({
        rows: gather(table, add(ids, 1)),
      }));
      const executable = await engine.compile(program);
      const run = executable.run({ table: ramp([4, 2], 1), ids: int32Tensor([3], [1]) });
      await expect(run).rejects.toMatchObject({
        code: 'ENGINE',
        message: expect.stringMatching(/the run failed in ".*" \(Gather\): /),
      });
      await executable.dispose();
    });

    it('refuses to run after the end, and counts what is alive', async () => {
      const before = engine.liveSessions;
      const executable = await engine.compile(training);
      expect(engine.liveSessions).toBe(before + 1);
      await executable.dispose();
      expect(engine.liveSessions).toBe(before);
      await expect(executable.run(trainingFeeds(1))).rejects.toThrow(DisposedError);
    });

    it('opens the file of a graph, and runs it at any size of the symbols', async () => {
      const model = programModel(everyType, {
        target: 'portable',
        integerInputs: 'int64',
        metadata: { task: 'intent' },
      });
      const before = engine.openGraphs;
      const graph = await engine.openGraph(writeModel(model));
      expect(engine.openGraphs).toBe(before + 1);
      expect(graph.inputs[0]).toEqual({ name: 'ids', dtype: 'int32', shape: ['batch', 'sequence'] });
      expect(graph.outputs.map(({ name }) => name)).toEqual(['rows', 'doubled', 'dropped', 'flat']);
      expect(graph.metadata.get('task')).toBe('intent');
      const executable = await engine.compile(everyType);
      for (const [batch, length] of [
        [2, 3],
        [1, 1],
        [3, 7],
      ] as const) {
        const feeds = feedsOf(batch, length);
        const { rows, flat } = await executable.run(feeds);
        expect(await graph.run(feeds, ['flat', 'rows'])).toEqual({ flat, rows });
      }
      await executable.dispose();
      await graph.dispose();
      await graph.dispose();
      expect(engine.openGraphs).toBe(before);
      await expect(graph.run(feedsOf(1, 1), ['rows'])).rejects.toThrow(DisposedError);
    });

    it.each(WRONG_FEEDS.slice(0, -2))('refuses to feed a graph %s', async (_, change, message) => {
      const graph = await engine.openGraph(toOnnx(everyType, { target: 'portable' }).bytes);
      const run = graph.run(untyped(feedsOf(2, 3), change), ['rows']);
      await expect(run).rejects.toThrow(FeedError);
      await expect(run).rejects.toThrow(message);
      await expect(graph.run(feedsOf(2, 3), ['row'])).rejects.toThrow(/no output "row"; did you mean "rows"/);
      await expect(graph.run(feedsOf(2, 3), ['rows'])).resolves.toHaveProperty('rows');
      await graph.dispose();
    });

    it('refuses files that are no graph, and names the node that fails in one', async () => {
      const { bytes } = toOnnx(everyType, { target: 'portable' });
      for (const broken of [new Uint8Array(), Uint8Array.of(1, 2, 3), bytes.slice(0, 200)]) {
        await expect(engine.openGraph(broken)).rejects.toThrow(/opening the graph failed|no ONNX model|cut off/);
      }
      const model = readModel(bytes);
      const unknown = { ...model, nodes: model.nodes.map((node) => ({ ...node, operator: 'Nothing' })) };
      await expect(engine.openGraph(writeModel(unknown))).rejects.toMatchObject({
        code: 'ENGINE',
        message: expect.stringContaining('opening the graph failed'),
      });
      const graph = await engine.openGraph(bytes.slice());
      const feeds = { ...feedsOf(2, 3), ids: int32Tensor([0, 1, 2, 9, 4, 0], [2, 3]) };
      await expect(graph.run(feeds, ['rows'])).rejects.toThrow(/the run of the graph failed in ".*" \(Gather\)/);
      await graph.dispose();
    });

    it('keeps products exact in their order: an identity changes nothing', async () => {
      const program = defineProgram({ x: float32('batch', 8), identity: float32(8, 8) }, ({ x, identity }) => ({
        y: matMul(x, identity),
      }));
      const executable = await engine.compile(program);
      const x = ramp([5, 8], 0.3);
      const identity = float32Tensor(
        Float32Array.from({ length: 64 }, (_, i) => (i % 9 === 0 ? 1 : 0)),
        [8, 8],
      );
      expect((await executable.run({ x, identity })).y).toEqual(x);
      await executable.dispose();
    });
  });
}
