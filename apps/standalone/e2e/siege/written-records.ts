import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FILE_TOKEN, PREFIX, type Camp } from './camp';

/** Only ends what hangs. */
const ANSWER_LIMIT_MS = 60_000;

export interface WrittenRecord {
  readonly path: string;
  readonly record: {
    readonly litellm_call_id?: string;
    readonly status?: string;
    readonly messages?: unknown;
    readonly response?: unknown;
  };
}

/** Every file that the file server shows, read from its disk. */
export async function readRecords(
  fileServer: Camp['fileServer'],
): Promise<{ records: WrittenRecord[]; broken: string[] }> {
  const records: WrittenRecord[] = [];
  const broken: string[] = [];
  for await (const path of listed(fileServer.url)) {
    const text = await readFile(join(fileServer.dir, path), 'utf8');
    try {
      records.push({ path, record: JSON.parse(text) as WrittenRecord['record'] });
    } catch {
      broken.push(`${path} holds ${text.length} characters that are no JSON`);
    }
    if (!/^llm\/\d{4}-\d\d-\d\d\/[A-Za-z0-9._-]+\.json$/.test(path)) broken.push(`${path} is no path of a record`);
  }
  return { records, broken };
}

async function* listed(url: string): AsyncGenerator<string> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = new URLSearchParams({ prefix: PREFIX, limit: '1000', ...(cursor === '' ? {} : { cursor }) });
    const answer = await fetch(`${url}/v1/files?${query.toString()}`, {
      headers: { authorization: `Bearer ${FILE_TOKEN}` },
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    if (!answer.ok) throw new Error(`the file server lists nothing: ${answer.status} ${await answer.text()}`);
    const page = (await answer.json()) as { files: { path: string }[]; next_cursor: string | null };
    for (const { path } of page.files) yield path;
    cursor = page.next_cursor;
  }
}
