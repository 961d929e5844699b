import { image, ScriptedLaas } from './laas.fixture';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff, 0xe0];
const dataUrl = (mediaType: string, bytes: Uint8Array | number[]): string =>
  `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
const pdf = (pages: number): Buffer =>
  Buffer.from(`%PDF-1.4\n1 0 obj\n<< /Type /Pages /Count ${pages} >>\nendobj\n%%EOF`);

let laas: ScriptedLaas;

beforeEach(() => {
  laas = new ScriptedLaas();
});

describe('content for LaaS', () => {
  it('passes images as they are, whatever part they come in', async () => {
    const png = dataUrl('image/png', [...PNG, 1]);
    const jpeg = dataUrl('image/jpeg', JPEG);
    await laas.askWith([
      { type: 'text', text: 'Look' },
      image(png),
      { type: 'image_url', image_url: 'https://example.com/a.png' },
      { type: 'file', file: { file_data: dataUrl('image/jpg', JPEG) } },
    ]);
    expect(laas.sent()['messages']).toEqual([
      {
        role: 'user',
        content: [{ type: 'text', text: 'Look' }, image(png), image('https://example.com/a.png'), image(jpeg)],
      },
    ]);
  });

  it('makes documents of PDF parts of any form', async () => {
    const url = dataUrl('application/pdf', pdf(20));
    await laas.askWith([
      { type: 'file', file: { filename: 'a.pdf', file_data: url } },
      { type: 'document', document_url: { url } },
      image(url),
    ]);
    const document = { type: 'document', document_url: { url } };
    expect(laas.sent()['messages']).toEqual([{ role: 'user', content: [document, document, document] }]);
  });

  it.each([
    ['more than three images', Array.from({ length: 4 }, () => image('https://example.com/a.png')), /at most 3 images/],
    ['another format', [image(dataUrl('image/gif', [0x47]))], /not image\/gif/],
    [
      'an image above 4 MB',
      [image(dataUrl('image/png', Buffer.concat([Buffer.from(PNG), Buffer.alloc(4 << 20)])))],
      /4 MB/,
    ],
    [
      'a document above 32 MB',
      [image(dataUrl('application/pdf', Buffer.concat([pdf(1), Buffer.alloc(32 << 20)])))],
      /32 MB/,
    ],
    ['more than 20 pages', [image(dataUrl('application/pdf', pdf(21)))], /at most 20 pages, this one has 21/],
    ['sound', [{ type: 'input_audio', input_audio: {} }], /does not listen/],
    ['a part that is unknown', [{ type: 'video' }], /unknown/],
    ['a file that lies elsewhere', [{ type: 'file', file: { file_id: 'f' } }], /another service/],
  ])('refuses %s before the call', async (_, content, message) => {
    const error = await laas.refusal(laas.askWith(content));
    expect(error).toMatchObject({ code: 'dialect_unsupported', message: expect.stringMatching(message) as string });
    expect(error.param).toMatch(/^messages\.0\.content/);
  });

  it('leaves it to LaaS whether content is what it is called', async () => {
    const parts = [image(dataUrl('image/png', JPEG)), image(dataUrl('application/pdf', PNG))];
    expect((await laas.askWith(parts)).status).toBe(200);
  });

  it.each([
    [{ max_images: 1 }, 'at most 1 images', [image('https://example.com/a.png'), image('https://example.com/b.png')]],
    [{ max_image_bytes: 8 }, 'at most 8 bytes', [image(dataUrl('image/png', [...PNG, 1]))]],
    [{ max_document_bytes: 10 }, 'at most 10 bytes', [image(dataUrl('application/pdf', pdf(1)))]],
    [{ max_document_pages: 1 }, 'at most 1 pages', [image(dataUrl('application/pdf', pdf(2)))]],
  ])('has a limit that can be set (%j)', async (params, limit, content) => {
    const { message } = await laas.refusal(laas.askWith(content, { params }));
    expect(message).toContain(limit);
  });
});
