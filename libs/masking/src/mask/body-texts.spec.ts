import { parseJsonTree, SallyportError } from '@sallyport/dialects';
import { POSITIONS } from '../positions/endpoint-positions';
import type { MaskedEndpoint } from '../positions/masked-endpoint';
import { AUTHORED_BODIES } from './body-texts.fixture';
import { textsOf, type BodyText } from './body-texts';

const AUTHORED = /^(client|model|tool) /;

function read(endpoint: MaskedEndpoint, body: string): BodyText[] {
  return textsOf(body, parseJsonTree(body), POSITIONS[endpoint].request);
}

/** Every string and name inside a value, also inside strings that hold JSON. */
function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('{') ? stringsOf(JSON.parse(value)) : [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  return Object.entries(value).flatMap(([key, member]) => [key, ...stringsOf(member)]);
}

describe.each(AUTHORED_BODIES)('the texts of a request to %s', (endpoint, body) => {
  const texts = read(endpoint, JSON.stringify(body));

  it('are all that somebody wrote', () => {
    const written = stringsOf(body).filter((text) => AUTHORED.test(text));
    expect(texts.map(({ decoded }) => decoded).filter((text) => AUTHORED.test(text))).toEqual(written);
  });

  it('say who wrote them', () => {
    const wrong = texts.filter(({ decoded, author }) => AUTHORED.test(decoded) && !decoded.startsWith(author));
    expect(wrong.map(({ decoded, author }) => `${author}: ${decoded}`)).toEqual([]);
  });

  it('are nothing that must stay', () => {
    expect(texts.map(({ decoded }) => decoded).filter((text) => text.startsWith('kept'))).toEqual([]);
  });
});

describe(textsOf.name, () => {
  const chat = (message: object, head: object = {}): BodyText[] =>
    read('openai-chat', JSON.stringify({ messages: [message], ...head }));
  const callWith = (args: string): BodyText[] =>
    chat({ role: 'assistant', tool_calls: [{ type: 'function', function: { arguments: args } }] });
  const decodedOf = (texts: readonly BodyText[]): string[] => texts.map(({ decoded }) => decoded);

  it('leaves words of the protocol and identifiers alone, but nothing that is neither', () => {
    const calm = { role: 'user', content: [] };
    expect(chat(calm, { service_tier: 'auto', reasoning_effort: 'high', audio: { voice: 'alloy' } })).toEqual([]);
    expect(
      decodedOf(chat(calm, { service_tier: 'jo@acme.com', reasoning_effort: 'vpc-1', audio: { id: 'jo@acme.com' } })),
    ).toEqual(['jo@acme.com', 'vpc-1', 'jo@acme.com']);
    expect(read('openai-responses', '{"previous_response_id":"resp_68af4030baa48193b0b43b4c2a176a1a"}')).toEqual([]);
  });

  it('judges names and ids by themselves, without the name of their member', () => {
    const texts = chat({ role: 'tool', tool_call_id: 'call_1', name: 'key', content: 'text' });
    expect(texts.map(({ decoded, name, isId }) => [decoded, name, isId])).toEqual([
      ['call_1', undefined, true],
      ['key', undefined, true],
      ['text', 'content', false],
    ]);
  });

  it('passes on the names of members, also inside arrays and JSON in strings', () => {
    const named = (texts: readonly BodyText[]): string[] =>
      texts.map(({ name, decoded }) => `${name ?? '-'}=${decoded}`);
    expect(named(callWith('{"password":"a","list":["b",{"account_id":"c"}],"n":123456789012}'))).toEqual([
      '-=password',
      'password=a',
      '-=list',
      'list=b',
      '-=account_id',
      'account_id=c',
      '-=n',
    ]);
    const content = [{ type: 'tool_use', input: { bucket: ['x', ['y']], deep: { password: 'z' } } }];
    const body = JSON.stringify({ messages: [{ role: 'assistant', content }] });
    expect(named(read('anthropic-messages', body)).filter((text) => !text.startsWith('-'))).toEqual([
      'bucket=x',
      'bucket=y',
      'password=z',
    ]);
  });

  it('takes arguments as they are: JSON of any kind, twice the same name, or no JSON at all', () => {
    expect(decodedOf(callWith('{"a":"1","a":"2"}'))).toEqual(['a', '1', 'a', '2']);
    expect(decodedOf(callWith('"text"'))).toEqual(['text']);
    expect(decodedOf(callWith('123456789012'))).toEqual([]);
    expect(decodedOf(callWith('{"cut": "o'))).toEqual(['{"cut": "o']);
    expect(decodedOf(callWith(''))).toEqual(['']);
    const deep = `${'['.repeat(100_000)}"x"${']'.repeat(100_000)}`;
    expect(decodedOf(callWith(deep))).toEqual([deep]);
  });

  it('finds its way back to the body through every depth of escaping', () => {
    const args = JSON.stringify({ path: 'C:\\x "é" \ud83d\ude80\n', inner: JSON.stringify({ a: '"q"' }) });
    const call = {
      role: 'assistant',
      tool_calls: [{ function: { arguments: `${args.slice(0, -1)},"\\u0061":"\\u0062"}` } }],
    };
    const body = JSON.stringify({ messages: [call] }).replace('🚀', '\\ud83d\\ude80');
    for (const text of read('openai-chat', body)) {
      for (let at = 0; at < text.decoded.length; at += 1) {
        const raw = body.slice(text.offsetOf(at), text.offsetOf(at + 1));
        expect(unescapeFully(raw)).toBe(text.decoded[at]);
      }
    }
  });

  it('reads a large argument in one pass', () => {
    const args = JSON.stringify({
      rows: Array.from({ length: 50_000 }, (_, at) => ({ id: `row ${at}`, text: 'a\nb' })),
    });
    const texts = callWith(args);
    expect(texts).toHaveLength(200_001);
    expect(texts.at(-1)?.decoded).toBe('a\nb');
  });

  it('takes the names of members that no table names as texts', () => {
    expect(decodedOf(chat({ role: 'user', 'jo@acme.com': 1 }, { 'al@acme.com': [{ 'bo@acme.com': true }] }))).toEqual([
      'jo@acme.com',
      'al@acme.com',
      'bo@acme.com',
    ]);
  });

  it.each([
    ['openai-embeddings', { input: [1, 2, 3] }, 'input'],
    ['openai-embeddings', { input: [[1, 2], [3]] }, 'input'],
    ['openai-embeddings', { input: ['text', 5] }, 'input'],
    ['openai-completions', { prompt: 7 }, 'prompt'],
  ] as const)('refuses ids of a tokenizer: %s %j', (endpoint, body, param) => {
    const reading = (): unknown => read(endpoint, JSON.stringify(body));
    expect(reading).toThrow(SallyportError);
    expect(reading).toThrow(expect.objectContaining({ code: 'invalid_request', param }) as Error);
  });

  it('does not refuse a prompt that is null', () => {
    expect(read('openai-completions', '{"prompt":null,"suffix":"s"}')).toHaveLength(1);
  });
});

/** What a stretch of a body stands for, whatever strings it is nested in. */
function unescapeFully(raw: string): string {
  let text = raw;
  while (text.length > 1) text = JSON.parse(`"${text}"`) as string;
  return text;
}
