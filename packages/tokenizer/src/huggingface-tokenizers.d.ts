// The parts of the library that are used here. Its own declarations import without file endings, which TypeScript's
// `nodenext` does not resolve; tsconfig.json puts these in their place.

type Json = Readonly<Record<string, unknown>>;

declare abstract class Model {
  readonly tokens_to_ids: Map<string, number>;
  readonly unk_token_id: number | undefined;
  encode(words: readonly string[]): string[];
}
export declare class WordPiece extends Model {
  constructor(config: Json);
}
export declare class BPE extends Model {
  constructor(config: Json);
}

declare abstract class Normalizer {
  normalize(text: string): string;
}
export declare class ReplaceNormalizer extends Normalizer {
  constructor(config: Json);
}

declare abstract class PreTokenizer {
  pre_tokenize_text(text: string): string[];
}
export declare class SplitPreTokenizer extends PreTokenizer {
  constructor(config: Json);
}
export declare class PunctuationPreTokenizer extends PreTokenizer {
  constructor(config: Json);
}
export declare class DigitsPreTokenizer extends PreTokenizer {
  constructor(config: Json);
}
export declare class WhitespacePreTokenizer extends PreTokenizer {}
