import { startProbe, type Probe } from './probe-app.harness';

const TYPE = 'multipart/form-data; boundary=b0unD';
const BYTES = '--b0unD\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b0unD--\r\n';

describe('form bodies', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe({ acceptForms: true, maxBodyBytes: 10_000 });
  });
  afterAll(() => probe.app.close());

  const send = (body: FormData | string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${probe.app.url}/form`, { method: 'POST', body, headers: { 'x-api-key': 'key-1', ...headers } });
  const codeOf = async (reply: Response): Promise<[number, string]> => [
    reply.status,
    ((await reply.json()) as { error: { code: string } }).error.code,
  ];

  it('are read as bytes and as text fields', async () => {
    const form = new FormData();
    form.set('model', 'Grüße');
    form.set('file', new File([new Uint8Array([0, 255])], 'a.wav'));
    form.set('__proto__', 'data');
    form.append('list[]', '1');
    form.append('list[]', '2');
    const { fields, bytes } = (await (await send(form)).json()) as { fields: object; bytes: string };
    expect(Object.entries(fields)).toEqual([
      ['model', 'Grüße'],
      ['__proto__', 'data'],
      ['list[]', ['1', '2']],
    ]);
    expect(bytes).toContain('\u0000\u00ff');
  });

  it('keep their bytes', async () => {
    expect(await (await send(BYTES, { 'content-type': TYPE })).json()).toEqual({ fields: { a: '1' }, bytes: BYTES });
  });

  it.each([
    ['without a boundary', BYTES, 'multipart/form-data'],
    ['without an end', BYTES.slice(0, -10), TYPE],
    ['with nothing in them', '', TYPE],
  ])('are refused %s', async (_what, body, type) => {
    expect(await codeOf(await send(body, { 'content-type': type }))).toEqual([422, 'invalid_request']);
  });

  it('may not be larger than other bodies', async () => {
    const form = new FormData();
    form.set('file', 'x'.repeat(10_000));
    expect(await codeOf(await send(form))).toEqual([413, 'body_too_large']);
  });

  it.each(['multipart/mixed; boundary=b', 'application/x-www-form-urlencoded'])('do not come as %s', async (type) => {
    expect(await codeOf(await send('a=1', { 'content-type': type }))).toEqual([415, 'unsupported_media_type']);
  });

  it('are refused by apps that do not ask for them', async () => {
    const other = await startProbe();
    const headers = { 'content-type': TYPE, 'x-api-key': 'key-1' };
    const reply = await fetch(`${other.app.url}/form`, { method: 'POST', body: BYTES, headers });
    await other.app.close();
    expect(await codeOf(reply)).toEqual([415, 'unsupported_media_type']);
  });
});
