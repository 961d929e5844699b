import fastify, { type FastifyInstance } from 'fastify';
import { acceptBrowserLogin } from './browser-login';

const basic = (text: string): string => `Basic ${Buffer.from(text, 'utf8').toString('base64')}`;

describe(acceptBrowserLogin.name, () => {
  let app: FastifyInstance;
  beforeEach(() => {
    app = fastify();
    acceptBrowserLogin(app, (route) => route === '/page');
    for (const route of ['/page', '/other']) app.get(route, ({ headers }) => ({ seen: headers.authorization ?? null }));
  });
  afterEach(() => app.close());

  async function seen(url: string, authorization: string): Promise<unknown> {
    const reply = await app.inject({ url, headers: { authorization } });
    return reply.json<{ seen: unknown }>().seen;
  }

  it.each([
    ['anybody:key', 'key'],
    [':key', 'key'],
    ['anybody:with:colons:', 'with:colons:'],
    ['anybody:schlüssel', 'schlüssel'],
    ['anybody:', ''],
    ['key', ''],
  ])('takes the password of %j for the key', async (login, key) => {
    await expect(seen('/page', basic(login))).resolves.toBe(`Bearer ${key}`);
  });

  it('leaves every other header, and every other route, as it is', async () => {
    for (const header of ['Bearer key', 'Basic', 'Basic !!!', 'Digest YTpi']) {
      await expect(seen('/page', header)).resolves.toBe(header);
    }
    await expect(seen('/other', basic('a:key'))).resolves.toBe(basic('a:key'));
  });
});
