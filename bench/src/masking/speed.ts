import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SallyportError } from '@sallyport/dialects';
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
  'token="': 'token="',
  'apiKey: ': 'apiKey: ',
  'password: *a': 'password: *a',
  'escaped password=': 'password\\u003d',
  '://a:b@': '://a:b@',
  '-----BEGIN ': '-----BEGIN ',
  'eyJ.': 'eyJ.',
  'AKIA and a space': 'AKIA ',
  'quotes and backslashes': '\\"',
  'numbered lines of manifests': '12→kind: secret\n',
  '1/1199123456789012:': '1/1199123456789012:',
  'card numbers': '4111 1111 1111 1111 ',
  'host=': 'host=',
  AA00: 'AA00',
  Hangul: '가나다 ',
  MSK: 'MSK',
};

/** Nothing but values, from the number of one. The last list holds more than a request may, and is refused. */
const LISTS: Readonly<Record<string, (at: number) => string>> = {
  'phone numbers': (at) => `010-${1000 + (at % 9000)}-${1000 + ((at * 37) % 9000)}\n`,
  'connection strings': (at) => `postgres://app:pw${at * 7919}@db${at % 50}.corp.internal:5432/orders\n`,
  'authorization headers': (at) => `Authorization: Bearer ${(at * 7919).toString(36).padStart(32, 'k7Qm2xZ9')}\n`,
  'e-mail addresses, refused': (at) => `user${at}@corp${at % 100}.com\n`,
};

/** Makes the work of one round. */
type Prepare = () => () => void;

interface Measure {
  readonly name: string;
  /** What one run, or one part of it, may take on a core of its own. */
  readonly goalMs: number;
  readonly prepare: Prepare;
  /** What is masked, as JSON: reading and writing it alone is what the figure is held against. */
  readonly json: readonly string[];
  /** Into how many parts one run is divided for the figures. */
  readonly parts?: number;
}

const keys = new KeyRing({ id: 'bench', secret: Buffer.from('a key for measurements') });
const scope = keys.scope('bench');
let tenants = 0;

/** Remembers nothing, so that every text is new to it. */
const forgetful = new Masker({ cachedTexts: 0 });

/**
 * Measures masking in this process: CPU time of the whole step, from the text of a body to the text that is sent on,
 * beside that of parsing and writing the same JSON, in turn.
 *
 * @returns rows of a Markdown table: measure, masking, JSON alone, ratio, goal
 */
export function measureMaskingSpeed(sources: string): string[] {
  const code = sourceText(sources, COLD_CHARACTERS);
  const measures: Measure[] = [
    cold('100 AWS resources in one prompt', 2, userMessage(resources())),
    cold('436 KB of TypeScript, cold', 90, userMessage(code)),
    { name: '436 KB of conversation, 95 % known', goalMs: 5, prepare: warmTurn(code), json: [userMessage(code)] },
    streamMeasure(),
    ...Object.entries(HOSTILE).map(([name, part]) => megabyte(`\`${name}\``, () => part)),
    ...Object.entries(LISTS).map(([name, part]) => megabyte(name, part)),
  ];
  return measures.map(row);
}

/** Masks a body with keys that nothing was masked with before. */
function cold(name: string, goalMs: number, body: string): Measure {
  const prepare = (): (() => void) => {
    const fresh = keys.scope(`tenant ${(tenants += 1)}`);
    return () => {
      try {
        forgetful.read('openai-chat', body).mask(fresh);
      } catch (error) {
        if (!(error instanceof SallyportError && error.code === 'invalid_request')) throw error;
      }
    };
  };
  return { name, goalMs, prepare, json: [body] };
}

function megabyte(name: string, part: (at: number) => string): Measure {
  const parts: string[] = [];
  for (let length = 0; length < MEGABYTE; length += (parts.at(-1) as string).length) parts.push(part(parts.length));
  return cold(`1 MB of ${name}`, 200, userMessage(parts.join('').slice(0, MEGABYTE)));
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
function streamMeasure(): Measure {
  const mails = Array.from({ length: 1_000 }, (_, at) => `person.${at}@example.com`);
  const { grants, text } = new Masker().read('openai-chat', userMessage(mails.join(' '))).mask(scope);
  const tokens = text.match(/MSK[0-9A-Z]{17}/g) ?? [];
  const json = Array.from({ length: STREAM_EVENTS }, (_, at) => {
    const token = tokens[at % tokens.length] as string;
    const content =
      at % 4 === 0 ? `write to ${token.slice(0, 11)}` : at % 4 === 1 ? `${token.slice(11)}, then ` : 'more ';
    return JSON.stringify({ id: 'c', choices: [{ index: 0, delta: { content } }] });
  });
  const events = json.map((data) => Buffer.from(`data: ${data}\n\n`));
  const prepare = () => () => {
    const options = { grants, sinks: { fetchTools: DEFAULT_FETCH_TOOLS }, needsMemory: () => false };
    const stream = createReplyRestorer('openai-chat', options).stream();
    for (const event of events) stream.push(event);
    stream.end();
  };
  return { name: 'stream event, 1,000 grants', goalMs: 0.05, prepare, json, parts: STREAM_EVENTS };
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
    .filter((name) => name.endsWith('.ts') && name.includes('/src/'))
    .sort();
  const text = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

function row({ name, goalMs, prepare, json, parts = 1 }: Measure): string {
  const figures: { readonly masking: number; readonly jsonAlone: number }[] = [];
  prepare()();
  const startedAt = performance.now();
  while (
    figures.length < FEWEST_ROUNDS ||
    (figures.length < MOST_ROUNDS && performance.now() - startedAt < SHORTEST_MS)
  ) {
    const work = prepare();
    figures.push({ masking: cpuMs(work) / parts, jsonAlone: cpuMs(() => rewrite(json)) / parts });
  }
  const cells = [
    name,
    `${median(figures.map(({ masking }) => masking)).toPrecision(2)} ms`,
    `${median(figures.map(({ jsonAlone }) => jsonAlone)).toPrecision(2)} ms`,
    median(figures.map(({ masking, jsonAlone }) => masking / jsonAlone)).toFixed(1),
    `${goalMs} ms`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function rewrite(json: readonly string[]): void {
  for (const text of json) JSON.stringify(JSON.parse(text));
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
