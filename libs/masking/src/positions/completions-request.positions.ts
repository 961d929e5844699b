import type { PositionTable } from './position-table';

/**
 * Where text lives in `POST /v1/completions`, after the request type of `openai`. A prompt that is given as ids of a
 * tokenizer is text that nobody here can read, so it is refused.
 */
export const COMPLETIONS_REQUEST = {
  root: '@request',
  shapes: {
    request: {
      fields: {
        prompt: '@prompt',
        suffix: 'text',
        stop: 'text',
        user: 'text',
        best_of: 'word',
        echo: 'word',
        frequency_penalty: 'word',
        logit_bias: 'word',
        logprobs: 'word',
        max_tokens: 'word',
        n: 'word',
        presence_penalty: 'word',
        seed: 'word',
        stream: 'word',
        stream_options: 'word',
        temperature: 'word',
        top_p: 'word',
      },
      kept: { model: 'model' },
      rest: 'data',
    },
    prompt: { number: 'refuse', rest: 'text' },
  },
} as const satisfies PositionTable;
