import { claudeModel } from './claude-models';

describe('claudeModel', () => {
  it.each([
    ['claude-2.1', false],
    ['claude-v2', false],
    ['claude-instant-1.2', false],
    ['claude-3-haiku-20240307', false],
    ['claude-3-5-sonnet-20241022', false],
    ['claude-3-7-sonnet@20250219', false],
    ['claude-sonnet-4-20250514', false],
    ['claude-opus-4@20250514', false],
    ['claude-opus-4-1-20250805', true],
    ['claude-sonnet-4-5-20250929', true],
    ['us.anthropic.claude-haiku-4-5-20251001-v1:0', true],
    ['anthropic/claude-sonnet-4.5', true],
    ['claude-sonnet-5', true],
    ['claude-next', true],
    ['something-else', true],
  ])('%s: structured output of its own is %s', (name, expected) => {
    expect(claudeModel(name).structuredOutput).toBe(expected);
  });

  it.each([
    ['claude-3-7-sonnet-20250219', 'budget'],
    ['claude-sonnet-4-20250514', 'budget'],
    ['claude-opus-4-5-20251101', 'budget'],
    ['anthropic/claude-sonnet-4.5', 'budget'],
    ['something-else', 'budget'],
    ['claude-opus-4-6', 'adaptive'],
    ['anthropic/claude-sonnet-4.6', 'adaptive'],
    ['anthropic.claude-opus-4-6-v1', 'adaptive'],
    ['claude-opus-4-8', 'adaptive'],
    ['claude-sonnet-5', 'adaptive'],
    ['claude-opus-5-5', 'adaptive'],
    ['claude-newfamily-6-1', 'adaptive'],
    ['claude-mythos-preview', 'adaptive'],
  ])('%s thinks in the form %s', (name, expected) => {
    expect(claudeModel(name).thinking).toBe(expected);
  });

  it.each([
    ['claude-opus-4-8', 'omit'],
    ['claude-opus-5', 'disable'],
    ['claude-sonnet-5', 'disable'],
    ['claude-haiku-5-5', 'disable'],
    ['claude-opus-5-5', 'never'],
    ['claude-sonnet-5-5', 'never'],
    ['claude-fable-5', 'never'],
    ['something-else', 'omit'],
  ])('%s is kept from thinking by %s', (name, expected) => {
    expect(claudeModel(name).thinkingOff).toBe(expected);
  });

  it.each([
    ['claude-sonnet-4-6', true, false],
    ['claude-opus-4-7', false, true],
    ['claude-sonnet-5', false, true],
    ['claude-mythos-preview', false, true],
    ['something-else', true, false],
  ])('%s: sampling %s, extra high effort %s', (name, sampling, extraHighEffort) => {
    expect(claudeModel(name)).toMatchObject({ sampling, extraHighEffort });
  });
});
