import type { MaskedEndpoint } from '../positions/masked-endpoint';
import { emptyGrants, optionsFor } from './restore.fixture';
import { restoreChunks, type Json } from './streams.fixture';

const grants = emptyGrants();

/** What the options of these replies grant. */
export const options = optionsFor(grants);

/** A value that is escaped wherever it stands in JSON. */
export const AWKWARD = 'p"w\\ \n값🚀';
export const MAIL = grants.tokenFor('email', 'alice@example.com');
export const ODD = grants.tokenFor('email', AWKWARD);
const FOREIGN = emptyGrants('x').tokenFor('email', 'alice@example.com');

/** Tokens between other characters, one of another tenant, and what may become one. */
export const TEXT = `값 ${MAIL}, ${ODD}🚀 ${FOREIGN} MSK`;
export const CLEAR_TEXT = TEXT.replace(MAIL, 'alice@example.com').replace(ODD, AWKWARD);
/** Arguments of a tool: names, values, numbers, escapes and JSON in a string. */
const argumentsOf = (values: { mail: string; odd: string }): string =>
  `{"to":"${values.mail}","${values.mail}":12345678901234567890,"body":[${JSON.stringify(values.odd)},"\\uac12",` +
  `${JSON.stringify(JSON.stringify({ deep: values.odd }))}]}`;
export const MASKED_ARGS = argumentsOf({ mail: MAIL, odd: ODD });
export const CLEAR_ARGS = argumentsOf({ mail: 'alice@example.com', odd: AWKWARD });

/** Restores a stream that arrives in given chunks. */
export function run(endpoint: MaskedEndpoint, chunks: readonly Uint8Array[]): Buffer {
  return restoreChunks(endpoint, options, chunks).bytes;
}

/** Joins every string of every delta of one block or choice. */
export function joinDeltas(
  deltas: readonly Json[],
  into: Record<string, string> = {},
  path = '',
): Record<string, string> {
  for (const delta of deltas) {
    for (const [name, value] of Object.entries(delta)) {
      if (['type', 'id', 'name', 'role'].includes(name)) continue;
      if (typeof value === 'string') into[path + name] = (into[path + name] ?? '') + value;
      else if (Array.isArray(value))
        for (const item of value as Json[]) joinDeltas([item], into, `${path}${String(item['index'])}.`);
      else if (typeof value === 'object' && value !== null) joinDeltas([value as Json], into, path);
    }
  }
  return into;
}

/** Longer than most events, and prime, so that the splits of one run fall at other places of each event. */
const SPLIT_DISTANCE = 211;

/** Cuts that together split a stream at each of its bytes, many bytes in one run. */
export function splits(stream: Buffer): { readonly at: number; readonly chunks: Buffer[] }[] {
  return Array.from({ length: Math.min(SPLIT_DISTANCE, stream.length) }, (_, at) => {
    const chunks = [stream.subarray(0, at)];
    for (let from = at; from < stream.length; from += SPLIT_DISTANCE) {
      chunks.push(stream.subarray(from, from + SPLIT_DISTANCE));
    }
    return { at, chunks };
  });
}
