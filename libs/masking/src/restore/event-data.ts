import { applyEdits, type JsonNode, type SseEvent, type TextEdit } from '@sallyport/dialects';
import { parseOrUndefined } from '../json/parse-or-undefined';

/** An event with other data: its first data line is replaced, further ones go, all other lines stay. */
export function withEditedData(event: SseEvent, edits: readonly TextEdit[]): Uint8Array {
  if (edits.length === 0 || event.data === undefined) return event.raw;
  const ordered = edits.toSorted((a, b) => a.start - b.start);
  const data = applyEdits(event.data, ordered).split('\n').join('\ndata: ');
  let written = false;
  const lines = Buffer.from(event.raw)
    .toString('utf8')
    .split(/(?<=\r\n|\n|\r(?!\n))/)
    .flatMap((line) => {
      if (!line.startsWith('data:')) return [line];
      if (written) return [];
      written = true;
      return [`data: ${data}${/[\r\n]*$/.exec(line)?.[0]}`];
    });
  return Buffer.from(lines.join(''));
}

/** The tree of an event's data; undefined when that is no JSON, and the event passes as it came. */
export function parseEventData({ data }: SseEvent): JsonNode | undefined {
  return data === undefined ? undefined : parseOrUndefined(data);
}
