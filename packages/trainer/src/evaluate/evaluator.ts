// Examples through a model without dropout: the outputs of every task, its metrics and its mean loss.
import { evaluateTask, type TaskEvaluation } from '@sentence-mtl/evaluation';
import { encodeLabels, evaluatedOutputs, type Task } from '@sentence-mtl/heads';
import type { Engine, Executable } from '@sentence-mtl/program';
import { cutEvaluation } from '../batch/cut.ts';
import { labelledExamples, labelRows, microBatch, type NamedTensors } from '../batch/micro-batch.ts';
import type { PreparedExamples } from '../batch/prepared-examples.ts';
import type { TextSource } from '../batch/text-source.ts';
import { countOutput, lossSumOutput, predictionOutput, predictionProgram } from '../program/prediction-program.ts';
import type { ProgramStart } from '../program/program-start.ts';
import type { TrainingModel } from '../training-model.ts';
import { GatheredRows } from './gathered-outputs.ts';
import { taskOutputsOf } from './task-outputs-of.ts';

export interface ModelEvaluation {
  readonly tasks: Readonly<Record<string, TaskEvaluation>>;
  /** The mean loss of each task over its labelled rows; null where it has none. */
  readonly losses: Readonly<Record<string, number | null>>;
}

/** Tokens of a batch. */
const TOKENS = 4096;

/** What is gathered of a task. */
interface TaskSums {
  readonly outputs: GatheredRows[];
  /** The place of an example among those with a label. */
  readonly placeOf: ReadonlyMap<number, number>;
  readonly labelled: readonly number[];
  loss: number;
  count: number;
}

const numberIn = (outputs: NamedTensors, name: string): number | undefined => {
  const value = outputs[name]?.data[0];
  return value === undefined ? undefined : Number(value);
};

function addBatch(name: string, sums: TaskSums, outputs: NamedTensors, labelled: readonly number[]): void {
  if (labelled.length === 0) return;
  const places = labelled.map((example) => sums.placeOf.get(example) ?? 0);
  for (let index = 0; ; index++) {
    const tensor = outputs[predictionOutput(name, index)];
    if (tensor === undefined) break;
    (sums.outputs[index] ??= new GatheredRows(sums.labelled.length)).add(tensor, places);
  }
  // A loss of the batch as a whole is a mean: it counts by the rows it is of.
  const count = numberIn(outputs, countOutput(name));
  const loss = numberIn(outputs, lossSumOutput(name)) ?? NaN;
  sums.loss += count === undefined ? loss * labelled.length : loss;
  sums.count += count ?? labelled.length;
}

/** Evaluates one model on one set of examples, as often as it is asked to. */
export class Evaluator implements AsyncDisposable {
  readonly #model: TrainingModel;
  readonly #start: ProgramStart;
  readonly #executable: Executable;

  private constructor(model: TrainingModel, start: ProgramStart, executable: Executable) {
    this.#model = model;
    this.#start = start;
    this.#executable = executable;
  }

  static async compile(engine: Engine, model: TrainingModel, start: ProgramStart): Promise<Evaluator> {
    return new Evaluator(model, start, await engine.compile(predictionProgram(model, start)));
  }

  /**
   * @param source the texts of `prepared`, in the form that the program's start takes
   * @throws the signal's reason, once the batch in hand is done
   */
  async evaluate(prepared: PreparedExamples, source: TextSource, signal?: AbortSignal): Promise<ModelEvaluation> {
    const { tasks, parameters } = this.#model;
    const all = Array.from(prepared.examples.keys());
    const sums = new Map(Object.keys(tasks).map((name) => [name, startSums(prepared, name, all)]));
    const fixed = Object.fromEntries(parameters);
    for (const { examples, width } of cutEvaluation(prepared, all, this.#start, TOKENS)) {
      signal?.throwIfAborted();
      const { texts, feeds } = microBatch(prepared, examples, tasks);
      const outputs = await this.#executable.run({ ...(await source.feeds(texts, width)), ...feeds, ...fixed });
      for (const [name, sum] of sums) {
        const labels = prepared.tasks.get(name);
        if (labels !== undefined) addBatch(name, sum, outputs, labelledExamples(labels, examples));
      }
    }
    return this.#measured(prepared, sums);
  }

  #measured(prepared: PreparedExamples, sums: ReadonlyMap<string, TaskSums>): ModelEvaluation {
    const entries = Object.entries(this.#model.tasks).map(([name, task]) => {
      const sum = sums.get(name);
      return [name, evaluationOf(name, task, prepared, sum), sum === undefined ? null : meanLoss(sum)] as const;
    });
    return {
      tasks: Object.fromEntries(entries.map(([name, evaluation]) => [name, evaluation])),
      losses: Object.fromEntries(entries.map(([name, , loss]) => [name, loss])),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#executable.dispose();
  }
}

function startSums(prepared: PreparedExamples, name: string, all: readonly number[]): TaskSums {
  const labels = prepared.tasks.get(name);
  const labelled = labels === undefined ? [] : labelledExamples(labels, all);
  return {
    outputs: [],
    placeOf: new Map(labelled.map((example, place) => [example, place])),
    labelled,
    loss: 0,
    count: 0,
  };
}

const meanLoss = ({ loss, count }: TaskSums): number | null => (count > 0 ? loss / count : null);

function evaluationOf(
  name: string,
  task: Task,
  prepared: PreparedExamples,
  sums: TaskSums | undefined,
): TaskEvaluation {
  const all = prepared.tasks.get(name);
  const rows = sums?.labelled ?? [];
  const labels = all === undefined ? encodeLabels(name, task, []) : labelRows(all, rows);
  const outputs = (sums?.outputs ?? []).flatMap(({ tensor }) => tensor ?? []);
  return evaluateTask(taskOutputsOf(evaluatedOutputs(task, outputs, labels)));
}
