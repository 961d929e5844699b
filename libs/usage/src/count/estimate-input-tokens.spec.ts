import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { estimateInputTokens } from './estimate-input-tokens';
import { guessInputTokens } from './guess-input-tokens';

const PROSE = 'The quick brown fox jumps over the lazy dog; 12,345 people saw it happen on that day. ';
const HANGUL = '안녕하세요 여러분, 오늘은 날씨가 정말 좋네요. ';
const BASE64 = 'A'.repeat(400_000);
const user = (content: unknown) => ({ model: 'm', messages: [{ role: 'user', content }] });
const pdf = (pages: number) =>
  Buffer.from(`%PDF-1.4 /Type /Pages ${'<< /Type /Page /Parent 1 0 R >> '.repeat(pages)} %%EOF`).toString('base64');
const pdfBlock = (data: string) => ({
  type: 'document',
  source: { type: 'base64', media_type: 'application/pdf', data },
});

/** What a request costs in addition to another. */
async function more(request: object, than: object): Promise<number> {
  return (await estimateInputTokens({ ...request })) - (await estimateInputTokens({ ...than }));
}

describe(estimateInputTokens.name, () => {
  it('counts text as the tokenizer does, however long', async () => {
    const text = PROSE.repeat(1000);
    const exact = countTokens(text);
    expect(Math.abs((await more(user(text), user(''))) - exact)).toBeLessThan(exact * 0.001);
    const long = PROSE.repeat(30_000);
    expect(Math.abs((await more(user(long), user(''))) - 30 * exact)).toBeLessThan(30 * exact * 0.02);
  });

  it('counts everything that a model reads', async () => {
    const base = { messages: [{ role: 'user', content: 'hi' }] };
    const tool = { name: 'get_weather', description: PROSE, input_schema: { type: 'object', properties: {} } };
    const words = countTokens(PROSE);
    expect(await more({ ...base, system: PROSE }, base)).toBe(words);
    expect(await more({ ...base, system: [{ type: 'text', text: PROSE, cache_control: {} }] }, base)).toBe(words);
    expect(await more({ ...base, tools: [tool] }, base)).toBe(countTokens(JSON.stringify(tool)));
    const blocks: object[] = [
      { type: 'thinking', thinking: PROSE, signature: BASE64 },
      { type: 'tool_result', tool_use_id: 't', content: PROSE },
      { type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: PROSE }] },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: PROSE } },
      { type: 'document', source: { type: 'content', content: [{ type: 'text', text: PROSE }] } },
    ];
    for (const block of blocks) expect(await more(user([block]), user([]))).toBe(words);
    const use = { type: 'tool_use', id: 't', name: 'f', input: { city: PROSE } };
    expect(await more(user([use]), user([]))).toBeGreaterThan(words);
    const unknown = { type: 'search_result', title: 'x', content: [{ type: 'text', text: PROSE }] };
    expect(await more(user([unknown]), user([]))).toBeGreaterThan(words);
  });

  it('counts what the OpenAI dialects hold', async () => {
    const words = countTokens(PROSE);
    const call = { id: 'c', type: 'function', function: { name: '', arguments: PROSE } };
    const empty = [{ role: 'assistant', content: null }];
    const calls = [{ role: 'assistant', content: null, tool_calls: [call] }];
    expect(await more({ messages: calls }, { messages: empty })).toBe(words);
    expect(await more({ input: PROSE }, { input: 'x' })).toBe(words - 1);
    const output = { type: 'function_call_output', call_id: 'c', output: PROSE };
    expect(await more({ input: [output] }, { input: [{ ...output, output: '' }] })).toBe(words);
    expect(await more({ instructions: PROSE, input: 'x' }, { input: 'x' })).toBe(words);
  });

  it('counts pictures by what they cost, not by their length', async () => {
    const images: object[] = [
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: BASE64 } },
      { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${BASE64}` } },
      { type: 'input_image', image_url: `data:image/png;base64,${BASE64}` },
      { type: 'tool_result', tool_use_id: 't', content: [{ type: 'image', source: { data: BASE64 } }] },
    ];
    for (const image of images) expect(await more(user([image]), user([]))).toBe(1600);
  });

  it('counts documents by their pages, else by their size', async () => {
    const page = await more(user([pdfBlock(pdf(1))]), user([]));
    expect(page).toBeGreaterThan(1500);
    expect(await more(user([pdfBlock(pdf(7))]), user([]))).toBe(7 * page);
    expect(await more(user([pdfBlock(BASE64)]), user([]))).toBe(6 * page);
    const file = { type: 'file', file: { file_data: `data:application/pdf;base64,${pdf(3)}` } };
    expect(await more(user([file]), user([]))).toBe(3 * page);
    expect(await more(user([{ type: 'document', source: { type: 'file', file_id: 'f' } }]), user([]))).toBe(page);
  });

  it('takes what looks like a control token for text', async () => {
    expect(await more(user('<|endoftext|>'), user(''))).toBeGreaterThan(1);
  });

  it('lets others work while it counts what is slow to count', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await estimateInputTokens(user('힣귞쀍'.repeat(30_000)));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});

const STRANGE: object[] = [
  {},
  { messages: 7, system: null, tools: {} },
  { messages: [null, 4, 'x', []], input: [null, [1]] },
  user([null, 7, 'text', {}, { type: 'image' }, { type: 'document' }, { type: 'file' }, { type: 'tool_use' }]),
  { messages: [{ role: 'assistant', content: 3, tool_calls: [null, {}] }] },
];

describe.each([
  ['estimate', estimateInputTokens],
  ['guess', (request: Record<string, unknown>) => Promise.resolve(guessInputTokens(request))],
])('an %s', (_name, count) => {
  it.each(STRANGE)('survives %j', async (request) => {
    expect(await count({ ...request })).toBeGreaterThanOrEqual(1);
  });
});

describe(guessInputTokens.name, () => {
  it.each([
    ['prose', PROSE.repeat(50)],
    ['Korean', HANGUL.repeat(50)],
    ['code', String(estimateInputTokens).repeat(20)],
    ['emoji', '🚀 yes 🎉 '.repeat(50)],
  ])('is within half of the estimate for %s', async (_what, text) => {
    const request = { ...user(text), system: text, tools: [{ name: 'f', description: text }] };
    const estimate = await estimateInputTokens(request);
    expect(guessInputTokens(request)).toBeGreaterThan(estimate * 0.7);
    expect(guessInputTokens(request)).toBeLessThan(estimate * 1.5);
  });

  it('does not count the base64 of pictures and documents as text', () => {
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: BASE64 } };
    expect(guessInputTokens(user([image]))).toBeLessThan(2_000);
    expect(guessInputTokens(user([pdfBlock(BASE64)]))).toBeLessThan(20_000);
  });
});
