/** One server-sent event of a text, as a reader of the specification sees it. */
export interface SseFrame {
  /** Value of its `event:` line; undefined when there is none. */
  readonly event: string | undefined;
  /** Its `data:` lines, joined by a newline. */
  readonly data: string;
}

/**
 * Cuts a whole stream into its events; comments are passed over. Written apart from the decoder of the product, so that
 * a mistake there cannot hide itself.
 *
 * @param problem told in words what breaks the framing
 */
export function sseFrames(text: string, problem: (words: string) => void): SseFrame[] {
  const blocks = text.replaceAll('\r\n', '\n').split('\n\n');
  if (blocks.pop() !== '') problem('the last event has no blank line behind it');
  return blocks.flatMap((block) => frameOf(block, problem));
}

function frameOf(block: string, problem: (words: string) => void): SseFrame[] {
  const lines = block.split('\n').filter((line) => !line.startsWith(':'));
  const values = (field: string): string[] =>
    lines.filter((line) => line.startsWith(`${field}:`)).map((line) => line.slice(field.length + 1).replace(/^ /, ''));
  const events = values('event');
  const data = values('data');
  if (events.length + data.length < lines.length) problem('a line is neither a comment nor `event:` or `data:`');
  if (events.length > 1) problem('an event has two names');
  if (lines.length === 0) return [];
  if (data.length === 0) problem('an event has no data');
  return [{ event: events[0], data: data.join('\n') }];
}
