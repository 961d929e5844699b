const HEAD = { id: 'resp_scripted', object: 'response', created_at: 1_790_000_000, model: 'scripted-model' };
const SETTINGS = {
  error: null,
  incomplete_details: null,
  instructions: null,
  metadata: {},
  parallel_tool_calls: true,
  temperature: 1,
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
};
const USAGE = {
  input_tokens: 7,
  input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  output_tokens: 5,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 12,
};

/** One output item of a scripted stream, with the pieces in which its text arrives. */
export type ScriptedItem =
  | { readonly type: 'text' | 'refusal'; readonly parts: readonly string[] }
  | { readonly type: 'reasoning'; readonly parts: readonly string[]; readonly encrypted?: string }
  /** `custom-call` is one of a tool that takes free text. */
  | {
      readonly type: 'call' | 'custom-call';
      readonly callId: string;
      readonly name: string;
      readonly parts: readonly string[];
    };

/** A response with one message, as `POST /v1/responses` answers it. */
export function responsesReply(text: string): object {
  return responsesItemReply([{ type: 'text', parts: [text] }]);
}

/** A response of given items: for calls, refusals and reasoning. */
export function responsesItemReply(items: readonly ScriptedItem[], usage: object = USAGE): object {
  return {
    ...HEAD,
    ...SETTINGS,
    status: 'completed',
    output: items.map((item, index) => done(item, index)),
    usage,
  };
}

/** The same as {@link responsesReply} as a stream with one delta per part. Each item is one server-sent event. */
export function responsesStream(parts: readonly string[]): string[] {
  return responsesItemStream([{ type: 'text', parts }]);
}

/**
 * A stream of given items, one after the other.
 *
 * @param incomplete why the response is not complete; left out when it is
 */
export function responsesItemStream(
  items: readonly ScriptedItem[],
  incomplete?: string,
  usage: object = USAGE,
): string[] {
  const open = { ...HEAD, ...SETTINGS, status: 'in_progress', output: [], usage: null };
  const status = incomplete === undefined ? 'completed' : 'incomplete';
  const output = items.map((item, index) => done(item, index));
  const ended = { ...HEAD, ...SETTINGS, status, output, usage };
  const details = incomplete === undefined ? {} : { incomplete_details: { reason: incomplete } };
  const events: [type: string, fields: object][] = [
    ['created', { response: open }],
    ['in_progress', { response: open }],
    ...items.flatMap(itemEvents),
    [status, { response: { ...ended, ...details } }],
  ];
  return events.map(([event, fields], sequence_number) => {
    const type = `response.${event}`;
    return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number, ...fields })}\n\n`;
  });
}

function itemEvents(scripted: ScriptedItem, output_index: number): [type: string, fields: object][] {
  const item = done(scripted, output_index);
  const place = { item_id: item.id, output_index };
  return [
    ['output_item.added', { output_index, item: { ...item, ...EMPTY[scripted.type] } }],
    ...textEvents(scripted, place),
    ['output_item.done', { output_index, item }],
  ];
}

const EMPTY: Readonly<Record<ScriptedItem['type'], object>> = {
  text: { status: 'in_progress', content: [] },
  refusal: { status: 'in_progress', content: [] },
  reasoning: { summary: [], encrypted_content: undefined },
  call: { status: 'in_progress', arguments: '' },
  'custom-call': { status: 'in_progress', input: '' },
};

function textEvents({ type, parts }: ScriptedItem, place: object): [type: string, fields: object][] {
  const whole = parts.join('');
  const deltas = (event: string, fields: object): [type: string, fields: object][] =>
    parts.map((delta) => [`${event}.delta`, { ...fields, delta }]);
  if (type === 'call') {
    const event = 'function_call_arguments';
    return [...deltas(event, place), [`${event}.done`, { ...place, arguments: whole }]];
  }
  if (type === 'custom-call') {
    const event = 'custom_tool_call_input';
    return [...deltas(event, place), [`${event}.done`, { ...place, input: whole }]];
  }
  if (type === 'reasoning') {
    if (whole === '') return [];
    const at = { ...place, summary_index: 0 };
    return [
      ['reasoning_summary_part.added', { ...at, part: { type: 'summary_text', text: '' } }],
      ...deltas('reasoning_summary_text', at),
      ['reasoning_summary_text.done', { ...at, text: whole }],
      ['reasoning_summary_part.done', { ...at, part: { type: 'summary_text', text: whole } }],
    ];
  }
  const at = { ...place, content_index: 0 };
  const event = type === 'text' ? 'output_text' : 'refusal';
  const logprobs = type === 'text' ? { logprobs: [] } : {};
  return [
    ['content_part.added', { ...at, part: contentPart(type, '') }],
    ...deltas(event, { ...at, ...logprobs }),
    [`${event}.done`, { ...at, ...logprobs, [type]: whole }],
    ['content_part.done', { ...at, part: contentPart(type, whole) }],
  ];
}

/** The item as it is when it is over. */
function done(item: ScriptedItem, index: number): { id: string; [field: string]: unknown } {
  const text = item.parts.join('');
  switch (item.type) {
    case 'text':
    case 'refusal': {
      const content = [contentPart(item.type, text)];
      return { id: `msg_${index}`, type: 'message', role: 'assistant', status: 'completed', content };
    }
    case 'reasoning': {
      const summary = text === '' ? [] : [{ type: 'summary_text', text }];
      return { id: `rs_${index}`, type: 'reasoning', summary, encrypted_content: item.encrypted };
    }
    case 'call': {
      const { callId, name } = item;
      return { id: `fc_${index}`, type: 'function_call', status: 'completed', call_id: callId, name, arguments: text };
    }
    case 'custom-call': {
      const { callId, name } = item;
      return { id: `ctc_${index}`, type: 'custom_tool_call', status: 'completed', call_id: callId, name, input: text };
    }
  }
}

function contentPart(type: 'text' | 'refusal', text: string): object {
  return type === 'text' ? { type: 'output_text', text, annotations: [], logprobs: [] } : { type, refusal: text };
}
