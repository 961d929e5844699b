/**
 * The Responses request, as far as it is translated. What a client sent has only been checked for its outline: read it
 * with care. Source: https://platform.openai.com/docs/api-reference/responses/create
 */
export interface ResponsesRequest {
  model: string;
  input: string | ResponsesItem[];
  instructions?: string | null;
  stream?: boolean | null;
  max_output_tokens?: number | null;
  temperature?: number | null;
  top_p?: number | null;
  tools?: ResponsesTool[] | null;
  tool_choice?: ResponsesToolChoice | null;
  parallel_tool_calls?: boolean | null;
  text?: { format?: ResponsesFormat; verbosity?: string } | null;
  reasoning?: { effort?: string | null; summary?: string | null } | null;
  include?: string[] | null;
  store?: boolean | null;
  user?: string | null;
  metadata?: Record<string, unknown> | null;
  previous_response_id?: string | null;
}

export type ResponsesItem =
  | ResponsesMessage
  | { type: 'function_call'; id?: string; call_id: string; name: string; arguments: string; status?: string }
  | { type: 'function_call_output'; id?: string; call_id: string; output: string | ResponsesPart[]; status?: string }
  | { type: 'custom_tool_call'; id?: string; call_id: string; name: string; input: string }
  | { type: 'custom_tool_call_output'; id?: string; call_id: string; output: string | ResponsesPart[] }
  | {
      type: 'reasoning';
      id?: string;
      summary: { type: 'summary_text'; text: string }[];
      content?: { type: 'reasoning_text'; text: string }[];
      encrypted_content?: string | null;
    };

/** An item without a `type` is a message too. */
export interface ResponsesMessage {
  type?: 'message';
  id?: string;
  status?: string;
  role: 'user' | 'assistant' | 'system' | 'developer';
  content: string | ResponsesPart[];
}

export type ResponsesPart =
  | { type: 'input_text' | 'output_text'; text: string }
  | { type: 'input_image'; image_url?: string | null; file_id?: string | null; detail?: string }
  | { type: 'input_file'; filename?: string; file_data?: string; file_url?: string; file_id?: string | null }
  | { type: 'refusal'; refusal: string };

export type ResponsesTool =
  | { type: 'function'; name: string; description?: string | null; parameters?: object | null; strict?: boolean | null }
  | { type: 'custom'; name: string; description?: string | null; format?: object | null };

export type ResponsesToolChoice = 'auto' | 'none' | 'required' | { type: 'function' | 'custom'; name: string };

export type ResponsesFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | { type: 'json_schema'; name: string; description?: string; schema: object; strict?: boolean | null };
