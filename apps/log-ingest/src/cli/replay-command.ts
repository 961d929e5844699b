import { deadLetterPageSchema, replayAnswerSchema } from './answers.schema';
import type { DeadLettersCommand, ReplayCommand } from './command-line';
import type { OperatorsApi } from './operators-api';
import { readPages } from './read-pages';

/** Records of one call: few enough that it is answered well in time. */
const PART = 1_000;
const PAGE = 100;

/** Puts dead letters and batches that were set aside back into the queue, and says how many. */
export async function replay(
  { limit, file }: ReplayCommand,
  api: OperatorsApi,
  print: (line: string) => void,
): Promise<void> {
  const { replayed, retried, left } =
    file === undefined ? await fromQueue(limit, api) : await fromFile(file, limit, api);
  print(`${lettersOf(replayed)} and ${batchesOf(retried)} went back to the queue.`);
  if (replayed > 0) print('What its place still does not take becomes a dead letter again.');
  print(`Kept now: ${lettersOf(left)}${left > 0 ? '; `npm run logs -- dead-letters` lists them' : ''}.`);
}

function lettersOf(count: number): string {
  return count === 1 ? '1 dead letter' : `${count} dead letters`;
}

function batchesOf(count: number): string {
  return count === 1 ? '1 batch that was set aside' : `${count} batches that were set aside`;
}

interface Outcome {
  readonly replayed: number;
  readonly retried: number;
  readonly left: number;
}

/** Not more than there are at the start: what is given up again comes back, and would be replayed without end. */
async function fromQueue(limit: number, api: OperatorsApi): Promise<Outcome> {
  const { total } = await api.get('/v1/logs/dead-letters', { count: 1 }, deadLetterPageSchema);
  const outcome = { replayed: 0, retried: 0, left: total };
  // Batches that were set aside are retried too, so it is asked once even without dead letters.
  for (let going = true; going;) {
    const part = Math.min(PART, limit - outcome.replayed);
    const answer = await api.post('/v1/logs/replay', { limit: part }, replayAnswerSchema);
    outcome.replayed += answer.replayed;
    outcome.retried += answer.retried_batches;
    outcome.left = answer.dead_letters;
    going = answer.replayed > 0 && outcome.replayed < Math.min(limit, total);
  }
  return outcome;
}

async function fromFile(file: string, limit: number, api: OperatorsApi): Promise<Outcome> {
  const outcome = { replayed: 0, retried: 0, left: 0 };
  const parts = readPages(0, (start: number) => {
    const part = Math.min(PART, limit - outcome.replayed);
    return api.post('/v1/logs/replay', { file, start, limit: part }, replayAnswerSchema);
  });
  for await (const answer of parts) {
    outcome.replayed += answer.replayed;
    outcome.left = answer.dead_letters;
    if (outcome.replayed >= limit) break;
  }
  return outcome;
}

/** Lists dead letters with the reasons. */
export async function listDeadLetters(
  { json }: DeadLettersCommand,
  api: OperatorsApi,
  print: (line: string) => void,
): Promise<void> {
  let total = 0;
  const pages = readPages(0, (start: number) =>
    api.get('/v1/logs/dead-letters', { start, count: PAGE }, deadLetterPageSchema),
  );
  for await (const page of pages) {
    total = page.total;
    for (const letter of page.dead_letters) {
      const { date, name, call_id: callId, at, reason } = letter;
      print(json ? JSON.stringify(letter) : `${at}  ${date}/${name} (call ${callId}): ${reason}`);
    }
  }
  if (!json) print(`${lettersOf(total)}${total > 0 ? '; `npm run logs -- replay` tries them again' : ''}.`);
}
