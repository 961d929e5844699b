import { event } from '../reply/observe.fixture';

const responsesItem = { id: 'msg_1', type: 'message', role: 'assistant' };
const responsesCall = { id: 'fc_1', type: 'function_call', call_id: 't1', name: 'f' };
export const responsesReasoning = { id: 'rs_1', type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] };
export const responsesHead = { id: 'resp_1', object: 'response', model: 'm' };
export const responsesOutput = [
  responsesReasoning,
  {
    ...responsesItem,
    content: [
      { type: 'output_text', text: 'Grüße 🚀' },
      { type: 'refusal', refusal: 'no' },
    ],
  },
  { ...responsesCall, arguments: '{"a":1}' },
];
export const responsesEvents = [
  event({ type: 'response.created', response: { ...responsesHead, status: 'in_progress', output: [] } }),
  event({ type: 'response.output_item.added', output_index: 0, item: { ...responsesReasoning, summary: [] } }),
  event({ type: 'response.reasoning_summary_text.delta', output_index: 0, summary_index: 0, delta: 'hm' }),
  event({ type: 'response.output_item.done', output_index: 0, item: responsesReasoning }),
  event({ type: 'response.output_item.added', output_index: 1, item: { ...responsesItem, content: [] } }),
  event({ type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: 'Grüße ' }),
  event({ type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: '🚀' }),
  event({ type: 'response.refusal.delta', output_index: 1, content_index: 1, delta: 'no' }),
  event({ type: 'response.output_item.added', output_index: 2, item: { ...responsesCall, arguments: '' } }),
  event({ type: 'response.function_call_arguments.delta', output_index: 2, delta: '{"a"' }),
  event({ type: 'response.function_call_arguments.delta', output_index: 2, delta: ':1}', sequence_number: 10 }),
];
export const responsesStream = Buffer.concat([
  ...responsesEvents,
  event({
    type: 'response.completed',
    sequence_number: 11,
    response: {
      ...responsesHead,
      status: 'completed',
      output: responsesOutput,
      usage: { input_tokens: 3, output_tokens: 4, total_tokens: 7, input_tokens_details: { cached_tokens: 2 } },
    },
  }),
]);
