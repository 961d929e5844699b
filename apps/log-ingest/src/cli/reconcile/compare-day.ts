import type { RecordStore } from '@sallyport/logging';
import { deadLetterPageSchema, ledgerPageSchema, queuedPageSchema } from '../answers.schema';
import type { OperatorsApi } from '../operators-api';
import { readPages } from '../read-pages';
import { DayRecords, shortDigest, type AcceptedRecord, type PlacedFile } from './day-records';
import { readAhead } from './read-ahead';
import type { Report } from './report';

const LEDGER_PAGE = 1_000;
const QUEUE_PAGE = 20;
const DEAD_LETTER_PAGE = 100;
/** Files that are read at the same time. */
const READ_AT_ONCE = 8;

/** What is compared. */
export interface DaySources {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Whether the content is read. */
  readonly content: boolean;
  readonly gateways: readonly Pick<OperatorsApi, 'get'>[];
  readonly logIngest: Pick<OperatorsApi, 'get'>;
  readonly store: Pick<RecordStore, 'list'>;
}

/**
 * Compares a day once. The places are read in the order in which records pass through them, so that one that moves
 * meanwhile is met further on.
 *
 * @throws CommandError or SallyportError when one of the places cannot be read
 */
export async function compareDay(sources: DaySources): Promise<Report> {
  const { date, logIngest } = sources;
  const { records, complete } = await readAccepted(sources);
  const queued = await readQueued(date, logIngest);
  const dead = await readDeadLetters(date, logIngest);
  const { twice, unknown } = await placeFiles(records, sources);
  return { date, accepted: records.size, complete, ...judge(records, queued, dead), twice, unknown };
}

async function readAccepted({ date, gateways }: DaySources): Promise<{ records: DayRecords; complete: boolean }> {
  const records = new DayRecords();
  let complete = true;
  for (const gateway of gateways) {
    const pages = readPages('', (after: string) => {
      const query = { date, limit: LEDGER_PAGE, ...(after !== '' && { after }) };
      return gateway.get('/v1/logs/accepted', query, ledgerPageSchema);
    });
    for await (const page of pages) {
      for (const { call_id: callId, ...entry } of page.entries) records.add({ callId, ...entry });
      complete &&= page.complete;
    }
  }
  return { records, complete };
}

async function readQueued(day: string, logIngest: DaySources['logIngest']): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const pages = readPages(0, (start: number) =>
    logIngest.get('/v1/logs/queued', { start, count: QUEUE_PAGE }, queuedPageSchema),
  );
  for await (const { batches } of pages) {
    for (const { date, name, call_id: callId } of batches.flatMap(({ records }) => records)) {
      if (date === day) found.add(keyOf(name, callId));
    }
  }
  return found;
}

async function readDeadLetters(day: string, logIngest: DaySources['logIngest']): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const pages = readPages(0, (start: number) =>
    logIngest.get('/v1/logs/dead-letters', { start, count: DEAD_LETTER_PAGE }, deadLetterPageSchema),
  );
  for await (const { dead_letters: letters } of pages) {
    for (const { date, name, call_id: callId } of letters) if (date === day) found.add(keyOf(name, callId));
  }
  return found;
}

async function placeFiles(
  records: DayRecords,
  { date, content, store }: DaySources,
): Promise<Pick<Report, 'twice' | 'unknown'>> {
  const report: { twice: { file: string }[]; unknown: { file: string }[] } = { twice: [], unknown: [] };
  const place = (file: PlacedFile): void => {
    const outcome = records.place(file);
    if (outcome !== 'placed') report[outcome].push({ file: `${file.name}.json` });
  };
  const files = readAhead(store.list(date), READ_AT_ONCE, async (found): Promise<PlacedFile> => {
    return { name: found.name, digest: content ? shortDigest(await found.sha256()) : undefined };
  });
  const shared: PlacedFile[] = [];
  for await (const file of files) {
    if (records.isShared(file.name)) shared.push(file);
    else place(file);
  }
  for (const file of shared) place(file);
  return report;
}

type Judged = Omit<Report, 'date' | 'accepted' | 'complete' | 'twice' | 'unknown'>;

function judge(records: DayRecords, queued: ReadonlySet<string>, dead: ReadonlySet<string>): Judged {
  const report = {
    in_place: 0,
    waiting: [] as Judged['waiting'][number][],
    dead_letters: [] as Judged['dead_letters'][number][],
    missing: [] as Judged['missing'][number][],
    different: [] as Judged['different'][number][],
  };
  for (const record of records) {
    const { file, digest } = record;
    const named = { name: record.name, call_id: record.callId };
    if (file !== undefined) {
      report.in_place += 1;
      if (file.digest !== undefined && file.digest !== digest) {
        report.different.push({ file: `${file.name}.json`, ...named });
      }
      continue;
    }
    const where = whereWaiting(record, queued);
    if (where !== undefined) report.waiting.push({ ...named, where });
    else if (dead.has(keyOf(record.name, record.callId))) report.dead_letters.push(named);
    else report.missing.push(named);
  }
  return report;
}

function whereWaiting(record: AcceptedRecord, queued: ReadonlySet<string>): 'outbox' | 'queue' | undefined {
  if (queued.has(keyOf(record.name, record.callId))) return 'queue';
  return record.waiting ? 'outbox' : undefined;
}

/** Neither part holds a slash. */
function keyOf(name: string, callId: string): string {
  return `${name}/${callId}`;
}
