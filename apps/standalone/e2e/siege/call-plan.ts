import type { SeededRandom } from './seeded-random';

export type CallKind = 'chat' | 'messages' | 'responses';

/** One call, as it is decided before it is made. */
export interface CallPlan {
  /** In the prompt and in the reply of this call and of no other. */
  readonly marker: string;
  readonly kind: CallKind;
  readonly streamed: boolean;
  readonly promptLength: number;
  readonly replyLength: number;
  /** Pieces of the reply after which the client leaves; undefined: it stays. */
  readonly leavesAfter: number | undefined;
}

const KINDS: readonly CallKind[] = ['chat', 'messages', 'responses'];
const FILLER = 'the quick brown fox jumps over the lazy dog and runs on ';

/** One call in eight is too large for the queue by its prompt or by its reply. */
export function planCall(marker: string, random: SeededRandom): CallPlan {
  const large = random.happens(0.125) ? random.pick(['prompt', 'reply'] as const) : undefined;
  const length = (isLarge: boolean): number => (isLarge ? random.between(20_000, 80_000) : random.between(60, 2_000));
  return {
    marker,
    kind: random.pick(KINDS),
    streamed: random.happens(0.5),
    promptLength: length(large === 'prompt'),
    replyLength: length(large === 'reply'),
    leavesAfter: random.happens(0.06) ? random.between(0, 3) : undefined,
  };
}

/** What is asked: the marker and the length of the reply, then filler. */
export function promptOf({ marker, promptLength, replyLength }: CallPlan): string {
  return filled(`${marker} ${replyLength} `, promptLength);
}

/** What a faithful upstream answers. */
export function replyTo({ marker, replyLength }: Pick<CallPlan, 'marker' | 'replyLength'>): string {
  return `${filled(`reply to ${marker}: `, replyLength)} end of ${marker}`;
}

/** The other way round: what a prompt asks for. */
export function askedIn(prompt: string): Pick<CallPlan, 'marker' | 'replyLength'> {
  const [marker = '', length = ''] = prompt.split(' ', 2);
  return { marker, replyLength: Number(length) };
}

function filled(beginning: string, length: number): string {
  return beginning + FILLER.repeat(Math.ceil(length / FILLER.length)).slice(0, Math.max(0, length - beginning.length));
}
