import { isReasoningModel } from './openai-models';

describe(isReasoningModel.name, () => {
  it.each([
    'o1',
    'o1-mini',
    'o3-pro-2025-06-10',
    'o4-mini',
    'gpt-5',
    'gpt-5-mini',
    'gpt-5.1-codex',
    'gpt-6',
    'GPT-5',
    'openai/gpt-5.2',
    'openrouter/openai/o3',
    'ft:o4-mini:acme::1',
  ])('knows %s', (model) => {
    expect(isReasoningModel(model)).toBe(true);
  });

  it.each([
    'gpt-4o',
    'gpt-4.1-mini',
    'gpt-3.5-turbo',
    'gpt-5-chat-latest',
    'gpt-oss-120b',
    'o1x',
    'solo3',
    'claude-opus-4-5',
    'mistral/ministral-o3',
    'mock',
  ])('leaves %s alone', (model) => {
    expect(isReasoningModel(model)).toBe(false);
  });
});
