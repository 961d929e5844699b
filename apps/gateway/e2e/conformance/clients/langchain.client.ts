import { ChatAnthropic } from '@langchain/anthropic';
import {
  HumanMessage,
  SystemMessage,
  ToolMessage,
  type AIMessage,
  type AIMessageChunk,
  type BaseMessage,
} from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { endingOf, type Answer } from '../answer';
import type { Counts, Ending } from '../counts';
import type { Question, QuestionTool } from '../question';
import type { Access, Client } from './client';
import { OPENAI_ERRORS } from './error-names';

interface LangChainSetup extends Omit<Client, 'connect'> {
  readonly model: (access: Access, id: string, question: Question) => ChatOpenAI | ChatAnthropic;
  /** Why a message ended, in the words of its API. */
  readonly reason: (message: AIMessage) => unknown;
}

const ENDINGS: Readonly<Record<string, Ending>> = {
  stop: 'done',
  tool_calls: 'calls',
  length: 'length',
  completed: 'done',
  incomplete: 'length',
  end_turn: 'done',
  tool_use: 'calls',
  max_tokens: 'length',
};

/** LangChain over chat completions; it shows reasoning and forgets what proves it. */
export const LANGCHAIN_CHAT = langChainClient({
  name: '@langchain/openai, chat completions',
  dialect: 'openai-chat',
  lacks: ['proof', 'streamed-proof', 'streamed-object'],
  errorNames: OPENAI_ERRORS,
  model: ({ url, key, fetch }, model, { think }) =>
    new ChatOpenAI({
      model,
      apiKey: key,
      configuration: { baseURL: `${url}/v1`, fetch },
      maxRetries: 0,
      useResponsesApi: false,
      ...(think === true && { modelKwargs: { reasoning_effort: 'low' } }),
    }),
  reason: ({ response_metadata }) => response_metadata['finish_reason'],
});

/** LangChain over the Responses API. */
export const LANGCHAIN_RESPONSES = langChainClient({
  name: '@langchain/openai, Responses',
  dialect: 'openai-responses',
  lacks: ['stop', 'must-call', 'streamed-object'],
  errorNames: OPENAI_ERRORS,
  model: ({ url, key, fetch }, model, { think }) =>
    new ChatOpenAI({
      model,
      apiKey: key,
      configuration: { baseURL: `${url}/v1`, fetch },
      maxRetries: 0,
      useResponsesApi: true,
      ...(think === true && { modelKwargs: { reasoning: { effort: 'low', summary: 'auto' } } }),
    }),
  reason: ({ response_metadata, tool_calls }) =>
    tool_calls !== undefined && tool_calls.length > 0 ? 'tool_calls' : response_metadata['status'],
});

/** LangChain over the Messages API; of a stream it counts only what `message_start` says of the input. */
export const LANGCHAIN_ANTHROPIC = langChainClient({
  name: '@langchain/anthropic',
  dialect: 'anthropic-messages',
  lacks: ['streamed-counts', 'streamed-object'],
  // It brings an older SDK, which knows no class for 529.
  errorNames: OPENAI_ERRORS,
  model: ({ url, key, fetch }, model, { think }) =>
    new ChatAnthropic({
      model,
      apiKey: key,
      anthropicApiUrl: url,
      clientOptions: { fetch },
      maxRetries: 0,
      maxTokens: 2_000,
      ...(think === true && { thinking: { type: 'enabled', budget_tokens: 1_024 } }),
    }),
  reason: ({ additional_kwargs }) => additional_kwargs['stop_reason'],
});

function langChainClient({ model, reason, ...client }: LangChainSetup): Client {
  return {
    ...client,
    connect(access) {
      async function turn(id: string, question: Question, messages: readonly BaseMessage[]): Promise<Answer> {
        const { message, object } = await run(model(access, id, question), question, [...messages]);
        return {
          ...answerOf(message),
          ending: endingOf(reason(message), ENDINGS),
          object,
          sendResults: (results) => turn(id, question, [...messages, message, ...resultsOf(message, results)]),
        };
      }
      return (id, question) => turn(id, question, firstMessages(question));
    },
  };
}

function answerOf(message: AIMessage): Pick<Answer, 'text' | 'calls' | 'reasoning' | 'counts'> {
  const blocks = message.contentBlocks.flatMap((block) => (block.type === 'reasoning' ? [block.reasoning] : []));
  const ofChat = message.additional_kwargs['reasoning_content'];
  return {
    text: message.text,
    calls: callsOf(message),
    reasoning: typeof ofChat === 'string' ? ofChat : blocks.join(''),
    counts: countsOf(message),
  };
}

async function run(
  model: ChatOpenAI | ChatAnthropic,
  { tools, mustCall, schema, stop, signal, stream }: Question,
  messages: BaseMessage[],
): Promise<{ message: AIMessage; object?: unknown }> {
  const options = { ...(stop !== undefined && { stop: [...stop] }), ...(signal !== undefined && { signal }) };
  if (schema !== undefined) {
    const structured = model.withStructuredOutput(schema, { name: 'answer', method: 'jsonSchema', includeRaw: true });
    const { raw, parsed } = await structured.invoke(messages, options);
    return { message: raw as AIMessage, object: parsed };
  }
  const choice = mustCall === true ? { tool_choice: 'any' } : {};
  const bound = tools === undefined ? model : model.bindTools(tools.map(toolOf), choice);
  if (!stream) return { message: await bound.invoke(messages, options) };
  const chunks: AIMessageChunk[] = [];
  for await (const chunk of await bound.stream(messages, options)) chunks.push(chunk);
  return { message: chunks.reduce((whole, chunk) => whole.concat(chunk)) };
}

function firstMessages({ system, text, png }: Question): BaseMessage[] {
  const picture = { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } };
  const user = new HumanMessage(png === undefined ? text : { content: [{ type: 'text', text }, picture] });
  return system === undefined ? [user] : [new SystemMessage(system), user];
}

function toolOf({ name, description, schema }: QuestionTool) {
  return tool(() => '', { name, description, schema });
}

function callsOf({ tool_calls: calls }: AIMessage): Answer['calls'] {
  return (calls ?? []).map(({ id, name, args }) => ({ id: id ?? '', name, input: args }));
}

function resultsOf(message: AIMessage, results: readonly string[]): ToolMessage[] {
  return callsOf(message).map(({ id }, index) => new ToolMessage({ tool_call_id: id, content: results[index] ?? '' }));
}

function countsOf({ usage_metadata: usage }: AIMessage): Counts | undefined {
  if (usage === undefined) return undefined;
  const { input_tokens: input, output_tokens: output, input_token_details: details } = usage;
  return { input, output, cached: details?.cache_read ?? 0 };
}
