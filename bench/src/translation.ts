import { DEFAULT_TRAITS, Translation, type Dialect, type JsonObject } from '@sallyport/dialects';
import { median } from './load';
import { EVENTS, WIRE_FIXTURES } from './translation-fixtures';

const ROUNDS = 9;

/** One pair of dialects, with what its client sends and its upstream answers, as text. */
interface Pair {
  readonly client: Dialect;
  readonly upstream: Dialect;
  readonly request: string;
  readonly reply: string;
  readonly events: readonly string[];
}

const DIALECTS: readonly Dialect[] = ['openai-chat', 'openai-responses', 'anthropic-messages'];

const PAIRS: readonly Pair[] = DIALECTS.flatMap((client) =>
  DIALECTS.filter((upstream) => upstream !== client).map((upstream) => {
    const { reply, events } = WIRE_FIXTURES[upstream];
    return { client, upstream, request: WIRE_FIXTURES[client].request, reply, events };
  }),
);

/** Measures what translation costs in this process, beside reading and writing the same JSON unchanged, as Markdown. */
export function translationTable(): string {
  const rows = PAIRS.flatMap((pair) => [
    row(
      `${pair.client} to ${pair.upstream}: request and reply`,
      4000,
      1,
      wholeOf(pair),
      jsonOf([pair.request, pair.reply]),
    ),
    row(`${pair.client} to ${pair.upstream}: stream event`, 300, EVENTS, streamOf(pair), jsonOf(pair.events)),
  ]);
  return [
    'CPU time of translation in this process, beside JSON.parse and JSON.stringify of the same.',
    `| measure | translation | JSON alone | ratio |\n|---|---|---|---|\n${rows.join('\n')}`,
  ].join('\n\n');
}

/** The bodies are parsed in any case, so what translation adds is the way from one object to another, and its text. */
function wholeOf(pair: Pair): () => number {
  const request = JSON.parse(pair.request) as JsonObject;
  const reply = JSON.parse(pair.reply) as JsonObject;
  return () => {
    const translation = translationOf(pair, request);
    return JSON.stringify(translation.body).length + JSON.stringify(translation.reply(reply).body).length;
  };
}

/** From the bytes of an event to the bytes of its translation, for each event of a stream. */
function streamOf(pair: Pair): () => number {
  const request = JSON.parse(pair.request) as JsonObject;
  const named = pair.upstream !== 'openai-chat';
  const events = pair.events.map((data) => {
    const { type } = JSON.parse(data) as { type?: string };
    return Buffer.from(`${named ? `event: ${type}\n` : ''}data: ${data}\n\n`);
  });
  return () => {
    const stream = translationOf(pair, request).openStream();
    let length = 0;
    for (const event of events) length += stream.push(event).length;
    return length;
  };
}

function jsonOf(texts: readonly string[]): () => number {
  return () => {
    let length = 0;
    for (const text of texts) length += JSON.stringify(JSON.parse(text)).length;
    return length;
  };
}

function translationOf({ client, upstream }: Pair, request: JsonObject): Translation {
  const context = {
    model: 'bench',
    estimatedInputTokens: 300,
    filteredStopReason: 'refusal',
    now: () => 1700000000,
    newId: () => 'abcdefghijklmnopqrstuvwx',
  } as const;
  return new Translation({ client, upstream, request, upstreamModel: 'bench', traits: DEFAULT_TRAITS, context });
}

/** @param parts into which one run is divided for the figure */
function row(name: string, runs: number, parts: number, ours: () => number, json: () => number): string {
  const figures: [number, number][] = [];
  for (const work of [ours, json]) cpuMicroseconds(work, runs);
  for (let round = 0; round < ROUNDS; round += 1) {
    figures.push([cpuMicroseconds(ours, runs) / parts, cpuMicroseconds(json, runs) / parts]);
  }
  const cells = [
    name,
    `${median(figures.map(([figure]) => figure)).toFixed(2)} µs`,
    `${median(figures.map(([, figure]) => figure)).toFixed(2)} µs`,
    median(figures.map(([a, b]) => a / b)).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** CPU time of one run, the garbage collector's included. */
function cpuMicroseconds(work: () => number, runs: number): number {
  const before = process.cpuUsage();
  let length = 0;
  for (let run = 0; run < runs; run += 1) length += work();
  const { user, system } = process.cpuUsage(before);
  if (length === 0) throw new Error('nothing was translated');
  return (user + system) / runs;
}
