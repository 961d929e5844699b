import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isObject, objectOf, parseJson, SseDecoder, textOf } from '@sallyport/dialects';
import { startStandalone } from '../standalone.app';
import { DEVELOPMENT_KEY } from '../standalone-defaults';
import { startRecordingUpstream } from './recording-upstream';

/** What must not leave. */
const SECRETS = [
  'i-0abcd1234ef567890',
  'vpc-0a1b2c3d4e5f60718',
  'AKIAQ7XW3KJ5T2MNVZ4R',
  'acme-payroll-backups',
  'jane.doe@example.com',
] as const;

const PROMPT =
  `Instance ${SECRETS[0]} in ${SECRETS[1]} cannot read s3://${SECRETS[3]}/2026/ with key ${SECRETS[2]}. ` +
  `Write a short note to ${SECRETS[4]}.`;

const RECORD_LIMIT_MS = 15_000;

export interface DemoResult {
  readonly sent: string;
  readonly upstreamSaw: string;
  readonly cameBack: string;
  readonly logFile: { readonly path: string; readonly content: string };
  /** What went wrong; empty when nothing leaked and everything was restored. */
  readonly faults: readonly string[];
}

/** Runs the whole product once, on free ports and in a folder of its own, with one streamed call through it. */
export async function runDemo(): Promise<DemoResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-demo-'));
  const upstream = await startRecordingUpstream();
  try {
    const app = await startStandalone(demoVariables(dataDir, upstream.url), []);
    try {
      const cameBack = await ask(app.addresses.maskingProxy);
      const logFile = await findRecord(app.logs);
      return judge(upstream.bodies.join('\n'), cameBack, logFile);
    } finally {
      await app.close();
    }
  } finally {
    upstream.close();
    await rm(dataDir, { recursive: true });
  }
}

function demoVariables(dataDir: string, upstreamUrl: string): Record<string, string> {
  return {
    GATEWAY_PORT: '0',
    MASKING_PORT: '0',
    FILE_SERVER_PORT: '0',
    LOG_INGEST_PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    GATEWAY_UPSTREAMS: `demo=${upstreamUrl}`,
  };
}

async function ask(url: string): Promise<string> {
  const reply = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${DEVELOPMENT_KEY}` },
    body: JSON.stringify({ model: 'demo', stream: true, messages: [{ role: 'user', content: PROMPT }] }),
  });
  if (!reply.ok || reply.body === null) throw new Error(`the masking proxy answered ${reply.status}`);
  const decoder = new SseDecoder();
  let text = '';
  for await (const bytes of reply.body) {
    for (const { data } of decoder.push(bytes as Uint8Array)) text += deltaText(data);
  }
  return text;
}

function deltaText(data: string | undefined): string {
  const choices = objectOf(parseJson(data ?? ''))['choices'];
  const [choice] = Array.isArray(choices) ? choices.filter(isObject) : [];
  return textOf(objectOf(choice?.['delta'])['content']) ?? '';
}

async function findRecord(folder: string): Promise<{ path: string; content: string }> {
  for (const end = Date.now() + RECORD_LIMIT_MS; Date.now() < end; await sleep(50)) {
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    const name = names.find((candidate) => candidate.endsWith('.json'));
    if (name === undefined) continue;
    const path = join(folder, name);
    return { path, content: await readFile(path, 'utf8') };
  }
  throw new Error(`no record arrived in ${folder} within ${RECORD_LIMIT_MS / 1000} seconds`);
}

function judge(upstreamSaw: string, cameBack: string, logFile: { path: string; content: string }): DemoResult {
  const faults = SECRETS.flatMap((secret) => [
    ...(upstreamSaw.includes(secret) ? [`${secret} reached the upstream`] : []),
    ...(logFile.content.includes(secret) ? [`${secret} is in the log file`] : []),
  ]);
  if (cameBack !== PROMPT) faults.push('the reply was not restored to what the client had sent');
  return { sent: PROMPT, upstreamSaw, cameBack, logFile, faults };
}
