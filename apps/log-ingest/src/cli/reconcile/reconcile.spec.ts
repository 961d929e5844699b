import { createHash } from 'node:crypto';
import type { FoundRecord, LedgerEntry } from '@sallyport/logging';
import type { z } from 'zod';
import { reconcile } from './reconcile';
import type { Report } from './report';

const DAY = '2026-11-21';
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

const toAnswer = ({ callId, ...entry }: LedgerEntry) => ({ call_id: callId, ...entry });

/** Records that move from place to place while they are looked for. */
class MovingDay {
  ledger: LedgerEntry[] = [];
  /** Gateways that all tell of the same ledger. */
  gateways = 1;
  complete = true;
  queue: string[] = [];
  dead: string[] = [];
  /** Names of files and their content. */
  files = new Map<string, string>();
  reads = 0;
  /** Called before each reading of a place, by its name and how often it was read before. */
  before: (place: string, looks: number) => void = () => undefined;
  private readonly looks = new Map<string, number>();

  accept(name: string, callId: string, content = callId): void {
    this.ledger.push({ name, callId, sha256: sha(content), waiting: false });
  }

  run(content = false): Promise<Report> {
    const api = {
      get: <T extends z.ZodType>(path: string, _query: object, schema: T) => {
        this.look(path.split('/').at(-1) ?? '');
        return Promise.resolve(schema.parse(this.answer(path)));
      },
    };
    const store = { list: () => this.list() };
    return reconcile(
      { date: DAY, content, gateways: Array<typeof api>(this.gateways).fill(api), logIngest: api, store },
      1,
    );
  }

  private answer(path: string): unknown {
    const named = (name: string) => ({ name, call_id: `c-${name}`, date: DAY, id: 'd', reason: 'no', at: DAY });
    if (path.endsWith('accepted')) return { entries: this.ledger.map(toAnswer), next: null, complete: this.complete };
    if (path.endsWith('queued')) return { batches: [{ records: this.queue.map(named) }], next: null };
    return { total: this.dead.length, dead_letters: this.dead.map(named), next: null };
  }

  private async *list(): AsyncIterable<FoundRecord> {
    this.look('files');
    for (const [name, content] of this.files) {
      const sha256 = (): Promise<string> => {
        this.reads += 1;
        return Promise.resolve(sha(content));
      };
      yield await Promise.resolve({ path: `${DAY}/${name}.json`, name, sha256 });
    }
  }

  private look(place: string): void {
    const looks = this.looks.get(place) ?? 0;
    this.looks.set(place, looks + 1);
    this.before(place, looks);
  }
}

describe(reconcile.name, () => {
  let day: MovingDay;
  beforeEach(() => (day = new MovingDay()));

  it('meets a record that moves on while it looks', async () => {
    day.accept('n', 'c-n');
    day.before = (place, looks) => {
      if (place === 'queued' && looks === 0) day.queue = ['n'];
      if (place === 'files') day.files.set('n', 'c-n');
    };
    await expect(day.run()).resolves.toMatchObject({ in_place: 1, missing: [] });
  });

  it('says when not all of the day is remembered', async () => {
    await expect(day.run()).resolves.toMatchObject({ complete: true });
    day.complete = false;
    await expect(day.run()).resolves.toMatchObject({ complete: false });
  });

  it('says so also when only the first of several gateways has forgotten', async () => {
    day.gateways = 2;
    day.before = (place, looks) => {
      if (place === 'accepted') day.complete = looks > 0;
    };
    await expect(day.run()).resolves.toMatchObject({ complete: false });
  });

  it('counts how many records of one name are still missing when it looks again', async () => {
    day.accept('n', 'c1');
    day.accept('n', 'c2');
    day.before = (place, looks) => {
      if (place === 'files' && looks === 1) day.files.set('n', 'c1');
    };
    const { missing } = await day.run();
    expect(missing).toHaveLength(1);
  });

  it('looks again before it calls a record missing, and a file unknown', async () => {
    day.accept('n', 'c-n');
    day.before = (place, looks) => {
      if (place !== 'accepted' || looks === 0) return;
      day.files.set('n', 'c-n');
      day.accept('new', 'c-new');
    };
    day.files.set('new', 'c-new');
    await expect(day.run()).resolves.toMatchObject({ accepted: 2, in_place: 2, missing: [], unknown: [] });
  });

  it('does not tell of what only the second look finds', async () => {
    day.accept('n', 'c-n');
    day.before = (place, looks) => {
      if (place === 'files' && looks === 1) day.files.set('newer', 'c-newer');
    };
    await expect(day.run()).resolves.toMatchObject({ missing: [{ name: 'n', call_id: 'c-n' }], unknown: [] });
  });

  it('tells which of several records with one name is missing, by the content', async () => {
    day.accept('n', 'c1');
    day.accept('n', 'c2');
    day.files.set('n', 'c2');
    await expect(day.run(true)).resolves.toMatchObject({ missing: [{ name: 'n', call_id: 'c1' }], different: [] });
  });

  it('reads the content of each file once, and only when it is asked to', async () => {
    day.accept('n', 'c-n', 'other');
    day.files.set('n', 'c-n');
    day.files.set('unknown', '');
    await expect(day.run()).resolves.toMatchObject({ different: [], unknown: [{ file: 'unknown.json' }] });
    expect(day.reads).toBe(0);
    const report = await day.run(true);
    expect(report.different).toEqual([{ file: 'n.json', name: 'n', call_id: 'c-n' }]);
    expect(day.reads).toBe(2);
  });

  it('finds dead letters', async () => {
    day.accept('n', 'c-n');
    day.dead = ['n'];
    await expect(day.run()).resolves.toMatchObject({ dead_letters: [{ name: 'n', call_id: 'c-n' }], missing: [] });
  });
});
