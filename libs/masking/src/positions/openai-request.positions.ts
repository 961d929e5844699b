import { JSON_SCHEMA_SHAPES } from './json-schema.positions';
import type { PositionTable } from './position-table';

/**
 * Where text lives in `POST /v1/chat/completions`, after the request types of `openai` and the extensions of common
 * compatible servers. What a table does not name is text, so that a new field cannot leak.
 *
 * Kept for a reason: base64 data, file ids and picture URLs are no prose and must still work; ids and tool names tie
 * messages together; `reasoning_details` may be signed or encrypted.
 */
export const OPENAI_REQUEST = {
  root: '@request',
  shapes: {
    ...JSON_SCHEMA_SHAPES,
    request: {
      fields: {
        model: 'keep',
        messages: '@message',
        tools: '@tool',
        functions: '@function',
        tool_choice: 'keep',
        function_call: 'keep',
        response_format: '@responseFormat',
        prediction: '@prediction',
        stop: 'text',
        user: 'text',
        safety_identifier: 'text',
        prompt_cache_key: 'text',
        metadata: 'text',
        web_search_options: 'text',
        moderation: 'text',
        audio: 'keep',
        frequency_penalty: 'keep',
        logit_bias: 'keep',
        logprobs: 'keep',
        max_completion_tokens: 'keep',
        max_tokens: 'keep',
        modalities: 'keep',
        n: 'keep',
        parallel_tool_calls: 'keep',
        presence_penalty: 'keep',
        prompt_cache_options: 'keep',
        prompt_cache_retention: 'keep',
        reasoning_effort: 'keep',
        seed: 'keep',
        service_tier: 'keep',
        store: 'keep',
        stream: 'keep',
        stream_options: 'keep',
        temperature: 'keep',
        top_logprobs: 'keep',
        top_p: 'keep',
        verbosity: 'keep',
      },
      rest: 'text',
    },
    message: {
      fields: {
        role: 'keep',
        content: '@part',
        tool_calls: '@toolCall',
        tool_call_id: 'keep',
        function_call: '@call',
        audio: 'keep',
        reasoning_details: 'keep',
      },
      rest: 'text',
    },
    part: {
      types: { image_url: '@imagePart', input_audio: '@audioPart', file: '@filePart' },
      rest: '@textPart',
    },
    /** Text, refusals and every part that is not known. */
    textPart: { fields: { type: 'keep', cache_control: 'keep', prompt_cache_breakpoint: 'keep' }, rest: 'text' },
    imagePart: { fields: { type: 'keep', image_url: 'keep' }, rest: 'text' },
    audioPart: { fields: { type: 'keep', input_audio: 'keep' }, rest: 'text' },
    filePart: { fields: { type: 'keep', file: '@file' }, rest: 'text' },
    file: { fields: { file_id: 'keep', file_data: 'keep' }, rest: 'text' },
    toolCall: {
      fields: { id: 'keep', type: 'keep', index: 'keep', function: '@call', custom: '@customCall' },
      rest: 'text',
    },
    call: { fields: { name: 'keep', arguments: 'json' }, rest: 'text' },
    customCall: { fields: { name: 'keep', input: 'text' }, rest: 'text' },
    tool: { fields: { type: 'keep', function: '@function', custom: '@customTool' }, rest: 'text' },
    function: { fields: { name: 'keep', parameters: '@schema' }, rest: 'text' },
    customTool: { fields: { name: 'keep' }, rest: 'text' },
    responseFormat: { fields: { type: 'keep', json_schema: '@jsonSchema' }, rest: 'text' },
    jsonSchema: { fields: { name: 'keep', schema: '@schema' }, rest: 'text' },
    prediction: { fields: { type: 'keep', content: '@part' }, rest: 'text' },
  },
} as const satisfies PositionTable;
