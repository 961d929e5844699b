/** The wire formats of conversations that clients and upstreams speak. */
export type Dialect = 'openai-chat' | 'openai-responses' | 'anthropic-messages';
