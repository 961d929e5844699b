import { SallyportError } from '@sallyport/dialects';
import fc from 'fast-check';
import type { LogEntry, StoredEntry } from '../../entry/log-entry';
import { entryOf, referenceTo } from '../conformance/test-entries.fixture';
import { BatchWriter } from './batch-writer';
import { away, jobOf, Ledgers, MemoryFile, MemoryQueue, MemoryStore, type Step } from './pipeline-doubles.fixture';

type Fate = 'goes on' | 'fails' | 'is killed';
type Kind = 'plain' | 'twin' | 'poison' | 'there' | 'gone' | 'fickle';

const poison = new SallyportError('upstream_failed', 'status 422');
const fates = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constant<Fate>('goes on') },
    { weight: 2, arbitrary: fc.constant<Fate>('fails') },
    { weight: 1, arbitrary: fc.constant<Fate>('is killed') },
  ),
  { maxLength: 60 },
);
const kinds = fc.array(fc.constantFrom<Kind>('plain', 'twin', 'poison', 'there', 'gone', 'fickle'), {
  minLength: 1,
  maxLength: 8,
});

/** Whether a place that changes its mind refuses a record that it does not have, each time that it is asked. */
const moods = fc.array(fc.boolean(), { maxLength: 20 });

/**
 * Follows a script at every step: the step fails, or the process dies there, so that nothing behind it ever happens.
 * At the end of the script all goes well.
 */
class Fortune {
  private readonly script: Fate[];
  private die: () => void = () => undefined;
  private dead = false;

  constructor(script: readonly Fate[]) {
    this.script = [...script];
  }

  readonly step: Step = async () => {
    await Promise.resolve();
    if (this.dead) return new Promise(() => undefined);
    const fate = this.script.shift() ?? 'goes on';
    if (fate === 'goes on') return;
    if (fate === 'fails') throw away;
    this.dead = true;
    this.die();
    return new Promise(() => undefined);
  };

  /** @returns whether the try succeeded; false also when the process died in it */
  async live(attempt: () => Promise<void>): Promise<boolean> {
    this.dead = false;
    const death = new Promise<boolean>((resolve) => (this.die = () => resolve(false)));
    return Promise.race([death, attempt().then(() => true)]).catch((error: unknown) => {
      if (error instanceof SallyportError && error.retryable) return false;
      throw error;
    });
  }
}

function entryFor(kind: Kind, index: number, store: MemoryStore): LogEntry | StoredEntry {
  const entry = entryOf(kind === 'twin' ? 'twin' : `${kind}-${index}`, `call-${index}`);
  if (kind === 'there') store.records.set(entry.name, entry.json);
  return kind === 'there' || kind === 'gone' ? referenceTo(entry, { outcome: 'written', path: entry.name }) : entry;
}

describe('A batch whose steps fail or end with their process', () => {
  it('has each record in its place or among the dead letters, once, and the books say how many', async () => {
    await fc.assert(
      fc.asyncProperty(kinds, fates, moods, async (batch, script, mood) => {
        const fortune = new Fortune(script);
        const store = new MemoryStore(fortune.step);
        const changes = mood.values();
        const isRefused = (name: string): boolean =>
          name.startsWith('poison') ||
          (name.startsWith('fickle') && !store.records.has(name) && changes.next().value === true);
        store.refuse = ({ name }) => (isRefused(name) ? poison : undefined);
        const [deadLetters, books] = [new MemoryQueue(fortune.step), new Ledgers(fortune.step)];
        const file = new MemoryFile(fortune.step);
        const entries = batch.map((kind, index) => entryFor(kind, index, store));
        const job = jobOf('b-1', entries, fortune.step);
        const attempt = (): Promise<void> => new BatchWriter(store, deadLetters, books, file.asFile()).write(job);
        while (!(await fortune.live(attempt)));
        // The queue may give a job out again that was done, as it does after a killed worker.
        while (!(await fortune.live(attempt)));

        const inPlace = new Set(store.records.values());
        const isLost = (entry: LogEntry | StoredEntry): boolean =>
          /^(poison|gone)/.test(entry.name) ||
          (entry.name.startsWith('fickle') && 'json' in entry && !inPlace.has(entry.json));
        const lost = entries.filter(isLost);
        const tally = { written: entries.length - lost.length, deadLettered: lost.length };
        expect([...books.settled]).toEqual([['b-1', tally]]);
        const texts = entries.flatMap((entry) => ('json' in entry ? entry.json : []));
        const stored = [...store.records.values()].filter((text) => texts.includes(text));
        const wanted = entries.filter((entry) => !isLost(entry));
        expect(stored.sort()).toEqual(wanted.flatMap((entry) => ('json' in entry ? entry.json : [])).sort());
        const aside = lost.map(({ callId }) => callId);
        const letters = [...deadLetters.jobs.values()];
        expect(letters.map(({ entry }) => entry.callId).sort()).toEqual(aside.sort());
        expect(letters.filter(({ entry }) => 'givenUp' in entry)).toEqual([]);
        expect(new Set(file.letters.map(({ entry }) => entry.callId))).toEqual(new Set(aside));
      }),
      { numRuns: 2_000 },
    );
  });
});
