import { AI_SDK_ANTHROPIC, AI_SDK_CHAT, AI_SDK_RESPONSES } from './ai-sdk.client';
import { ANTHROPIC } from './anthropic.client';
import type { Client } from './client';
import { LANGCHAIN_ANTHROPIC, LANGCHAIN_CHAT, LANGCHAIN_RESPONSES } from './langchain.client';
import { OPENAI_CHAT } from './openai-chat.client';
import { OPENAI_RESPONSES } from './openai-responses.client';

/** Every client that the gateway promises to serve. */
export const ALL_CLIENTS: readonly Client[] = [
  OPENAI_CHAT,
  OPENAI_RESPONSES,
  ANTHROPIC,
  AI_SDK_CHAT,
  AI_SDK_RESPONSES,
  AI_SDK_ANTHROPIC,
  LANGCHAIN_CHAT,
  LANGCHAIN_RESPONSES,
  LANGCHAIN_ANTHROPIC,
];
