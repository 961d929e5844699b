import { anthropicModel, anthropicModelPage, openAiModel, openAiModelList } from './model-lists';

const IDS = ['a', 'b', 'c', 'openai/gpt-4o'];
const page = (request: Parameters<typeof anthropicModelPage>[1]) => {
  const { data, ...cursors } = anthropicModelPage(IDS, request);
  return [data.map(({ id }) => id).join(), ...Object.values(cursors)];
};

describe('lists of models', () => {
  it('have OpenAI’s form', () => {
    expect(openAiModel('a')).toEqual({ id: 'a', object: 'model', created: 1677610602, owned_by: 'openai' });
    expect(openAiModelList(['a'])).toEqual({ object: 'list', data: [openAiModel('a')] });
  });

  it('have Anthropic’s form', () => {
    expect(anthropicModel('a')).toEqual({
      type: 'model',
      id: 'a',
      display_name: 'a',
      created_at: '2023-02-28T18:56:42Z',
    });
  });

  it.each([
    ['all', {}, ['a,b,c,openai/gpt-4o', false, 'a', 'openai/gpt-4o']],
    ['a generous limit', { limit: 1000 }, ['a,b,c,openai/gpt-4o', false, 'a', 'openai/gpt-4o']],
    ['the first two', { limit: 2 }, ['a,b', true, 'a', 'b']],
    ['the next two', { limit: 2, afterId: 'b' }, ['c,openai/gpt-4o', false, 'c', 'openai/gpt-4o']],
    ['the two before', { limit: 2, beforeId: 'openai/gpt-4o' }, ['b,c', true, 'b', 'c']],
    ['what is before the first', { beforeId: 'a' }, ['', false, null, null]],
    ['what is behind the last', { afterId: 'openai/gpt-4o' }, ['', false, null, null]],
    ['an unknown cursor', { afterId: 'gone', limit: 1 }, ['a', true, 'a', 'a']],
  ])('come in pages: %s', (_what, request, expected) => {
    expect(page(request)).toEqual(expected);
  });

  it('may be empty', () => {
    expect(anthropicModelPage([], {})).toEqual({ data: [], has_more: false, first_id: null, last_id: null });
  });
});
