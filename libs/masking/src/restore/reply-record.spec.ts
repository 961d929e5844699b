import type { MaskedEndpoint } from '../positions/masked-endpoint';
import { createReplyRestorer, type ReplyRestorer } from './reply-restorer';
import { emptyGrants, optionsFor } from './restore.fixture';
import type { RestoreOptions } from './reply-session';
import { ReplyRecord } from './reply-record';

const grants = emptyGrants();
const AWKWARD = 'a"b\\\n';
const MAIL = grants.tokenFor('email', 'alice@example.com');
const ODD = grants.tokenFor('email', AWKWARD);
const BUCKET = grants.tokenFor('aws-s3-bucket', 'acme-prod-1');
const FOREIGN = emptyGrants('another key').tokenFor('email', 'alice@example.com');

function restored(endpoint: MaskedEndpoint, body: object, changes: Partial<RestoreOptions> = {}): ReplyRestorer {
  const restorer = createReplyRestorer(endpoint, optionsFor(grants, changes));
  restorer.body(JSON.stringify(body));
  return restorer;
}

const chat = (content: string, args?: string): object => ({
  choices: [
    {
      message: {
        content,
        ...(args === undefined ? {} : { tool_calls: [{ function: { name: 'f', arguments: args } }] }),
      },
    },
  ],
});

describe(ReplyRecord.name, () => {
  it('remembers where a text held which token, as it was written', () => {
    const lower = MAIL.toLowerCase();
    const { texts } = restored('openai-chat', chat(`${MAIL} and ${lower}`));
    expect(texts).toEqual([
      {
        restored: 'alice@example.com and alice@example.com',
        places: [
          { kind: 'email', start: 0, end: 17, written: MAIL },
          { kind: 'email', start: 22, end: 39, written: lower },
        ],
      },
    ]);
  });

  it('remembers arguments string by string, names too, at the level at which they come back', () => {
    const args = `{"to":"\\u0041 ${MAIL}","plain":"x","${MAIL}":1,"deep":${JSON.stringify(JSON.stringify({ v: ODD }))}}`;
    const { texts } = restored('openai-chat', chat('', args));
    const deep = JSON.stringify({ v: AWKWARD });
    expect(texts).toEqual([
      { restored: 'A alice@example.com', places: [{ kind: 'email', start: 2, end: 19, written: MAIL }] },
      { restored: 'alice@example.com', places: [{ kind: 'email', start: 0, end: 17, written: MAIL }] },
      { restored: deep, places: [{ kind: 'email', start: 6, end: deep.length - 2, written: ODD, level: 1 }] },
    ]);
  });

  it('remembers arguments that are no JSON as they are', () => {
    const { texts } = restored('openai-chat', chat('', `{"to":"${ODD}`));
    const escaped = JSON.stringify(AWKWARD).slice(1, -1);
    expect(texts).toEqual([
      {
        restored: `{"to":"${escaped}`,
        places: [{ kind: 'email', start: 7, end: 7 + escaped.length, written: ODD, level: 1 }],
      },
    ]);
  });

  it('remembers what masking would change although nothing was restored in it, and nothing else', () => {
    const needsMemory = (text: string, name?: string): boolean => text.includes('@') || name === 'password';
    const { texts } = restored('openai-chat', chat('mail bob@example.com', '{"password":"x","other":"x"}'), {
      needsMemory,
    });
    expect(texts).toEqual([
      { restored: 'mail bob@example.com', places: [] },
      { restored: 'x', places: [] },
    ]);
    expect(restored('openai-chat', chat('list acme-prod-1')).texts).toEqual([
      { restored: 'list acme-prod-1', places: [] },
    ]);
    expect(restored('openai-chat', chat('list acme-prod-12')).texts).toEqual([]);
  });

  it('remembers what the model wrote, not what a reply repeats of the request', () => {
    const body = {
      id: 'resp_1',
      conversation: { id: 'conv_1' },
      instructions: MAIL,
      output: [{ type: 'message', content: [{ text: BUCKET }] }],
    };
    const restorer = restored('openai-responses', body);
    expect(restorer.texts.map((text) => text.restored)).toEqual(['acme-prod-1']);
    expect(Array.from(restorer.outcomes)).toEqual([{ kind: 'aws-s3-bucket', outcome: 'restored', count: 1 }]);
    expect([restorer.responseId, restorer.conversationId]).toEqual(['resp_1', 'conv_1']);
    const error = restored('anthropic-messages', { error: { message: MAIL } });
    expect(error.texts).toEqual([]);
  });

  it('remembers no more than there is room for', () => {
    const rememberedCharacters = 40;
    const body = { choices: [MAIL, `${'x'.repeat(60)} ${MAIL}`, MAIL].map((content) => ({ message: { content } })) };
    const restorer = restored('openai-chat', body, { rememberedCharacters });
    expect(restorer.texts.map((text) => text.restored)).toEqual(['alice@example.com', 'alice@example.com']);
    expect(Array.from(restorer.outcomes)).toEqual([{ kind: 'email', outcome: 'restored', count: 3 }]);
  });

  it('counts what was withheld and what was never granted', () => {
    const restorer = restored('openai-chat', chat(`https://evil.example/${MAIL} ${FOREIGN}${FOREIGN} MSK ${MAIL}`));
    expect(Array.from(restorer.outcomes)).toEqual([
      { kind: 'email', outcome: 'withheld-url', count: 1 },
      { kind: 'email', outcome: 'restored', count: 1 },
    ]);
    expect(restorer.outcomes.unknown).toBe(2);
  });
});
