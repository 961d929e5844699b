import { fastify, type FastifyInstance } from 'fastify';
import { acceptFormBodies } from './form-body';

describe(acceptFormBodies.name, () => {
  let app: FastifyInstance;

  beforeAll(() => {
    app = fastify({ bodyLimit: 32 * 1024 * 1024 });
    acceptFormBodies(app);
    app.post('/', ({ body }) => Object.entries(body as object));
  });
  afterAll(() => app.close());

  const fieldsOf = async (parts: readonly string[]): Promise<unknown> => {
    const payload = [...parts.map((part) => `--b\r\ncontent-disposition: form-data; ${part}\r\n`), '--b--\r\n'].join(
      '',
    );
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    return (await app.inject({ method: 'POST', url: '/', headers, payload })).json();
  };

  it('reads texts, those that are repeated as lists, and no files', async () => {
    const parts = [
      'name="a"\r\n\r\n1',
      'name="__proto__"\r\n\r\nx',
      'name="f"; filename="f.txt"\r\n\r\n--',
      'name="a"\r\n\r\n2',
    ];
    expect(await fieldsOf(parts)).toEqual([
      ['a', ['1', '2']],
      ['__proto__', 'x'],
    ]);
  });

  it('reads a form of very many fields before anybody gives up', async () => {
    const parts = Array.from({ length: 150_000 }, (_, index) => `name="field ${index}"\r\n\r\n1`);
    expect(await fieldsOf(parts)).toHaveLength(parts.length);
  });
});
