import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigurationError } from '@sallyport/config';
import { anthropicReply, openAiReply, type RecordedRequest, type ScriptedReply } from '@sallyport/testing';
import { startProxy, type ProxyHarness } from './proxy-harness';

const MAIL = 'jane.doe@example.com';
const VPC = 'vpc-1a2b3c4d';
const chat = (content: string): object => ({ model: 'm', messages: [{ role: 'user', content }] });

/** Says back what the user said, as it arrived. */
function parrot(request: RecordedRequest): ScriptedReply {
  const { messages } = JSON.parse(request.body.toString('utf8')) as { messages: { content: string }[] };
  return { body: openAiReply(messages.at(-1)?.content ?? '') };
}

describe('policies', () => {
  let proxy: ProxyHarness;
  afterEach(() => proxy.close());

  async function startWith(variables: Record<string, string>): Promise<void> {
    proxy = await startProxy(variables);
    proxy.upstream.script(parrot);
  }

  async function say(content: string): Promise<string> {
    const reply = await proxy.post('/v1/chat/completions', chat(content));
    expect(reply.status).toBe(200);
    return ((await reply.json()) as { choices: { message: { content: string } }[] }).choices[0]?.message.content ?? '';
  }

  describe('block', () => {
    it('refuses a request in the dialect of its route, names the kinds and forwards nothing', async () => {
      await startWith({ MASKING_POLICIES: 'email=block,ip=block' });
      const refused = await proxy.post('/v1/chat/completions', chat(`${MAIL} from 10.20.30.40 in ${VPC}`));
      expect([refused.status, await refused.json()]).toMatchObject([
        403,
        {
          error: {
            code: 'blocked_by_policy',
            type: 'permission_denied_error',
            message: expect.stringMatching(/email.*ip/) as string,
          },
        },
      ]);
      const message = await proxy.post('/v1/messages', { ...chat(MAIL), max_tokens: 9 });
      const told = await message.text();
      expect([message.status, JSON.parse(told)]).toMatchObject([
        403,
        { type: 'error', error: { type: 'permission_error' } },
      ]);
      expect(told).not.toContain(MAIL);
      expect(proxy.upstream.requests).toEqual([]);
      expect(await proxy.counted('masking_decisions_total', 'kind="email",decision="block"')).toBe(2);
      expect(await say(VPC)).toBe(VPC);
    });
  });

  describe('one-way', () => {
    it('masks and never restores', async () => {
      await startWith({ MASKING_POLICIES: 'email=one-way' });
      expect(await say(`${MAIL} in ${VPC}`)).toMatch(new RegExp(`^MSKMAIL\\w{13} in ${VPC}$`));
      expect(proxy.lastBody()).not.toMatch(/jane|vpc-/);
      expect(await proxy.counted('masking_entities_total', 'kind="email"')).toBe(1);
    });
  });

  describe('allow', () => {
    it('leaves a value as it is, also in an address, and counts it', async () => {
      await startWith({ MASKING_POLICIES: 'email=allow' });
      expect(await say(`${MAIL} in ${VPC}`)).toBe(`${MAIL} in ${VPC}`);
      expect(proxy.lastBody()).toMatch(new RegExp(`"${MAIL} in MSKVPCX\\w{13}"`));
      expect(await proxy.counted('masking_decisions_total', 'kind="email",decision="allow"')).toBe(1);
      expect((await proxy.get(`/v1/files?owner=${MAIL}`)).status).not.toBe(422);
    });
  });

  describe('report', () => {
    it('forwards the very bytes, refuses nothing and counts everything', async () => {
      await startWith({ MASKING_MODE: 'report', MASKING_POLICIES: 'email=block' });
      const body = `{ "model":"m","messages":[{"role":"user","content":"${MAIL} in ${VPC}"}],"seed":1.0 }`;
      const reply = await proxy.post('/v1/chat/completions?note=vpc-0123456789abcdef0', body);
      expect(reply.status).toBe(200);
      expect(proxy.lastBody()).toBe(body);
      expect(proxy.upstream.requests[0]?.headers['x-sallyport-masked']).toBeUndefined();
      expect(await proxy.counted('masking_decisions_total', 'decision="report"')).toBe(2);
      expect(await proxy.counted('masking_entities_total')).toBe(0);
      const preview = (await (await proxy.post('/v1/mask', { text: MAIL })).json()) as { results: object[] };
      expect(preview.results).toEqual([{ masked: MAIL, findings: [{ kind: 'email', start: 0, end: MAIL.length }] }]);
    });
  });

  describe('own rules and exceptions', () => {
    const RULES = `
rules:
  - name: ticket
    pattern: TICKET-[0-9]{4,8}
  - name: project
    pattern: project ([A-Z]+)
    group: 1
    action: block
allow:
  values: [support@example.com]
`;

    beforeEach(async () => {
      proxy = await startProxy();
      await writeFile(join(proxy.dataDir, 'rules.yaml'), RULES);
      proxy = await proxy.restart({ MASKING_RULES_FILE: join(proxy.dataDir, 'rules.yaml') });
      proxy.upstream.script(parrot);
    });

    it('mask what the file says and let through what it excepts', async () => {
      expect(await say(`TICKET-12345 of support@example.com and ${MAIL}`)).toBe(
        `TICKET-12345 of support@example.com and ${MAIL}`,
      );
      expect(proxy.lastBody()).toMatch(/"MSKOWNX\w{13} of support@example\.com and MSKMAIL\w{13}"/);
      expect(await proxy.counted('masking_entities_total', 'kind="own-ticket"')).toBe(1);
      expect((await proxy.post('/v1/chat/completions', chat('project ORION'))).status).toBe(403);
    });

    it('are refused with all their mistakes before anything starts', async () => {
      const wrong = {
        MASKING_POLICIES: 'e-mail=block,ip=hide,own-ticket=allow',
        MASKING_RULES: '{"rules":[{"name":"a","pattern":"x*"},{"name":"b","pattern":"("}]}',
        MASKING_RULES_FILE: '',
      };
      const problems = await proxy.with(wrong).then(
        () => [],
        (error: ConfigurationError) => error.problems,
      );
      expect(problems).toEqual([
        'MASKING_POLICIES: e-mail: no such kind',
        'MASKING_POLICIES: ip: must be one of reversible, one-way, block, allow',
        'MASKING_POLICIES: own-ticket: no such kind',
        'MASKING_RULES: rules.0: the pattern matches the empty text, and so everywhere',
        expect.stringMatching(/^MASKING_RULES: rules\.1: the pattern is not valid/),
      ]);
    });
  });

  describe('limits', () => {
    it('refuse a request with more values than allowed', async () => {
      await startWith({ MASKING_MAX_VALUES: '3' });
      const mails = (count: number): string => Array.from({ length: count }, (_, at) => `a${at}@example.com`).join(' ');
      expect((await proxy.post('/v1/chat/completions', chat(mails(3)))).status).toBe(200);
      expect((await proxy.post('/v1/chat/completions', chat(mails(4)))).status).toBe(422);
    });
  });

  it('a message of an Anthropic client is restored by the same policies', async () => {
    proxy = await startProxy({ MASKING_POLICIES: 'email=one-way' });
    proxy.upstream.script(({ body }) => ({ body: anthropicReply(/MSK\w+/.exec(body.toString())?.[0] ?? '') }));
    const reply = await proxy.post('/v1/messages', { ...chat(MAIL), max_tokens: 9 });
    expect(await reply.text()).toMatch(/MSKMAIL\w{13}/);
  });
});
