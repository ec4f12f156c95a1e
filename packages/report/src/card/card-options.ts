/** What of a model card nobody can know but the person who publishes the model. */
export interface CardOptions {
  /** Of the model; the names of its tasks, unless given. */
  readonly name?: string | undefined;
  /** An identifier of the Hub, such as `apache-2.0`: https://huggingface.co/docs/hub/repositories-licenses */
  readonly license?: string | undefined;
  /** ISO 639 codes, such as `en`. */
  readonly languages?: readonly string[] | undefined;
  /** Data sets of the Hub that it was trained on, such as `clinc_oos`. */
  readonly datasets?: readonly string[] | undefined;
}
