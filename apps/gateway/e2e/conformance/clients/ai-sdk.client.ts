import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import {
  generateText,
  jsonSchema,
  Output,
  streamText,
  tool,
  type LanguageModel,
  type LanguageModelUsage,
  type ModelMessage,
} from 'ai';
import { endingOf, type Answer, type AnswerCall } from '../answer';
import type { Counts, Ending } from '../counts';
import type { Question, QuestionTool } from '../question';
import type { Access, Ask, Client } from './client';
import { AI_SDK_ERRORS } from './error-names';

type ProviderOptions = NonNullable<Parameters<typeof generateText>[0]['providerOptions']>;

interface AiSdkSetup extends Pick<Client, 'name' | 'dialect' | 'lacks'> {
  readonly provider: (access: Access) => (modelId: string) => LanguageModel;
  readonly options: (question: Question) => ProviderOptions;
}

/** What both ways to generate tell of a reply. */
interface Generated {
  readonly text: string;
  readonly reasoningText: string | undefined;
  readonly toolCalls: readonly { toolCallId: string; toolName: string; input: unknown }[];
  readonly finishReason: string;
  readonly usage: LanguageModelUsage;
  readonly messages: readonly ModelMessage[];
  readonly output: unknown;
}

// What it warns of is what `lacks` says.
globalThis.AI_SDK_LOG_WARNINGS = false;

const ENDINGS: Readonly<Record<string, Ending>> = { stop: 'done', 'tool-calls': 'calls', length: 'length' };

/** The Vercel AI SDK over chat completions; its provider has no place for reasoning there. */
export const AI_SDK_CHAT = aiSdkClient({
  name: 'ai, @ai-sdk/openai chat',
  dialect: 'openai-chat',
  lacks: ['reasoning', 'proof', 'streamed-proof'],
  provider: ({ url, key, fetch }) => createOpenAI({ baseURL: `${url}/v1`, apiKey: key, fetch }).chat,
  options: ({ think }) => ({
    openai: { ...(think === true && { reasoningEffort: 'low', forceReasoning: true }) },
  }),
});

/** The Vercel AI SDK over the Responses API; `store: false` makes it send whole items, not references to them. */
export const AI_SDK_RESPONSES = aiSdkClient({
  name: 'ai, @ai-sdk/openai Responses',
  dialect: 'openai-responses',
  lacks: ['stop'],
  provider: ({ url, key, fetch }) => createOpenAI({ baseURL: `${url}/v1`, apiKey: key, fetch }).responses,
  options: ({ think }) => ({
    openai: {
      store: false,
      ...(think === true && { reasoningEffort: 'low', reasoningSummary: 'auto', forceReasoning: true }),
    },
  }),
});

/** The Vercel AI SDK over the Messages API. */
export const AI_SDK_ANTHROPIC = aiSdkClient({
  name: 'ai, @ai-sdk/anthropic',
  dialect: 'anthropic-messages',
  lacks: [],
  provider: ({ url, key, fetch }) => createAnthropic({ baseURL: `${url}/v1`, apiKey: key, fetch }),
  options: ({ think, schema }) => ({
    anthropic: {
      ...(think === true && { thinking: { type: 'enabled', budgetTokens: 1_024 } }),
      ...(schema !== undefined && { structuredOutputMode: 'outputFormat' }),
    },
  }),
});

function aiSdkClient({ provider, options, ...client }: AiSdkSetup): Client {
  return { ...client, errorNames: AI_SDK_ERRORS, connect: (access) => connect(provider(access), options) };
}

function connect(model: (id: string) => LanguageModel, options: AiSdkSetup['options']): Ask {
  async function turn(id: string, question: Question, messages: readonly ModelMessage[]): Promise<Answer> {
    const request = {
      model: model(id),
      messages: [...messages],
      providerOptions: options(question),
      maxOutputTokens: 2_000,
      maxRetries: 0,
      ...settingsOf(question),
    };
    const generated = await (question.stream ? streamed(request) : whole(request));
    return answerOf(generated, question, (results) =>
      turn(id, question, [...messages, ...generated.messages, resultsOf(generated, results)]),
    );
  }

  return (id, question) => turn(id, question, [firstMessage(question)]);
}

async function whole(request: Parameters<typeof generateText>[0]): Promise<Generated> {
  const result = await generateText(request);
  const { text, reasoningText, toolCalls, finishReason, usage, response } = result;
  const output: unknown = request.output === undefined ? undefined : result.output;
  return { text, reasoningText, toolCalls, finishReason, usage, messages: response.messages, output };
}

async function streamed(request: Parameters<typeof streamText>[0]): Promise<Generated> {
  const result = streamText({ ...request, onError: () => undefined });
  for await (const part of result.fullStream) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'abort') throw new Error('aborted');
  }
  return {
    text: await result.text,
    reasoningText: await result.reasoningText,
    toolCalls: await result.toolCalls,
    finishReason: await result.finishReason,
    usage: await result.usage,
    messages: (await result.response).messages,
    output: request.output === undefined ? undefined : await result.output,
  };
}

function firstMessage({ text, png }: Question): ModelMessage {
  if (png === undefined) return { role: 'user', content: text };
  return {
    role: 'user',
    content: [
      { type: 'text', text },
      { type: 'image', image: png, mediaType: 'image/png' },
    ],
  };
}

function settingsOf({ system, tools, mustCall, stop, schema, signal }: Question) {
  return {
    ...(system !== undefined && { system }),
    ...(tools !== undefined && { tools: Object.fromEntries(tools.map(toolOf)) }),
    ...(mustCall === true && { toolChoice: 'required' as const }),
    ...(stop !== undefined && { stopSequences: [...stop] }),
    ...(schema !== undefined && { output: Output.object({ schema: jsonSchema(schema) }) }),
    ...(signal !== undefined && { abortSignal: signal }),
  };
}

function toolOf({ name, description, schema }: QuestionTool) {
  return [name, tool({ description, inputSchema: jsonSchema(schema) })] as const;
}

function answerOf(generated: Generated, { schema }: Question, sendResults: Answer['sendResults']): Answer {
  const calls = generated.toolCalls.map(({ toolCallId, toolName, input }): AnswerCall => ({
    id: toolCallId,
    name: toolName,
    input,
  }));
  return {
    text: generated.text,
    calls,
    ending: endingOf(generated.finishReason, ENDINGS),
    reasoning: generated.reasoningText ?? '',
    counts: countsOf(generated.usage),
    ...(schema !== undefined && { object: generated.output }),
    sendResults,
  };
}

function resultsOf({ toolCalls }: Generated, results: readonly string[]): ModelMessage {
  return {
    role: 'tool',
    content: toolCalls.map(({ toolCallId, toolName }, index) => ({
      type: 'tool-result',
      toolCallId,
      toolName,
      output: { type: 'text', value: results[index] ?? '' },
    })),
  };
}

function countsOf({ inputTokens, outputTokens, inputTokenDetails }: LanguageModelUsage): Counts | undefined {
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  return { input: inputTokens, output: outputTokens, cached: inputTokenDetails.cacheReadTokens ?? 0 };
}
