import { refusal } from '../refusal.fixture';
import { translate, user, text, image, cache } from './conversation.fixture';

const file = (file: object) => ({ type: 'file', file });

describe('parts', () => {
  const base64 = (type: string, media_type: string) => ({ type, source: { type: 'base64', media_type, data: 'QQ==' } });

  it.each<[string, object, unknown]>([
    ['JPEG', image('data:image/jpeg;base64,QQ=='), base64('image', 'image/jpeg')],
    ['an old name of JPEG', image('data:image/jpg;base64,QQ=='), base64('image', 'image/jpeg')],
    ['parameters and capitals', image('data:IMAGE/WebP;x=1;base64,QQ=='), base64('image', 'image/webp')],
    [
      'an address',
      image('https://x.test/a.png'),
      { type: 'image', source: { type: 'url', url: 'https://x.test/a.png' } },
    ],
    ['a PDF as image', image('data:application/pdf;base64,QQ=='), base64('document', 'application/pdf')],
    [
      'PDF',
      file({ file_data: 'data:application/pdf;base64,QQ==', filename: 'a.pdf' }),
      { ...base64('document', 'application/pdf'), title: 'a.pdf' },
    ],
    ['bare base64', file({ file_data: 'QQ==' }), base64('document', 'application/pdf')],
    [
      'plain text',
      file({ file_data: 'data:text/plain;charset=utf-8;base64,w6Q=', filename: 'a.txt' }),
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'ä' }, title: 'a.txt' },
    ],
    ['an image', file({ file_data: 'data:image/gif;base64,QQ==', filename: 'a.gif' }), base64('image', 'image/gif')],
    ['cache_control', { ...text('A'), cache_control: cache }, { ...text('A'), cache_control: cache }],
  ])('%s', (_, part, block) => {
    const { body } = translate([{ role: 'user', content: [text('Look'), part] }]);
    expect(body['messages']).toEqual([{ role: 'user', content: [text('Look'), block] }]);
  });

  it.each<[string, object, string]>([
    ['another type of image', image('data:image/tiff;base64,QQ=='), 'image_url.url'],
    ['no base64', image('data:image/png,abc'), 'image_url.url'],
    ['no URL', image('cat.png'), 'image_url.url'],
    ['no url at all', { type: 'image_url', image_url: {} }, 'image_url.url'],
    ['another type of file', file({ file_data: 'data:application/zip;base64,QQ==' }), 'file.file_data'],
    ['an empty file', file({}), 'file.file_id'],
    ['a text without text', { type: 'text' }, 'text'],
  ])('%s is refused by its path', (_, part, path) => {
    expect(refusal(() => translate([{ role: 'user', content: [text('Look'), part] }]))).toMatchObject({
      code: 'invalid_request',
      param: `messages.0.content.1.${path}`,
    });
  });

  it.each<[string, object, string]>([
    ['file_id', file({ file_id: 'file-1' }), 'messages.0.content.1.file.file_id'],
    ['input_audio', { type: 'input_audio', input_audio: { data: 'AA', format: 'wav' } }, 'messages.0.content.1'],
    ['an unknown part', { type: 'hologram' }, 'messages.0.content.1'],
    ['a part named like a member of every object', { type: 'constructor' }, 'messages.0.content.1'],
  ])('%s is refused, or left out with drop_params', (_, part, param) => {
    const messages = [{ role: 'user', content: [text('Look'), part] }];
    expect(refusal(() => translate(messages))).toMatchObject({ code: 'dialect_unsupported', param });
    const { body, dropped } = translate(messages, {}, true);
    expect(body['messages']).toEqual([{ role: 'user', content: 'Look' }]);
    expect(dropped).toEqual([param]);
  });

  it('a refusal names the kind of part, but nothing else that a client wrote', () => {
    const refused = (type: string) => refusal(() => translate([{ role: 'user', content: [{ type }] }]));
    expect(refused('input_audio')).toMatchObject({ message: expect.stringContaining('(input_audio)') as string });
    expect(refused('my secret')).toMatchObject({ message: expect.not.stringContaining('secret') as string });
  });

  it('an unknown role is refused always', () => {
    expect(refusal(() => translate([user, { role: 'critic', content: 'Bad' }], {}, true))).toMatchObject({
      code: 'invalid_request',
      param: 'messages.1.role',
    });
  });
});
