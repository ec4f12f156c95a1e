/** What to do next with a model, as command lines from the root of the repository. */
export function nextCommands(model: string, text: string): readonly (readonly string[])[] {
  return [
    ['predict', '--model', model, text, '--top', '3'],
    ['evaluate', model, 'examples/clinc150/test.jsonl'],
    ['inspect', model],
  ];
}
