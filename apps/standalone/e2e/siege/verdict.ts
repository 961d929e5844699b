import type { Books } from './books';
import { unaccounted } from './books';
import { textOf } from './call-forms';
import { promptOf, replyTo } from './call-plan';
import type { MadeCall } from './caller';
import type { WrittenRecord } from './written-records';

/** What was found after a siege. */
export interface Findings {
  readonly calls: readonly MadeCall[];
  readonly records: readonly WrittenRecord[];
  /** Files that are not whole. */
  readonly broken: readonly string[];
  readonly books: Books;
}

/** Everything that is not as it was promised; nothing when the promise held. */
export function faultsIn({ calls, records, broken, books }: Findings): string[] {
  const byCall = Map.groupBy(records, ({ record }) => record.litellm_call_id ?? '');
  return [
    ...broken,
    ...calls.filter(({ fate }) => fate === 'wrong' || fate === 'hung').map(told),
    ...calls.filter(({ fate }) => fate === 'complete').flatMap((call) => missingOrWrong(call, byCall)),
    ...[...byCall].filter(([, found]) => found.length > 1).map(([id, found]) => `twice: ${id} in ${paths(found)}`),
    ...booksFaults(books, records.length),
  ];
}

function missingOrWrong(call: MadeCall, byCall: ReadonlyMap<string, readonly WrittenRecord[]>): string[] {
  if (call.callId === undefined) return [`without a call id: ${told(call)}`];
  const [found] = byCall.get(call.callId) ?? [];
  if (found === undefined) return [`LOST: ${told(call)}`];
  const { plan } = call;
  const wrong = [
    found.record.status === 'success' ? '' : `status ${found.record.status}`,
    JSON.stringify(found.record.messages ?? null).includes(promptOf(plan)) ? '' : 'another prompt',
    responseText(call, found) === replyTo(plan) ? '' : 'another reply',
  ].filter((what) => what !== '');
  return wrong.length === 0 ? [] : [`wrong content (${wrong.join(', ')}) in ${found.path}: ${told(call)}`];
}

function responseText({ plan }: MadeCall, { record }: WrittenRecord): string {
  try {
    return textOf(plan.kind, record.response);
  } catch {
    return '';
  }
}

function booksFaults(books: Books, files: number): string[] {
  const checks: [string, number][] = [
    ['records that the books cannot account for', unaccounted(books)],
    ['records in outboxes', books.inOutboxes],
    ['records in the queue', books.inQueue],
    ['dead letters left', books.deadLettersLeft],
    ['records that were shed although none may be', books.shed],
    ['jobs given up', books.failedJobs],
    // A worker may die between a dead letter and its note, and the record be written after all: the letter is replayed
    // without having been counted, and its record counted as written once more.
    ['records more in the books than on disk', books.written + books.deadLettered - books.replayed - files],
  ];
  return checks.filter(([, count]) => count !== 0).map(([what, count]) => `${count} ${what}: ${JSON.stringify(books)}`);
}

/** A call as a person reads of it. */
export function told({ plan, callId, gateway, endedAt, fate, status }: MadeCall): string {
  const { marker, kind, streamed, promptLength, replyLength } = plan;
  const form = `${streamed ? 'streamed' : 'plain'} ${kind} of ${promptLength} and ${replyLength} characters`;
  const seen = `${fate}${status === undefined ? '' : ` with ${status}`}`;
  return `${callId ?? 'no call id'} ${marker} (${form}), ${seen}, by ${gateway} at ${new Date(endedAt).toISOString()}`;
}

function paths(found: readonly WrittenRecord[]): string {
  return found.map(({ path }) => path).join(' and ');
}
