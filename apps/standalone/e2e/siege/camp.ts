import type { BookSources } from './books';
import type { FaultProxy } from './fault-proxy';
import type { SupervisedProcess } from './supervised-process';

export const KEY = 'siege-key';
export const FILE_TOKEN = 'siege-file-token';
export const PREFIX = 'llm/';

/** Trouble that lasts a while. */
export interface Trouble {
  readonly name: string;
  /** @param seconds how long it should last; it is over when this resolves */
  readonly strike: (seconds: number) => Promise<void>;
}

/** What can be killed with SIGKILL; it comes back by itself after `downMs`. */
export interface Victim {
  readonly name: string;
  kill(downMs: number): Promise<void>;
}

/** The product as it is besieged. */
export interface Camp {
  readonly gateways: readonly string[];
  readonly processes: readonly SupervisedProcess[];
  readonly victims: readonly Victim[];
  readonly troubles: readonly Trouble[];
  readonly books: BookSources;
  readonly fileServer: { readonly url: string; readonly dir: string };
  /** Stands between those who write records and the file server. */
  readonly proxy: FaultProxy;
  /** Ends every trouble that is left. */
  heal(): void;
  close(): Promise<void>;
}

/** A way to run the product. */
export type CampPlan = (upstream: string) => Promise<Camp>;

/** Small limits, so that in a short time every one of them is met. */
export function siegeSettings(upstream: string): Record<string, string> {
  return {
    LOG_LEVEL: 'info',
    GATEWAY_API_KEYS: KEY,
    LITELLM_MASTER_KEY: KEY,
    GATEWAY_UPSTREAMS: `gpt=${upstream};claude=anthropic+${upstream}`,
    GATEWAY_UPSTREAM_GPT_ENDPOINTS: 'openai-chat,openai-responses',
    GATEWAY_RATE_LIMIT_PER_MINUTE: '1000000',
    FILE_SERVER_AUTH_TOKEN: FILE_TOKEN,
    FILE_SERVER_PATH_PREFIX: PREFIX,
    FILE_SERVER_TIMEOUT: '2',
    FILE_SERVER_MIN_FREE_BYTES: '0',
    LOG_MAX_INLINE_BYTES: '16384',
    LOG_BATCH_MAX_RECORDS: '20',
    LOG_BATCH_MAX_AGE_MS: '50',
    LOG_MAX_QUEUED_BATCHES: '20',
    LOG_OUTBOX_MAX_BYTES: String(64 * 1_048_576),
    LOG_WORKER_LOCK_SECONDS: '5',
    LOG_WORKER_MAX_RETRY_DELAY_SECONDS: '1',
    DRAIN_TIMEOUT_SECONDS: '5',
  };
}

/** Failed starts that no trouble explains: whoever waits here has ended all of it. */
const GIVES_UP_AFTER = 5;

/** More than any disk has: the file server takes nothing with it. */
export const DISK_IS_FULL = { FILE_SERVER_MIN_FREE_BYTES: String(2 ** 50) };

/** Waits until a condition holds that no time is promised for. */
export async function eventually(what: string, limitMs: number, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + limitMs; Date.now() < end;) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`hangs: ${what}`);
}

export async function allReady(processes: readonly SupervisedProcess[]): Promise<void> {
  const notReady = () => processes.filter((process) => !process.isReady);
  const failedBefore = new Map(processes.map((process) => [process, process.failedStarts]));
  const areReady = (): boolean => {
    const gaveUp = (process: SupervisedProcess): boolean =>
      process.failedStarts > (failedBefore.get(process) ?? 0) + GIVES_UP_AFTER;
    if (processes.some(gaveUp)) throw new Error('a process cannot start');
    return notReady().length === 0;
  };
  try {
    await eventually('processes do not start', 120_000, () => Promise.resolve(areReady()));
  } catch (error) {
    const tails = notReady().map((process) => `--- ${process.name}\n${process.tail()}`);
    throw new Error(`${(error as Error).message}\n${tails.join('\n')}`, { cause: error });
  }
}
