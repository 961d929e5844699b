import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createReplyRestorer, DEFAULT_FETCH_TOOLS, KeyRing, Masker } from '@sallyport/masking';
import { median } from '../load';
import { Random } from './random';

const FEWEST_ROUNDS = 7;
const MOST_ROUNDS = 200;
/** Short measures are repeated for so long, so that the engine has compiled what they run. */
const SHORTEST_MS = 500;
const COLD_CHARACTERS = 436_000;
const MEGABYTE = 2 ** 20;
const STREAM_EVENTS = 2_000;

/** Texts that hurt patterns with adjacent or nested repetition. */
const HOSTILE: Readonly<Record<string, string>> = {
  'a.a.a.': 'a.a.a.',
  a_a_a_: 'a_a_a_',
  '1': '1',
  '1-1.1 ': '1-1.1 ',
  'a@a.': 'a@a.',
  'password=': 'password=',
  '://a:b@': '://a:b@',
  '-----BEGIN ': '-----BEGIN ',
  'eyJ.': 'eyJ.',
  'AKIA and a space': 'AKIA ',
  'quotes and backslashes': '\\"',
  Hangul: '가나다 ',
  MSK: 'MSK',
};

/** Makes the work of one round. */
type Prepare = () => () => void;

const keys = new KeyRing({ id: 'bench', secret: Buffer.from('a key for measurements') });
const scope = keys.scope('bench');
let tenants = 0;

/** Remembers nothing, so that every text is new to it. */
const forgetful = new Masker({ cachedTexts: 0 });

/**
 * Measures masking in this process: CPU time of the whole step, from the text of a body to the text that is sent on. Wall
 * time would tell as much about whoever else uses the machine.
 *
 * @returns rows of a Markdown table: measure, median, goal
 */
export function measureMaskingSpeed(sources: string): string[] {
  const code = sourceText(sources, COLD_CHARACTERS);
  return [
    row('100 AWS resources in one prompt', 2, maskCold(userMessage(resources()))),
    row('436 KB of TypeScript, cold', 90, maskCold(userMessage(code))),
    row('436 KB of conversation, 95 % known', 5, warmTurn(code)),
    row('stream event, 1,000 grants', 0.05, streamEvents, STREAM_EVENTS),
    ...Object.entries(HOSTILE).map(([name, part]) => {
      const body = userMessage(part.repeat(Math.ceil(MEGABYTE / part.length)).slice(0, MEGABYTE));
      return row(`1 MB of \`${name}\``, 200, maskCold(body));
    }),
  ];
}

/** Masks a body with keys that nothing was masked with before. */
function maskCold(body: string): Prepare {
  return () => {
    const fresh = keys.scope(`tenant ${(tenants += 1)}`);
    return () => forgetful.read('openai-chat', body).mask(fresh);
  };
}

/** A turn of a conversation: 95 % of its text was masked in the turn before. */
function warmTurn(code: string): Prepare {
  const masker = new Masker();
  const parts = code.match(/[^]{1,4000}/g) ?? [];
  const known = parts.slice(0, Math.floor(parts.length * 0.95));
  const news = parts.slice(known.length).join('');
  const turn = (text: string): string =>
    JSON.stringify({ messages: [...known, text].map((content) => ({ role: 'user', content })) });
  masker.read('openai-chat', turn('')).mask(scope);
  let count = 0;
  return () => {
    // News that differ from turn to turn, or the second round would know them too.
    const body = turn(`${(count += 1)} ${news}`);
    return () => masker.read('openai-chat', body).mask(scope);
  };
}

/** A stream that holds a token in every other event, half of them cut in two. */
function streamEvents(): () => void {
  const mails = Array.from({ length: 1_000 }, (_, at) => `person.${at}@example.com`);
  const { grants, text } = new Masker().read('openai-chat', userMessage(mails.join(' '))).mask(scope);
  const tokens = text.match(/MSK[0-9A-Z]{17}/g) ?? [];
  const events = Array.from({ length: STREAM_EVENTS }, (_, at) => {
    const token = tokens[at % tokens.length] as string;
    const content =
      at % 4 === 0 ? `write to ${token.slice(0, 11)}` : at % 4 === 1 ? `${token.slice(11)}, then ` : 'more ';
    return Buffer.from(`data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta: { content } }] })}\n\n`);
  });
  return () => {
    const options = { grants, sinks: { fetchTools: DEFAULT_FETCH_TOOLS }, needsMemory: () => false };
    const stream = createReplyRestorer('openai-chat', options).stream();
    for (const event of events) stream.push(event);
    stream.end();
  };
}

function resources(): string {
  const random = new Random(1);
  const prefixes = ['i', 'vpc', 'subnet', 'sg', 'vol', 'eni', 'igw', 'rtb', 'nat', 'snap'];
  return Array.from({ length: 100 }, () => `The resource ${random.pick(prefixes)}-0${random.hex(16)} is in use.`).join(
    '\n',
  );
}

function userMessage(content: string): string {
  return JSON.stringify({ model: 'bench', messages: [{ role: 'user', content }] });
}

/** TypeScript of this repository, repeated until it is long enough. */
function sourceText(folder: string, length: number): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort();
  const text = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

/**
 * @param goalMs what one run, or one part of it, may take
 * @param prepare makes what is measured, anew for each round
 * @param parts into which one run is divided for the figure
 */
function row(name: string, goalMs: number, prepare: Prepare, parts = 1): string {
  prepare()();
  const times: number[] = [];
  const startedAt = performance.now();
  while (times.length < FEWEST_ROUNDS || (times.length < MOST_ROUNDS && performance.now() - startedAt < SHORTEST_MS)) {
    const work = prepare();
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000 / parts);
  }
  return `| ${name} | ${median(times).toPrecision(2)} ms | ${goalMs} ms |`;
}
