import type { PairRules } from '../../translation/translation-rules';

export const RESPONSES_TO_MESSAGES_RULES: PairRules = {
  client: 'openai-responses',
  upstream: 'anthropic-messages',
  fields: {},
  content: {},
};
