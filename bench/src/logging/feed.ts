import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Environment, readGatewaySettings, type GatewaySettings } from '@sallyport/config';
import { openRecordStore, RecordLog, type LogBatch, type SerialisableRecord } from '@sallyport/logging';
import { connectRedisQueue } from '@sallyport/stores';
import { createLogger } from '@sallyport/telemetry';
import type { Installation } from './installation';

const TEXT = 'Tell me what the weather is like in the capital, please. '.repeat(16);

/** A record of the size of an everyday call: about 2.5 KB as JSON. */
export function sampleRecord(): SerialisableRecord {
  const id = randomUUID();
  return {
    id: `chatcmpl-${id}`,
    litellm_call_id: id,
    startTime: Date.now() / 1000,
    ...{
      endTime: Date.now() / 1000,
      call_type: 'acompletion',
      status: 'success',
      model: 'bench',
      messages: [{ role: 'user', content: TEXT }],
      response: { id, choices: [{ index: 0, message: { role: 'assistant', content: TEXT }, finish_reason: 'stop' }] },
      prompt_tokens: 200,
      completion_tokens: 200,
      total_tokens: 400,
      response_cost: 0.000_01,
    },
  };
}

/** The sending end of the pipeline in this process. */
export interface Feed {
  readonly log: RecordLog;
  close(): Promise<void>;
}

/**
 * Opens an outbox with the settings of an installation's gateways.
 *
 * @param name of its folder
 * @param own settings that are others for this one
 */
export function openFeed(installation: Installation, name = 'feed', own: Readonly<Record<string, string>> = {}): Feed {
  const { log: settings, redis }: GatewaySettings = readGatewaySettings({
    env: new Environment({ ...installation.variables, ...own }),
    file: undefined,
  });
  if (redis === undefined) throw new Error('a feed needs Redis');
  const logger = createLogger('feed', 'warn');
  const backend = connectRedisQueue(redis, settings.queue, logger);
  const store = openRecordStore(settings.recordStore);
  const log = RecordLog.open({
    dir: join(installation.dir, name),
    queue: backend.createQueue<LogBatch>(settings.queue.name),
    books: backend.openBooks(settings.queue.name),
    store,
    batch: settings.batch,
    outbox: settings.outbox,
    logger,
  });
  const close = async (): Promise<void> => {
    await log.close(5_000);
    await store.close();
    await backend.close();
  };
  return { log, close };
}

/** Appends `perSecond` records for a while, evenly. */
export async function feedEvenly(log: RecordLog, perSecond: number, seconds: number): Promise<number> {
  const startedAt = performance.now();
  const under: Promise<void>[] = [];
  for (let fed = 0; fed < perSecond * seconds;) {
    const due = Math.min(perSecond * seconds, ((performance.now() - startedAt) / 1000) * perSecond);
    for (; fed < due; fed += 1) under.push(log.append(sampleRecord()));
    await sleep(5);
  }
  await Promise.all(under);
  return under.length;
}

/** Appends records as fast as they are taken, `atOnce` at a time. */
export async function feedFreely(log: RecordLog, records: number, atOnce: number): Promise<void> {
  let left = records;
  const feeder = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await log.append(sampleRecord());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, feeder));
}
