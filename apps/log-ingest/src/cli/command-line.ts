import { parseArgs, type ParseArgsConfig } from 'node:util';
import { z } from 'zod';
import { UsageError } from './command-error';

export const USAGE = `Usage: npm run logs -- COMMAND [options]

  reconcile --date YYYY-MM-DD   compare what the gateways accepted that day with what is in its place
      --gateway URL               a gateway, for each of them (default http://127.0.0.1:4000)
      --content                   compare the content too: reads every record
      --json                      print one JSON object
  replay                        put dead letters, and batches that were set aside, back into the queue
      --limit N                   at most so many of each
      --file YYYY-MM-DD           from the file of that day; for when the queue was lost
  dead-letters                  list what was given up, and why
      --json                      print one JSON object a line

  --url URL                     log ingest (default http://127.0.0.1:8081)
  --config FILE                 configuration file, as for the apps

Settings are those of log ingest: LITELLM_MASTER_KEY, LOG_WRITER and what belongs to it.
Exit codes: 0 done, the whole day known and nothing missing, twice or different; 1 otherwise; 2 wrong usage.
`;

interface Common {
  readonly url: string;
  readonly config: string | undefined;
}

export interface ReconcileCommand extends Common {
  readonly name: 'reconcile';
  readonly date: string;
  readonly gateways: readonly string[];
  readonly content: boolean;
  readonly json: boolean;
}

export interface ReplayCommand extends Common {
  readonly name: 'replay';
  readonly limit: number;
  readonly file: string | undefined;
}

export interface DeadLettersCommand extends Common {
  readonly name: 'dead-letters';
  readonly json: boolean;
}

export interface HelpCommand {
  readonly name: 'help';
}

export type Command = ReconcileCommand | ReplayCommand | DeadLettersCommand | HelpCommand;

/** Where the apps are unless it is said otherwise. */
const DEFAULT_URLS = { '--url': 'http://127.0.0.1:8081', '--gateway': 'http://127.0.0.1:4000' } as const;

const COMMON = { url: { type: 'string' }, config: { type: 'string' } } as const;
const RECONCILE = {
  ...COMMON,
  date: { type: 'string' },
  gateway: { type: 'string', multiple: true },
  content: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;
const REPLAY = { ...COMMON, limit: { type: 'string' }, file: { type: 'string' } } as const;
const DEAD_LETTERS = { ...COMMON, json: { type: 'boolean' } } as const;

/** @throws UsageError that says what is wrong */
export function readCommand(args: readonly string[]): Command {
  const [name = 'help', ...rest] = args;
  switch (name) {
    case 'reconcile':
      return reconcile(rest);
    case 'replay':
      return replay(rest);
    case 'dead-letters': {
      const options = optionsOf(rest, DEAD_LETTERS);
      return { name, ...common(options), json: options.json ?? false };
    }
    case 'help':
    case '--help':
    case '-h':
      return { name: 'help' };
    default:
      throw new UsageError(`${name} is no command; there are reconcile, replay and dead-letters`);
  }
}

function reconcile(args: string[]): ReconcileCommand {
  const options = optionsOf(args, RECONCILE);
  if (options.date === undefined) throw new UsageError('--date YYYY-MM-DD is missing');
  return {
    name: 'reconcile',
    ...common(options),
    date: dateOf('--date', options.date),
    gateways: (options.gateway ?? [DEFAULT_URLS['--gateway']]).map((url) => urlOf('--gateway', url)),
    content: options.content ?? false,
    json: options.json ?? false,
  };
}

function replay(args: string[]): ReplayCommand {
  const options = optionsOf(args, REPLAY);
  const limit = options.limit === undefined ? Infinity : Number(options.limit);
  if (limit !== Infinity && (!Number.isSafeInteger(limit) || limit < 1)) {
    throw new UsageError('--limit must be a whole number above 0');
  }
  const file = options.file === undefined ? undefined : dateOf('--file', options.file);
  return { name: 'replay', ...common(options), limit, file };
}

function optionsOf<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function common({ url, config }: { url?: string | undefined; config?: string | undefined }): Common {
  return { url: urlOf('--url', url ?? DEFAULT_URLS['--url']), config };
}

function urlOf(option: keyof typeof DEFAULT_URLS, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new UsageError(`${option} must be an address such as ${DEFAULT_URLS[option]}`);
  }
  // The address is printed.
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new UsageError(`${option} must hold neither a name nor a password, query or fragment`);
  }
  return url.href.replace(/\/+$/, '');
}

function dateOf(option: string, text: string): string {
  if (!z.iso.date().safeParse(text).success) throw new UsageError(`${option} must be a day such as 2026-11-21`);
  return text;
}
