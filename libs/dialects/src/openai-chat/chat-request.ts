/**
 * The chat completion request, as far as it is translated. What a client sent has only been checked for its outline:
 * read it with care. Source: https://platform.openai.com/docs/api-reference/chat/create
 */
export interface ChatRequest {
  model: string;
  messages: ChatMessage[];
  stream?: boolean | null;
  stream_options?: { include_usage?: boolean } | null;
  max_tokens?: number | null;
  max_completion_tokens?: number | null;
  temperature?: number | null;
  top_p?: number | null;
  top_k?: number | null;
  n?: number | null;
  stop?: string | string[] | null;
  tools?: ChatTool[] | null;
  tool_choice?: ChatToolChoice | null;
  parallel_tool_calls?: boolean | null;
  response_format?: ChatResponseFormat | null;
  reasoning_effort?: string | null;
  user?: string | null;
  metadata?: Record<string, unknown> | null;
}

export type ChatMessage = ChatSystemMessage | ChatUserMessage | ChatAssistantMessage | ChatToolMessage;

export interface ChatSystemMessage {
  role: 'system' | 'developer';
  content: string | ChatTextPart[];
}

export interface ChatUserMessage {
  role: 'user';
  content: string | ChatContentPart[];
}

export interface ChatAssistantMessage {
  role: 'assistant';
  content: string | null;
  refusal?: string | null;
  tool_calls?: ChatToolCall[];
  /** Extensions that some servers read and write. */
  reasoning_content?: string;
  reasoning?: string;
  /** Signed reasoning of an Anthropic upstream, as blocks of its dialect; LiteLLM uses the same name. */
  thinking_blocks?: object[];
}

export interface ChatToolMessage {
  role: 'tool';
  tool_call_id: string;
  content: string | ChatTextPart[];
}

export interface ChatToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

export interface ChatTextPart {
  type: 'text';
  text: string;
}

export type ChatContentPart =
  | ChatTextPart
  | { type: 'image_url'; image_url: { url: string; detail?: string } }
  | { type: 'file'; file: { filename?: string; file_data?: string; file_id?: string } }
  | { type: 'input_audio'; input_audio: object }
  | { type: 'refusal'; refusal: string };

export interface ChatTool {
  type: 'function';
  function: { name: string; description?: string; parameters?: object; strict?: boolean | null };
}

export type ChatToolChoice = 'auto' | 'none' | 'required' | { type: 'function'; function: { name: string } };

export type ChatResponseFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | {
      type: 'json_schema';
      json_schema: { name: string; description?: string; schema?: object; strict?: boolean | null };
    };
