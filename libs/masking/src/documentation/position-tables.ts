import { POSITIONS } from '../positions/endpoint-positions';
import type { MaskedEndpoint } from '../positions/masked-endpoint';
import type { Action, PositionTable } from '../positions/position-table';
import { markdownTable } from './markdown-table';
import { ANYTHING_ELSE, positionRows } from './position-rows';

const REQUEST_FATES: Readonly<Record<Action, string>> = {
  text: 'masked',
  data: 'masked, names of members too',
  json: 'masked inside its JSON',
  id: 'masked as an id',
  word: 'left while it is a word or number',
  reference: 'left while it looks like an id',
  attribution: 'left while it is the attribution line',
  keep: 'left',
  refuse: 'refused',
};

const RESTORED = 'restored';
const REPLY_FATES: Readonly<Record<Action, string>> = {
  text: RESTORED,
  data: 'restored, names of members too',
  json: 'restored inside its JSON',
  id: RESTORED,
  word: RESTORED,
  reference: RESTORED,
  attribution: RESTORED,
  keep: 'left',
  refuse: 'left',
};

/** Count_tokens has the tables of messages. */
const DOCUMENTED: readonly MaskedEndpoint[] = [
  'anthropic-messages',
  'openai-chat',
  'openai-responses',
  'openai-completions',
  'openai-embeddings',
];

/** What becomes of each position of a request and of a reply, by the name of the table in the page. */
export function positionTables(): Record<string, string> {
  const tables = DOCUMENTED.flatMap((endpoint) => [
    [`${endpoint}-request`, tableOf(POSITIONS[endpoint].request, REQUEST_FATES, REQUEST_FATES.data)],
    [`${endpoint}-reply`, tableOf(POSITIONS[endpoint].reply, REPLY_FATES, REPLY_FATES.keep)],
  ]);
  return Object.fromEntries(tables) as Record<string, string>;
}

/** @param usual what becomes of anything else in most objects; they have no line for it */
function tableOf(table: PositionTable, fates: Readonly<Record<Action, string>>, usual: string): string {
  const rows = positionRows(table, fates)
    .filter(({ members, fate }) => members !== ANYTHING_ELSE || fate !== usual)
    .map(({ object, members, fate, why }) => [object, why === '' ? fate : `${fate}: ${why}`, members]);
  return markdownTable(['object', 'what becomes of it', 'members or types'], rows);
}
