import OpenAI from 'openai';
import { endingOf, type Answer, type AnswerCall } from '../answer';
import type { Counts, Ending } from '../counts';
import type { Question } from '../question';
import type { Access, Ask, Client } from './client';
import { OPENAI_ERRORS } from './error-names';

type Message = OpenAI.Chat.ChatCompletionMessageParam;
type Reply = OpenAI.Chat.ChatCompletion;

const ENDINGS: Readonly<Record<string, Ending>> = { stop: 'done', tool_calls: 'calls', length: 'length' };

/** The `openai` package with chat completions. */
export const OPENAI_CHAT: Client = {
  name: 'openai, chat completions',
  dialect: 'openai-chat',
  lacks: [],
  errorNames: OPENAI_ERRORS,
  connect,
};

function connect({ url, key, fetch }: Access): Ask {
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, fetch, maxRetries: 0 });

  async function turn(model: string, question: Question, messages: readonly Message[]): Promise<Answer> {
    const { stream, signal } = question;
    const request = { model, messages: [...messages], ...settingsOf(question) };
    const completions = openai.chat.completions;
    const reply = stream
      ? await whole(completions.stream({ ...request, stream_options: { include_usage: true } }, { signal }))
      : await completions.create(request, { signal });
    return answerOf(reply, question, (results) =>
      turn(model, question, [...messages, ...messageOf(reply), ...resultsOf(reply, results)]),
    );
  }

  return (model, question) => turn(model, question, firstMessages(question));
}

/** The SDK puts a stream together, except for reasoning, which it does not know. */
async function whole(stream: ReturnType<OpenAI['chat']['completions']['stream']>): Promise<Reply> {
  const reasoning: string[] = [];
  stream.on('chunk', ({ choices }) => choices.forEach(({ delta }) => reasoning.push(reasoningOf(delta))));
  const reply = await stream.finalChatCompletion();
  reply.choices.forEach(({ message }) => Object.assign(message, { reasoning_content: reasoning.join('') }));
  return reply;
}

function reasoningOf(message: object | undefined): string {
  return (message as { reasoning_content?: string | null } | undefined)?.reasoning_content ?? '';
}

function firstMessages({ system, text, png }: Question): Message[] {
  const user: Message =
    png === undefined
      ? { role: 'user', content: text }
      : {
          role: 'user',
          content: [
            { type: 'text', text },
            { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } },
          ],
        };
  return system === undefined ? [user] : [{ role: 'system', content: system }, user];
}

function settingsOf({ tools, mustCall, stop, schema, think }: Question) {
  return {
    ...(tools !== undefined && {
      tools: tools.map(({ name, description, schema: parameters }) => ({
        type: 'function' as const,
        function: { name, description, parameters },
      })),
    }),
    ...(mustCall === true && { tool_choice: 'required' as const }),
    ...(stop !== undefined && { stop: [...stop] }),
    ...(schema !== undefined && {
      response_format: { type: 'json_schema' as const, json_schema: { name: 'answer', schema, strict: true } },
    }),
    ...(think === true && { reasoning_effort: 'low' as const }),
  };
}

function answerOf(reply: Reply, { schema }: Question, sendResults: Answer['sendResults']): Answer {
  const choice = reply.choices[0];
  const message = choice?.message;
  const text = message?.content ?? '';
  return {
    text,
    calls: callsOf(reply),
    ending: endingOf(choice?.finish_reason, ENDINGS),
    reasoning: reasoningOf(message),
    counts: countsOf(reply.usage),
    ...(schema !== undefined && { object: JSON.parse(text) as unknown }),
    sendResults,
  };
}

function callsOf(reply: Reply): AnswerCall[] {
  return (reply.choices[0]?.message.tool_calls ?? []).map((call) => {
    if (call.type !== 'function') throw new Error(`a call is of type ${call.type}`);
    return { id: call.id, name: call.function.name, input: JSON.parse(call.function.arguments) as unknown };
  });
}

/** The message goes back whole, as examples of the SDK do it. */
function messageOf(reply: Reply): Message[] {
  return reply.choices.map(({ message }) => message);
}

function resultsOf(reply: Reply, results: readonly string[]): Message[] {
  return callsOf(reply).map(({ id }, index) => ({ role: 'tool', tool_call_id: id, content: results[index] ?? '' }));
}

function countsOf(usage: OpenAI.CompletionUsage | undefined): Counts | undefined {
  if (usage === undefined) return undefined;
  const { prompt_tokens: input, completion_tokens: output, prompt_tokens_details: details } = usage;
  return { input, output, cached: details?.cached_tokens ?? 0 };
}
