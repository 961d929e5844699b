import type { MaskedEndpoint } from '../positions/masked-endpoint';
import { ReplySession } from './reply-session';
import { restoreBody } from './restore-body';
import { emptyGrants, optionsFor } from './restore.fixture';

const grants = emptyGrants();
const restore = (endpoint: MaskedEndpoint, body: string): string =>
  restoreBody(endpoint, body, new ReplySession(optionsFor(grants)));
const AWKWARD = 'p"w\\ \n값🚀';
const MAIL = grants.tokenFor('email', 'alice@example.com');
const ODD = grants.tokenFor('email', AWKWARD);

const textOf = (mail: string, odd: string): string => `값 ${mail}, ${odd}🚀 MSK`;
const argumentsOf = (mail: string, odd: string): string =>
  `{"to":"${mail}","${mail}":12345678901234567890,"body":[${JSON.stringify(odd)},"\\uac12",` +
  `${JSON.stringify(JSON.stringify({ deep: odd }))}]}`;
const MASKED = { text: textOf(MAIL, ODD), args: argumentsOf(MAIL, ODD) };
const CLEAR = { text: textOf('alice@example.com', AWKWARD), args: argumentsOf('alice@example.com', AWKWARD) };

describe(restoreBody.name, () => {
  it('restores the declared positions of Anthropic, all other literals byte for byte', () => {
    const body = (text: string, args: string): string =>
      `{ "id":"msg_1", "content":[ {"type":"thinking","thinking":"${MAIL}","signature":"${MAIL}"},` +
      `{"type":"text","text":${JSON.stringify(text)}}, {"type":"tool_use","id":"t","name":"send","input":${args}},` +
      `{"type":"server_tool_use","input":{"q":"${MAIL}"}} ], "stop_sequence":${JSON.stringify(text)}, "usage":{"n":1.0,"big":12345678901234567890} }`;
    const restored = restore('anthropic-messages', body(MASKED.text, MASKED.args));
    expect(restored).toBe(body(CLEAR.text, CLEAR.args));
  });

  it('restores the declared positions of OpenAI, arguments at their nesting level', () => {
    const message = (text: string, args: string): object => ({
      role: 'assistant',
      content: text,
      refusal: null,
      reasoning_content: text,
      reasoning_details: [{ type: 'reasoning.text', text: MAIL, signature: 'x' }],
      tool_calls: [
        { id: 'c', type: 'function', function: { name: 'f', arguments: args } },
        { id: 'd', type: 'custom', custom: { name: 'g', input: text } },
      ],
    });
    const body = (text: string, args: string): string =>
      JSON.stringify({ id: MAIL, choices: [{ index: 0, message: message(text, args), finish_reason: 'stop' }] });
    const restored = restore('openai-chat', body(MASKED.text, MASKED.args));
    expect(restored).toBe(body(CLEAR.text, CLEAR.args));
  });

  it('restores error messages, also of bodies that are no JSON', () => {
    const chat = (body: string): string => restore('openai-chat', body);
    expect(chat(`{"error":{"message":"no ${MAIL}"}}`)).toBe('{"error":{"message":"no alice@example.com"}}');
    expect(chat(`<html>no ${MAIL}`)).toBe('<html>no alice@example.com');
  });
});
