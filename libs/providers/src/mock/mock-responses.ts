import type { MockAnswer } from './mock-answer';
import { namedEvent, type MockStream } from './mock-stream';
import { unixTime } from './mock-usage';

/** A whole reply of the Responses API. */
export function mockResponse(id: string, answer: MockAnswer): object {
  return {
    ...head(id, answer, 'completed'),
    output: [doneItem(id, answer)],
    usage: {
      input_tokens: answer.promptTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: answer.tokens.length,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: answer.promptTokens + answer.tokens.length,
    },
  };
}

/** The events of a Responses stream: before, for each token, and after. */
export function mockResponseStream(id: string, answer: MockAnswer): MockStream {
  const next = numbered();
  const { tool } = answer;
  const text = answer.tokens.join('');
  const started = head(id, answer, 'in_progress');
  const at = { item_id: itemId(id, answer), output_index: 0, ...(tool === undefined && { content_index: 0 }) };
  const kind = tool === undefined ? 'response.output_text' : 'response.function_call_arguments';
  const logprobs = tool === undefined && { logprobs: [] };
  const before = [
    next('response.created', { response: started }),
    next('response.in_progress', { response: started }),
    next('response.output_item.added', { output_index: 0, item: openItem(id, answer) }),
    ...(tool === undefined ? [next('response.content_part.added', { ...at, part: part('') })] : []),
  ];
  const token = (delta: string): Uint8Array => next(`${kind}.delta`, { ...at, delta, ...logprobs });
  return {
    before,
    token,
    // The numbers of the last events depend on how many tokens came before them.
    get after() {
      const done = tool === undefined ? { text, ...logprobs } : { name: tool, arguments: text };
      return [
        next(`${kind}.done`, { ...at, ...done }),
        ...(tool === undefined ? [next('response.content_part.done', { ...at, part: part(text) })] : []),
        next('response.output_item.done', { output_index: 0, item: doneItem(id, answer) }),
        next('response.completed', { response: mockResponse(id, answer) }),
      ];
    },
  };
}

function numbered(): (type: string, fields: object) => Uint8Array {
  let sequence_number = 0;
  return (type, fields) => namedEvent({ type, sequence_number: sequence_number++, ...fields });
}

function itemId(id: string, { tool }: MockAnswer): string {
  return tool === undefined ? `msg_${id}` : `fc_${id}`;
}

function openItem(id: string, answer: MockAnswer): object {
  const { tool: name } = answer;
  const head = { id: itemId(id, answer), status: 'in_progress' };
  return name === undefined
    ? { ...head, type: 'message', role: 'assistant', content: [] }
    : { ...head, type: 'function_call', call_id: `call_${id}`, name, arguments: '' };
}

function doneItem(id: string, answer: MockAnswer): object {
  const text = answer.tokens.join('');
  const content = answer.tool === undefined ? { content: [part(text)] } : { arguments: text };
  return { ...openItem(id, answer), status: 'completed', ...content };
}

function part(text: string): object {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

function head(id: string, { model }: MockAnswer, status: string): object {
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: unixTime(),
    status,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model,
    output: [],
    parallel_tool_calls: true,
    previous_response_id: null,
    store: false,
    temperature: 1,
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    usage: null,
  };
}
