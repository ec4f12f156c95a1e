// A command is data and one function: its help, its parser and the types of what it is given all come from the data,
// so that a new command is one file and a line in commands.ts.
import type { CommandContext } from './command-context.ts';

/** An option as it stands on the command line; the name `batchSize` reads `--batch-size` there. */
export type OptionSpec =
  /** `--resume`: off, unless it is there. */
  | { readonly kind: 'flag'; readonly help: string }
  /** `--normalize` or `--no-normalize`: undefined where neither is there. */
  | { readonly kind: 'switch'; readonly help: string; readonly negatedHelp: string }
  | { readonly kind: 'text'; readonly value: string; readonly help: string; readonly default?: string }
  /** May be given several times. */
  | { readonly kind: 'list'; readonly value: string; readonly help: string }
  /** Any finite number. */
  | { readonly kind: 'number'; readonly value: string; readonly help: string; readonly default?: number }
  /** A whole number above 0, or none: `--token-budget 4096` or `--no-token-budget`. */
  | { readonly kind: 'limit'; readonly value: string; readonly help: string; readonly negatedHelp: string }
  /** A whole number above 0. */
  | { readonly kind: 'count'; readonly value: string; readonly help: string; readonly default?: number }
  | {
      readonly kind: 'choice';
      readonly value: string;
      readonly choices: readonly string[];
      readonly help: string;
      readonly default?: string;
    };

/** Words without a name: one, or with `atLeast` that many and any number more. */
export interface PositionalSpec {
  readonly help: string;
  readonly atLeast?: number;
}

type Absent<Spec> = Spec extends { default: unknown } ? never : undefined;

interface ValuesByKind<Spec> {
  readonly flag: boolean;
  readonly switch: boolean | undefined;
  readonly text: string | Absent<Spec>;
  readonly count: number | Absent<Spec>;
  readonly list: readonly string[] | undefined;
  readonly number: number | Absent<Spec>;
  /** False where there is to be none. */
  readonly limit: number | false | undefined;
  readonly choice: (Spec extends { choices: readonly (infer Choice)[] } ? Choice : never) | Absent<Spec>;
}

export type Options = Readonly<Record<string, OptionSpec>>;
export type Positionals = Readonly<Record<string, PositionalSpec>>;

/** What `run` is given: the values of positionals and options by their names. */
export type CommandValues<P extends Positionals, O extends Options> = {
  readonly [Name in keyof P]: P[Name] extends { atLeast: number } ? readonly string[] : string;
} & {
  readonly [Name in keyof O]: ValuesByKind<O[Name]>[O[Name]['kind']];
};

export interface CommandDefinition<P extends Positionals, O extends Options> {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What its own help says below the summary. */
  readonly details?: string;
  readonly positionals: P;
  readonly options: O;
  /** Lines to copy, and what they do. */
  readonly examples: readonly (readonly [line: string, does: string])[];
  run(values: CommandValues<P, O>, context: CommandContext): Promise<void>;
}

/** A command of which only the specification says what its values are. */
export type Command = CommandDefinition<Positionals, Options>;

/** Infers what `run` is given from the options and positionals. */
export function defineCommand<const P extends Positionals, const O extends Options>(
  definition: CommandDefinition<P, O>,
): Command {
  // The parser gives `run` the values of exactly these specifications.
  return definition as unknown as Command;
}
