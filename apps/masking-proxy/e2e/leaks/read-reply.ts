/** What a client takes from a reply: its text, and the arguments of the call of a tool. */
interface ReadReply {
  readonly text: string;
  readonly args: string;
}

type Json = Record<string, unknown>;

/** All values of members of a name, in order, wherever they stand. */
function membersOf(value: unknown, name: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => membersOf(item, name));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Json).flatMap(([key, item]) =>
    key === name && typeof item === 'string' ? [item] : membersOf(item, name),
  );
}

/** Reads a reply that came whole, of any of the dialects. */
export function readWhole(raw: string): ReadReply {
  const reply = JSON.parse(raw) as Json;
  const texts = [...membersOf(reply['content'] ?? reply['output'] ?? reply['choices'], 'text')];
  const choices = reply['choices'] as { message?: { content?: string } }[] | undefined;
  const inputs = ((reply['content'] ?? []) as Json[]).flatMap(({ input }) => (input === undefined ? [] : [input]));
  return {
    text: choices?.[0]?.message?.content ?? texts.join(''),
    args: inputs.length > 0 ? JSON.stringify(inputs[0]) : membersOf(reply, 'arguments').join(''),
  };
}

const nameOf = (type: unknown): string => (typeof type === 'string' ? type : '');

/** Reads the deltas of a stream of any of the dialects. */
export function readStream(raw: string): ReadReply {
  const data = Array.from(raw.matchAll(/^data: (\{.*)$/gm), ([, text]) => JSON.parse(text as string) as Json);
  const deltas = data.filter(({ type }) => type === undefined || nameOf(type).endsWith('delta'));
  const ofType = (suffix: string, name: string): string[] =>
    deltas.filter(({ type }) => nameOf(type).includes(suffix)).flatMap((event) => membersOf(event, name));
  const choices = deltas.filter(({ choices: all }) => all !== undefined);
  return {
    text: [
      ...ofType('content_block', 'text'),
      ...ofType('output_text', 'delta'),
      ...choices.flatMap((event) => [...membersOf(event, 'content'), ...membersOf(event, 'text')]),
    ].join(''),
    args: [
      ...ofType('content_block', 'partial_json'),
      ...ofType('function_call_arguments', 'delta'),
      ...choices.flatMap((event) => membersOf(event, 'arguments')),
    ].join(''),
  };
}
