/** Where the model comes from and what was changed; model/MODEL_CARD.md is its authors' own account. */
export const minilmOrigin: {
  /** On the Hugging Face hub. */
  readonly id: string;
  readonly authors: string;
  readonly license: string;
  /** Of the published model.safetensors, in float32. */
  readonly weightsSha256: string;
  readonly changes: string;
} = {
  id: 'sentence-transformers/all-MiniLM-L6-v2',
  authors: 'the sentence-transformers project',
  license: 'Apache-2.0',
  weightsSha256: '53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db',
  changes:
    'matrices rounded to int8 with a float scale for each row; the pooler, which sentence embeddings do not use, left out',
};
