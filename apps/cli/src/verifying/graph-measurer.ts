// What a graph is worth beside the model that it was made of: both run on the same texts, the model as a program of our own.
import type { Row } from '@sentence-mtl/data';
import {
  answersOf,
  compareAnswers,
  comparedOutputs,
  graphProgram,
  logitsOutput,
  type ExportableModel,
  type GraphAnswers,
  type GraphDifference,
} from '@sentence-mtl/export';
import type { Tasks } from '@sentence-mtl/heads';
import { MultiTaskModel, type TaskModel } from '@sentence-mtl/model';
import type { Engine, OpenGraph } from '@sentence-mtl/program';
import type { CommandContext } from '../command-line/command-context.ts';
import { lostPoints, primaryMetrics, type PrimaryMetrics } from './primary-metrics.ts';

/** What all is measured on. */
export interface MeasuredTexts {
  readonly texts: readonly string[];
  /** Rows among which are labelled ones, for the metrics of tasks; none where there are no labels. */
  readonly rows: readonly Row[];
}

export interface GraphMeasurement extends GraphDifference {
  /** By how much the first metric of each labelled task is worse than with the model itself. */
  readonly lost: Readonly<Record<string, number>>;
  readonly metrics: PrimaryMetrics;
  readonly textsPerSecond: number;
}

/** The model's own answers. */
export interface OwnAnswers {
  readonly answers: GraphAnswers;
  readonly metrics: PrimaryMetrics;
  readonly textsPerSecond: number;
}

function taskModel(model: ExportableModel): TaskModel | undefined {
  const { tasks = {}, provenance = {} } = model;
  return Object.keys(tasks).length === 0 ? undefined : { ...model, tasks, provenance };
}

/** The tasks that a graph has: it may have been exported with some of them only. */
function tasksIn({ outputs }: OpenGraph, tasks: Tasks): Tasks {
  const names = new Set(outputs.map(({ name }) => name));
  return Object.fromEntries(Object.entries(tasks).filter(([task]) => names.has(logitsOutput(task))));
}

/** Measures graphs of one model on some texts. */
export class GraphMeasurer {
  readonly own: OwnAnswers;
  readonly #model: ExportableModel;
  /** The tasks that are outputs of the graphs. */
  readonly #tasks: Tasks;
  readonly #given: MeasuredTexts;
  readonly #engine: Engine;
  readonly #context: CommandContext;

  private constructor(
    model: ExportableModel,
    tasks: Tasks,
    given: MeasuredTexts,
    own: OwnAnswers,
    engine: Engine,
    context: CommandContext,
  ) {
    this.#model = model;
    this.#tasks = tasks;
    this.#given = given;
    this.own = own;
    this.#engine = engine;
    this.#context = context;
  }

  /** Runs the model itself, once. */
  static async of(
    model: ExportableModel,
    tasks: Tasks,
    given: MeasuredTexts,
    engine: Engine,
    context: CommandContext,
  ): Promise<GraphMeasurer> {
    const program = graphProgram(model, { tasks: Object.keys(tasks) });
    await using executable = await engine.compile(program);
    const { texts, rows } = given;
    const outputs = comparedOutputs(tasks);
    const run = async (feeds: Parameters<typeof executable.run>[0]): ReturnType<typeof executable.run> =>
      executable.run(feeds);
    await answersOf(run, model.config, texts.slice(0, WARM_TEXTS), outputs, { signal: context.stop });
    const start = context.now();
    const answers = await answersOf(run, model.config, texts, outputs, { signal: context.stop });
    const textsPerSecond = rate(texts.length, context.now() - start);
    const metrics = await metricsOf(model, rows, { engine }, context);
    return new GraphMeasurer(model, tasks, given, { answers, metrics, textsPerSecond }, engine, context);
  }

  /** Measures a graph, which may be let go of with it. */
  async measure(graph: OpenGraph): Promise<GraphMeasurement> {
    const [{ texts, rows }, { config }, { now, stop: signal }] = [this.#given, this.#model, this.#context];
    const tasks = tasksIn(graph, this.#tasks);
    const outputs = comparedOutputs(tasks);
    const run = graph.run.bind(graph);
    await answersOf(run, config, texts.slice(0, WARM_TEXTS), outputs, { signal });
    const start = now();
    const answers = await answersOf(run, config, texts, outputs, { signal });
    const textsPerSecond = rate(texts.length, now() - start);
    const metrics = await metricsOf(this.#model, rows, { engine: this.#engine, graph }, this.#context);
    const lost = [...this.own.metrics].map(([name, metric]) => [name, lostPoints(metric, metrics.get(name))] as const);
    const difference = compareAnswers(answers, this.own.answers, tasks);
    return { ...difference, lost: Object.fromEntries(lost), metrics, textsPerSecond };
  }
}

/** Texts that are run before the time is taken, so that memory has been asked for by then. */
const WARM_TEXTS = 32;

const rate = (texts: number, milliseconds: number): number => texts / Math.max(milliseconds / 1000, 1e-6);

async function metricsOf(
  model: ExportableModel,
  rows: readonly Row[],
  options: { readonly engine: Engine; readonly graph?: OpenGraph },
  { stop }: CommandContext,
): Promise<PrimaryMetrics> {
  const tasks = taskModel(model);
  if (tasks === undefined || rows.length === 0) return new Map();
  await using running = new MultiTaskModel(tasks, options);
  return await primaryMetrics(running, rows, stop);
}
