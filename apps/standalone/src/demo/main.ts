import { objectOf, parseJson } from '@sallyport/dialects';
import { runDemo, type DemoResult } from './demo';

/** Fields of a record that tell the story; the file holds them all. */
const SHOWN = ['id', 'status', 'stream', 'model', 'model_group', 'messages', 'response'] as const;

function story({ sent, upstreamSaw, cameBack, logFile, faults }: DemoResult): string {
  const record = objectOf(parseJson(logFile.content));
  const excerpt = Object.fromEntries(SHOWN.map((key) => [key, record[key]]));
  return [
    ['What the client sent', sent],
    ['What the upstream saw', upstreamSaw],
    ['What came back, streamed', cameBack],
    [`The record on disk (${logFile.path}, removed when this ends)`, JSON.stringify(excerpt, null, 2)],
    ['Verdict', faults.length === 0 ? 'Nothing leaked and everything was restored.' : faults.join('\n')],
  ]
    .map(([title, text]) => `── ${title} ${'─'.repeat(Math.max(3, 96 - (title?.length ?? 0)))}\n${text}\n`)
    .join('\n');
}

runDemo().then(
  (result) => {
    process.stdout.write(`\n${story(result)}\n`);
    process.exitCode = result.faults.length === 0 ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
