import { replaceFormModel } from './replace-form-model';

const TYPE = 'multipart/form-data; boundary=b0unD';
const AUDIO = Buffer.from([0, 13, 10, 45, 45, 255, 13, 10, 13, 10, 0x80]);

const field = (name: string, value: string): Buffer =>
  Buffer.from(`--b0unD\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
const file = Buffer.concat([
  Buffer.from('--b0unD\r\nContent-Disposition: form-data; name="file"; filename="model.wav"\r\n'),
  Buffer.from('Content-Type: audio/wav\r\nX-Own: kept\r\n\r\n'),
  AUDIO,
  Buffer.from('\r\n'),
]);
const form = (...parts: Buffer[]): Buffer => Buffer.concat([...parts, Buffer.from('--b0unD--\r\n')]);

async function fieldsOf(body: Buffer, contentType: string): Promise<[string, string | Buffer][]> {
  const response = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  const entries = [...(await response.formData())];
  return Promise.all(
    entries.map(async ([name, value]): Promise<[string, string | Buffer]> => [
      name,
      typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()),
    ]),
  );
}

describe(replaceFormModel.name, () => {
  it.each([
    [
      'first',
      [field('model', 'old'), file, field('language', 'de')],
      [field('model', 'néw/1'), file, field('language', 'de')],
    ],
    ['last', [file, field('model', '')], [file, field('model', 'néw/1')]],
    ['twice', [field('model', 'a'), field('model', 'b')], [field('model', 'néw/1'), field('model', 'néw/1')]],
  ])('changes the field that stands %s and no other byte', async (_where, before, after) => {
    const changed = await replaceFormModel(form(...before), TYPE, 'néw/1');
    expect(changed.contentType).toBe(TYPE);
    expect(changed.body.equals(form(...after))).toBe(true);
  });

  it('adds the field to a form without it', async () => {
    const { body, contentType } = await replaceFormModel(form(file), TYPE, 'new');
    expect(body.subarray(-form(file).length).equals(form(file))).toBe(true);
    expect(await fieldsOf(body, contentType)).toEqual([
      ['model', 'new'],
      ['file', AUDIO],
    ]);
  });

  it.each([
    ['a preamble', Buffer.concat([Buffer.from('preamble\r\n'), form(field('model', 'old'), file)])],
    ['an epilogue', Buffer.concat([form(field('model', 'old'), file), Buffer.from('epilogue')])],
    ['a name without quotes', form(Buffer.from(String(field('model', 'old')).replaceAll('"', '')), file)],
  ])('loses no field of a form with %s', async (_what, body) => {
    const changed = await replaceFormModel(body, TYPE, 'new').catch((error: unknown) => error);
    // A parser may refuse such a form; what it must not do is send a form without the file.
    if (changed instanceof Error) expect(changed).toMatchObject({ code: 'invalid_request' });
    else {
      const { body: bytes, contentType } = changed as { body: Buffer; contentType: string };
      expect(new Map(await fieldsOf(bytes, contentType))).toEqual(
        new Map<string, unknown>([
          ['model', 'new'],
          ['file', AUDIO],
        ]),
      );
    }
  });

  it('does not let a name end its own part', async () => {
    const name = 'x\r\n--b0unD\r\nContent-Disposition: form-data; name="file"\r\n\r\nforged';
    const { body, contentType } = await replaceFormModel(form(field('model', 'old')), TYPE, name);
    expect(await fieldsOf(body, contentType)).toMatchObject([['model', expect.stringContaining('forged') as string]]);
  });

  it.each([
    ['no boundary', form(file), 'multipart/form-data'],
    ['no end', form(file).subarray(0, -6), TYPE],
    ['nothing', Buffer.alloc(0), TYPE],
    ['text', Buffer.from('model=old'), TYPE],
  ])('refuses a body with %s', async (_what, body, type) => {
    await expect(replaceFormModel(body, type, 'new')).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
