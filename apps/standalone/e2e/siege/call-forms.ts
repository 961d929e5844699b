import type { CallKind, CallPlan } from './call-plan';
import { promptOf } from './call-plan';

/** How one dialect asks, ends a stream and holds the text of a reply. */
interface CallForm {
  readonly path: string;
  readonly body: (prompt: string) => object;
  /** In a stream that was complete, and in no other. */
  readonly terminal: string;
  readonly textOf: (reply: never) => string;
  /** Text of one event's data; undefined when it holds none. */
  readonly deltaOf: (data: never) => string | undefined;
}

interface ChatReply {
  readonly choices: readonly { readonly message: { readonly content: string } }[];
}
interface ChatChunk {
  readonly choices?: readonly { readonly delta: { readonly content?: string | null } }[];
}
interface MessagesReply {
  readonly content: readonly { readonly text?: string }[];
}
interface ResponsesReply {
  readonly output: readonly { readonly content?: readonly { readonly text?: string }[] }[];
}

export const CALL_FORMS: Readonly<Record<CallKind, CallForm>> = {
  chat: {
    path: '/v1/chat/completions',
    body: (content) => ({ model: 'gpt', messages: [{ role: 'user', content }] }),
    terminal: 'data: [DONE]',
    textOf: (reply: ChatReply) => reply.choices[0]?.message.content ?? '',
    deltaOf: (chunk: ChatChunk) => chunk.choices?.[0]?.delta.content ?? undefined,
  },
  messages: {
    path: '/v1/messages',
    body: (content) => ({ model: 'claude', max_tokens: 9_999, messages: [{ role: 'user', content }] }),
    terminal: 'event: message_stop',
    textOf: (reply: MessagesReply) => reply.content.map(({ text }) => text ?? '').join(''),
    deltaOf: (event: { delta?: { text?: string } }) => event.delta?.text,
  },
  responses: {
    path: '/v1/responses',
    body: (input) => ({ model: 'gpt', input }),
    terminal: 'event: response.completed',
    textOf: (reply: ResponsesReply) =>
      reply.output.flatMap(({ content }) => content ?? []).reduce((whole, { text }) => whole + (text ?? ''), ''),
    deltaOf: (event: { type: string; delta?: string }) =>
      event.type === 'response.output_text.delta' ? event.delta : undefined,
  },
};

export function bodyOf(plan: CallPlan): string {
  return JSON.stringify({ ...CALL_FORMS[plan.kind].body(promptOf(plan)), stream: plan.streamed });
}

/** The whole text of a reply object. */
export function textOf(kind: CallKind, reply: unknown): string {
  return CALL_FORMS[kind].textOf(reply as never);
}

/** The whole text that the events of a stream carry. */
export function streamedTextOf(kind: CallKind, stream: string): string {
  const { deltaOf } = CALL_FORMS[kind];
  return stream
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => deltaOf(JSON.parse(line.slice('data: '.length)) as never) ?? '')
    .join('');
}

/** True once the terminal event has arrived, with the empty line that ends it. */
export function isWhole(kind: CallKind, stream: string): boolean {
  const at = stream.lastIndexOf(CALL_FORMS[kind].terminal);
  return at !== -1 && stream.indexOf('\n\n', at) !== -1;
}
