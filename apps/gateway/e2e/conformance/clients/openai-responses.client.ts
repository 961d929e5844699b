import OpenAI from 'openai';
import { endingOf, type Answer } from '../answer';
import type { Counts } from '../counts';
import type { Question } from '../question';
import type { Access, Ask, Client } from './client';
import { OPENAI_ERRORS } from './error-names';

type Item = OpenAI.Responses.ResponseInputItem;
type Reply = OpenAI.Responses.Response;

/** The `openai` package with the Responses API, stateless: it keeps the conversation itself. */
export const OPENAI_RESPONSES: Client = {
  name: 'openai, Responses',
  dialect: 'openai-responses',
  lacks: ['stop'],
  errorNames: OPENAI_ERRORS,
  connect,
};

function connect({ url, key, fetch }: Access): Ask {
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, fetch, maxRetries: 0 });

  async function turn(model: string, question: Question, input: readonly Item[]): Promise<Answer> {
    const { stream, signal } = question;
    const request = { model, input: [...input], store: false, ...settingsOf(question) };
    const reply = stream
      ? await openai.responses.stream(request, { signal }).finalResponse()
      : await openai.responses.create(request, { signal });
    return answerOf(reply, question, (results) =>
      turn(model, question, [...input, ...(reply.output as Item[]), ...resultsOf(reply, results)]),
    );
  }

  return (model, question) => turn(model, question, [firstItem(question)]);
}

function firstItem({ text, png }: Question): Item {
  if (png === undefined) return { role: 'user', content: text };
  const image = { type: 'input_image' as const, detail: 'auto' as const, image_url: `data:image/png;base64,${png}` };
  return { role: 'user', content: [{ type: 'input_text', text }, image] };
}

function settingsOf({ system, tools, mustCall, schema, think }: Question) {
  return {
    ...(system !== undefined && { instructions: system }),
    ...(tools !== undefined && {
      tools: tools.map(({ name, description, schema: parameters }) => ({
        type: 'function' as const,
        name,
        description,
        parameters,
        strict: false,
      })),
    }),
    ...(mustCall === true && { tool_choice: 'required' as const }),
    ...(schema !== undefined && {
      text: { format: { type: 'json_schema' as const, name: 'answer', schema, strict: true } },
    }),
    ...(think === true && {
      reasoning: { effort: 'low' as const, summary: 'auto' as const },
      include: ['reasoning.encrypted_content' as const],
    }),
  };
}

function answerOf(reply: Reply, { schema }: Question, sendResults: Answer['sendResults']): Answer {
  const text = reply.output_text;
  const calls = callsOf(reply).map(({ call_id: id, name, arguments: input }) => ({
    id,
    name,
    input: JSON.parse(input) as unknown,
  }));
  return {
    text,
    calls,
    ending: endingOf(reply.incomplete_details?.reason ?? reply.status, {
      completed: calls.length > 0 ? 'calls' : 'done',
      max_output_tokens: 'length',
    }),
    reasoning: reply.output
      .flatMap((item) => (item.type === 'reasoning' ? item.summary.map((part) => part.text) : []))
      .join(''),
    counts: countsOf(reply.usage),
    ...(schema !== undefined && { object: JSON.parse(text) as unknown }),
    sendResults,
  };
}

function callsOf(reply: Reply): OpenAI.Responses.ResponseFunctionToolCall[] {
  return reply.output.filter((item) => item.type === 'function_call');
}

function resultsOf(reply: Reply, results: readonly string[]): Item[] {
  return callsOf(reply).map(({ call_id }, index) => ({
    type: 'function_call_output',
    call_id,
    output: results[index] ?? '',
  }));
}

function countsOf(usage: OpenAI.Responses.ResponseUsage | undefined): Counts | undefined {
  if (usage === undefined) return undefined;
  const { input_tokens: input, output_tokens: output, input_tokens_details: details } = usage;
  return { input, output, cached: details.cached_tokens };
}
