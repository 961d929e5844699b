/** The wire formats that clients and upstreams speak. */
export type Dialect = 'openai-chat' | 'anthropic-messages';
