import { readBooks, unaccounted, type Books, type BookSources } from './books';
import { eventually, KEY } from './camp';

/** Only ends what hangs. */
const SETTLES_WITHIN_MS = 180_000;
/** Looks after which books that do not balance while nothing moves never will: the verdict says what is missing. */
const QUIET_LOOKS = 50;

/**
 * Waits until every record has come to rest: outboxes and queue are empty, and every dead letter was replayed.
 *
 * @throws Error with the last books when that does not come to pass
 */
export async function settle(sources: BookSources): Promise<Books> {
  let books: Books | undefined;
  let problem: unknown;
  let quiet = 0;
  const atRest = async (): Promise<boolean> => {
    try {
      books = await readBooks(sources);
      if (books.inOutboxes + books.inQueue > 0) {
        quiet = 0;
        return false;
      }
      if (books.deadLettersLeft > 0) await replay(sources.logIngest);
      quiet = books.deadLettersLeft === 0 ? quiet + 1 : 0;
      // Counts of different processes are read one after the other: only when nothing moves do they fit together.
      return quiet > 0 && (unaccounted(books) === 0 || quiet > QUIET_LOOKS);
    } catch (error) {
      problem = error;
      return false;
    }
  };
  try {
    await eventually('records do not come to rest', SETTLES_WITHIN_MS, atRest);
  } catch (error) {
    const last = books === undefined ? String(problem) : `${unaccounted(books)} unaccounted for`;
    throw new Error(`${(error as Error).message}; ${last}: ${JSON.stringify(books)}`, { cause: error });
  }
  if (books === undefined) throw new Error('there are no books');
  return books;
}

async function replay(logIngest: string): Promise<void> {
  const answer = await fetch(`${logIngest}/v1/logs/replay`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: '{}',
    signal: AbortSignal.timeout(SETTLES_WITHIN_MS),
  });
  if (!answer.ok) throw new Error(`the replay answered with status ${answer.status}: ${await answer.text()}`);
  await answer.body?.cancel();
}
