import type { MockAnswer } from './mock-answer';

/** Usage as OpenAI's chat and older APIs tell it. */
export function mockUsage({ promptTokens, tokens }: MockAnswer): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: tokens.length,
    total_tokens: promptTokens + tokens.length,
  };
}

/** Seconds since 1970. */
export function unixTime(): number {
  return Math.floor(Date.now() / 1000);
}
