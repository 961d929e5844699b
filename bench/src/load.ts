import { Pool } from 'undici';

/** How a load went. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds from sending a request to the end of its reply. */
  readonly latency: Quantiles;
  /** Milliseconds to the first byte of the reply's body. */
  readonly firstByte: Quantiles;
}

interface Quantiles {
  readonly p50: number;
  readonly p99: number;
}

/** What is sent, and for how long. */
interface LoadOptions {
  readonly url: string;
  readonly connections: number;
  readonly requests: number;
  readonly body: string;
  /** The load ends then, whatever is left to send. */
  readonly limitSeconds: number;
}

/** Sends a bounded number of requests over a fixed number of connections, each as soon as the one before it ended. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const pool = new Pool(options.url, { connections: options.connections, pipelining: 1 });
  const latencies: number[] = [];
  const firstBytes: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + options.limitSeconds * 1000;
  let left = options.requests;

  const sender = async (): Promise<void> => {
    while (left > 0 && performance.now() < endsAt) {
      left -= 1;
      const sentAt = performance.now();
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: '/v1/chat/completions',
        headers: { 'content-type': 'application/json', authorization: 'Bearer dev-key' },
        body: options.body,
      });
      let firstByteAt: number | undefined;
      for await (const _ of body) firstByteAt ??= performance.now();
      if (statusCode !== 200) throw new Error(`the server under test answered ${statusCode}`);
      latencies.push(performance.now() - sentAt);
      firstBytes.push((firstByteAt ?? performance.now()) - sentAt);
    }
  };
  await Promise.all(Array.from({ length: options.connections }, sender));
  const seconds = (performance.now() - startedAt) / 1000;
  await pool.close();
  return { requests: latencies.length, seconds, latency: quantiles(latencies), firstByte: quantiles(firstBytes) };
}

function quantiles(values: number[]): Quantiles {
  const sorted = values.sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** The middle one of some figures; of an even number of them the higher of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
