// Messages to a shop, each with a topic and a sentiment: openings that give the topic, endings that give the sentiment.
// Every fifth pair is held out, so what is tested was never seen as a whole, though each half was.

export const TASKS = {
  topic: ['billing', 'delivery', 'account'],
  sentiment: ['negative', 'neutral', 'positive'],
} as const;

export interface Message {
  readonly text: string;
  /** Index into `TASKS.topic` and `TASKS.sentiment`. */
  readonly topic: number;
  readonly sentiment: number;
}

const OPENINGS: readonly (readonly string[])[] = [
  ['the invoice for march arrived', 'my card was charged', 'about the refund of my order', 'the receipt shows the tax'],
  ['the parcel came on monday', 'the courier called me', 'about the shipping to my office', 'the box was delivered'],
  ['my password was reset', 'i signed in with my new phone', 'about the email of my profile', 'the login page changed'],
];

const ENDINGS: readonly (readonly string[])[] = [
  ['and i am very angry', 'which is a terrible mess', 'and nobody helps me', 'what a disappointing service'],
  ['and i have a question', 'please tell me the details', 'as you wrote', 'on the usual day'],
  ['and i am so happy', 'thank you it works great', 'and everybody was kind', 'what a wonderful service'],
];

const HELD_OUT_EVERY = 5;

function allMessages(): readonly Message[] {
  return OPENINGS.flatMap((openings, topic) =>
    openings.flatMap((opening) =>
      ENDINGS.flatMap((endings, sentiment) =>
        endings.map((ending) => ({ text: `${opening} ${ending}`, topic, sentiment })),
      ),
    ),
  );
}

/** The messages to train on, and those to test on. */
export function supportMessages(): { readonly train: readonly Message[]; readonly test: readonly Message[] } {
  const messages = allMessages();
  const heldOut = (index: number): boolean => index % HELD_OUT_EVERY === HELD_OUT_EVERY - 1;
  return {
    train: messages.filter((_, index) => !heldOut(index)),
    test: messages.filter((_, index) => heldOut(index)),
  };
}
