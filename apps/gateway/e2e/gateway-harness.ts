import { loadConfiguration, type Variables } from '@sallyport/config';
import type { RunningApp } from '@sallyport/platform';
import type { StandardLoggingPayload } from '@sallyport/usage';
import { prepareGateway, startGateway } from '../src/index';

/** A gateway on a free port whose records stay in memory. */
export interface TestGateway {
  readonly url: string;
  readonly records: StandardLoggingPayload[];
  /** Makes the next records fail to be written; undefined: no more. */
  breakSink(error: Error | undefined): void;
  /** Makes the next record wait; resolves with the way to let it go on, when it is about to be written. */
  holdRecord(): Promise<() => void>;
  close(): Promise<void>;
}

export const KEY = 'test-key';

export async function startTestGateway(variables: Variables, args: readonly string[] = []): Promise<TestGateway> {
  const records: StandardLoggingPayload[] = [];
  let broken: Error | undefined;
  let onRecord = (): Promise<void> => Promise.resolve();
  const configuration = loadConfiguration(
    {
      GATEWAY_PORT: '0',
      GATEWAY_API_KEYS: KEY,
      GATEWAY_RATE_LIMIT_PER_MINUTE: '100000',
      LOG_LEVEL: 'silent',
      ...variables,
    },
    args,
  );
  const prepared = prepareGateway(configuration);
  configuration.env.problems.throwIfAny();
  const app: RunningApp = await startGateway(prepared, {
    sink: {
      requireRoom: () => undefined,
      append: async (record) => {
        await onRecord();
        if (broken !== undefined) throw broken;
        records.push(record);
      },
      ledger: () => ({ entries: [], next: null, complete: true }),
      close: () => Promise.resolve(),
    },
  });
  return {
    url: app.url,
    records,
    breakSink: (error) => (broken = error),
    holdRecord: () =>
      new Promise((reached) => {
        onRecord = () => {
          onRecord = () => Promise.resolve();
          return new Promise((go) => reached(go));
        };
      }),
    close: () => app.close(),
  };
}

/** Waits for something that happens soon on a quiet machine; fails loudly when it does not. */
export async function eventually(
  check: () => boolean | Promise<boolean>,
  what: string,
  limitMs = 60_000,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`did not happen in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
