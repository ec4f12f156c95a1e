import { classification } from '@sentence-mtl/heads';
import type { ClassificationTasks, LabelledTexts } from './labelled-texts.ts';

const TASKS: ClassificationTasks = {
  topic: classification(['technology', 'sport', 'food'], {
    descriptions: {
      technology: 'devices, software, science',
      sport: 'games, teams, training',
      food: 'cooking, eating, restaurants',
    },
  }),
  sentiment: classification(['negative', 'neutral', 'positive'], {
    descriptions: {
      negative: 'the writer is displeased',
      neutral: 'no feeling is shown',
      positive: 'the writer is pleased',
    },
  }),
};

/** Five sentences whose labels are made up for the demonstration. */
const SENTENCES: readonly (readonly [text: string, topic: string, sentiment: string])[] = [
  ['The new phone charges in twenty minutes, and I love it.', 'technology', 'positive'],
  ['The match begins at eight in the evening.', 'sport', 'neutral'],
  ['The soup was cold and the waiter was rude.', 'food', 'negative'],
  ['After the update the screen stays black, what a mess.', 'technology', 'negative'],
  ['We won in the last minute, what a wonderful game!', 'sport', 'positive'],
];

/** What is trained on where no data is given: as in a demonstration, the same sentences are trained and looked at. */
export function sampleSentences(): LabelledTexts {
  const examples = SENTENCES.map(([text, topic, sentiment], row) => {
    return { texts: [text], labels: { topic, sentiment }, place: `sentence ${row + 1}` };
  });
  return { tasks: TASKS, training: examples, validation: examples };
}
