import type { Provider } from '@sallyport/providers';
import { modelInfo } from './model-info';

const target = { name: 'openai', apiBase: 'https://example.com/v1' } as Provider;
const named = { id: 'gpt', group: 'gpt', upstream: 'gpt', model: undefined, target };

describe(modelInfo.name, () => {
  it('says what is known of an upstream that is only named', () => {
    expect(modelInfo(named)).toMatchObject({
      model_name: 'gpt',
      litellm_params: { model: 'gpt' },
      model_info: { id: 'gpt', key: 'gpt', litellm_provider: 'openai', max_tokens: null, supports_vision: null },
    });
  });

  it('says what the configuration says, and no other id', () => {
    const params = { model: 'openai/gpt-4o', api_base: 'https://example.com/v1' };
    const info = { id: 'other', max_input_tokens: 128_000, supports_vision: true, team: 'blue' };
    expect(modelInfo({ ...named, id: 'a-0', params, info })).toMatchObject({
      litellm_params: params,
      model_info: { id: 'a-0', key: 'openai/gpt-4o', max_input_tokens: 128_000, supports_vision: true, team: 'blue' },
    });
  });
});
