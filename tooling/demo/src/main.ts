// pnpm demo: trains one encoder with two heads on a hundred short messages, then predicts messages it has not seen.
import { countParameters } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { supportMessages, TASKS } from './support-messages.ts';
import { predictDemo, trainDemo, type Prediction } from './train-demo.ts';
import { vocabularyOf } from './vocabulary.ts';

const EPOCHS = 8;
const SHOWN = 5;

const { train, test } = supportMessages();
const engine = await onnxruntimeEngine({ threads: 1 });
const options = { engine, vocabulary: vocabularyOf(train), epochs: EPOCHS, seed: 42 };

console.log(`One encoder, two heads: topic and sentiment of ${train.length} messages; ${test.length} are held out.`);
const start = performance.now();
const training = await trainDemo(options, train, (epoch, loss) =>
  console.log(`epoch ${epoch + 1} of ${EPOCHS}  loss ${loss.toFixed(4)}`),
);
const seconds = (performance.now() - start) / 1000;
console.log(`${countParameters(training.optimizer.parameters)} parameters trained in ${seconds.toFixed(1)} s\n`);

const predictions = await predictDemo(options, training, test);
const right = (task: keyof typeof TASKS): number =>
  predictions.filter((prediction, index) => prediction[task] === test[index]?.[task]).length;
console.log(
  `held-out accuracy: topic ${right('topic')}/${test.length}, sentiment ${right('sentiment')}/${test.length}\n`,
);

function describe({ topic, sentiment, embedding }: Prediction): string {
  const start = embedding.slice(0, 5).map((value) => value.toFixed(3));
  return `${TASKS.topic[topic]}, ${TASKS.sentiment[sentiment]}  [${start.join(', ')}, …]`;
}

const step = Math.max(1, Math.floor(test.length / SHOWN));
for (const [index, prediction] of predictions.entries()) {
  if (index % step === 0 && index / step < SHOWN) console.log(`${test[index]?.text}\n  → ${describe(prediction)}`);
}
await engine.dispose();
