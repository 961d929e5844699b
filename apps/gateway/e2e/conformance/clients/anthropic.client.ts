import Anthropic from '@anthropic-ai/sdk';
import { endingOf, type Answer } from '../answer';
import type { Counts, Ending } from '../counts';
import type { Question } from '../question';
import { ANTHROPIC_ERRORS } from './error-names';
import type { Access, Ask, Client } from './client';

type Message = Anthropic.MessageParam;

const ENDINGS: Readonly<Record<string, Ending>> = { end_turn: 'done', tool_use: 'calls', max_tokens: 'length' };

/** The `@anthropic-ai/sdk` package. */
export const ANTHROPIC: Client = {
  name: '@anthropic-ai/sdk',
  dialect: 'anthropic-messages',
  lacks: [],
  errorNames: ANTHROPIC_ERRORS,
  connect,
};

function connect({ url, key, fetch }: Access): Ask {
  const anthropic = new Anthropic({ baseURL: url, apiKey: key, fetch, maxRetries: 0 });

  async function turn(model: string, question: Question, messages: readonly Message[]): Promise<Answer> {
    const { stream, signal } = question;
    const request = { model, max_tokens: 2_000, messages: [...messages], ...settingsOf(question) };
    const reply = stream
      ? await anthropic.messages.stream(request, { signal }).finalMessage()
      : await anthropic.messages.create(request, { signal });
    return answerOf(reply, question, (results) =>
      turn(model, question, [...messages, { role: 'assistant', content: reply.content }, resultsOf(reply, results)]),
    );
  }

  return (model, question) => turn(model, question, [firstMessage(question)]);
}

function firstMessage({ text, png }: Question): Message {
  if (png === undefined) return { role: 'user', content: text };
  const source = { type: 'base64' as const, media_type: 'image/png' as const, data: png };
  return {
    role: 'user',
    content: [
      { type: 'text', text },
      { type: 'image', source },
    ],
  };
}

function settingsOf({ system, tools, mustCall, stop, schema, think }: Question) {
  return {
    ...(system !== undefined && { system }),
    ...(tools !== undefined && {
      tools: tools.map(({ name, description, schema: input_schema }) => ({ name, description, input_schema })),
    }),
    ...(mustCall === true && { tool_choice: { type: 'any' as const } }),
    ...(stop !== undefined && { stop_sequences: [...stop] }),
    ...(schema !== undefined && { output_config: { format: { type: 'json_schema' as const, schema } } }),
    ...(think === true && { thinking: { type: 'enabled' as const, budget_tokens: 1_024 } }),
  };
}

function answerOf(reply: Anthropic.Message, { schema }: Question, sendResults: Answer['sendResults']): Answer {
  const text = reply.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');
  return {
    text,
    calls: callsOf(reply).map(({ id, name, input }) => ({ id, name, input })),
    ending: endingOf(reply.stop_reason, ENDINGS),
    reasoning: reply.content.flatMap((block) => (block.type === 'thinking' ? [block.thinking] : [])).join(''),
    counts: countsOf(reply.usage),
    ...(schema !== undefined && { object: JSON.parse(text) as unknown }),
    sendResults,
  };
}

function callsOf(reply: Anthropic.Message): Anthropic.ToolUseBlock[] {
  return reply.content.filter((block) => block.type === 'tool_use');
}

function resultsOf(reply: Anthropic.Message, results: readonly string[]): Message {
  return {
    role: 'user',
    content: callsOf(reply).map(({ id }, index) => ({
      type: 'tool_result',
      tool_use_id: id,
      content: results[index] ?? '',
    })),
  };
}

function countsOf(usage: Anthropic.Usage): Counts {
  const cached = usage.cache_read_input_tokens ?? 0;
  const input = usage.input_tokens + cached + (usage.cache_creation_input_tokens ?? 0);
  return { input, cached, output: usage.output_tokens };
}
