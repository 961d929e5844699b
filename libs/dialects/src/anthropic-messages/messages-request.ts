/**
 * The Messages request, as far as it is translated. What a client sent has only been checked for its outline: read it
 * with care. Source: https://docs.anthropic.com/en/api/messages
 */
export interface MessagesRequest {
  model: string;
  messages: MessagesTurn[];
  max_tokens: number;
  system?: string | MessagesTextBlock[];
  stream?: boolean;
  temperature?: number;
  top_p?: number;
  top_k?: number;
  stop_sequences?: string[];
  tools?: MessagesTool[];
  tool_choice?: MessagesToolChoice;
  thinking?: MessagesThinking;
  output_config?: { effort?: string; format?: { type: 'json_schema'; schema: object } };
  metadata?: { user_id?: string | null };
  cache_control?: object;
}

export interface MessagesTurn {
  role: 'user' | 'assistant' | 'system';
  content: string | MessagesBlock[];
}

export type MessagesBlock =
  | MessagesTextBlock
  | { type: 'image'; source: MessagesSource; cache_control?: object }
  | { type: 'document'; source: MessagesSource; title?: string | null; cache_control?: object }
  | { type: 'tool_use'; id: string; name: string; input: object; cache_control?: object }
  | MessagesToolResult
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'redacted_thinking'; data: string };

export interface MessagesTextBlock {
  type: 'text';
  text: string;
  cache_control?: object;
}

export interface MessagesToolResult {
  type: 'tool_result';
  tool_use_id: string;
  content?: string | MessagesBlock[];
  is_error?: boolean;
  cache_control?: object;
}

export type MessagesSource =
  | { type: 'base64'; media_type: string; data: string }
  | { type: 'url'; url: string }
  | { type: 'text'; media_type: 'text/plain'; data: string }
  | { type: 'content'; content: string | MessagesBlock[] }
  | { type: 'file'; file_id: string };

export interface MessagesTool {
  name: string;
  description?: string;
  input_schema: object;
  /** Absent or `custom` for a tool of the client; anything else names a tool that Anthropic's servers run. */
  type?: string;
  strict?: boolean;
  cache_control?: object;
}

export type MessagesToolChoice =
  | { type: 'auto' | 'any'; disable_parallel_tool_use?: boolean }
  | { type: 'tool'; name: string; disable_parallel_tool_use?: boolean }
  | { type: 'none' };

export type MessagesThinking =
  { type: 'enabled'; budget_tokens: number } | { type: 'adaptive'; display?: string } | { type: 'disabled' };
