import { Secret } from '@sallyport/config';
import { ScriptedLaas, VARIABLES } from './laas.fixture';

let laas: ScriptedLaas;

beforeEach(() => {
  laas = new ScriptedLaas();
});

describe('settings of LaaS', () => {
  it.each([
    [{ LAAS_API_KEY: 'k' }, /LAAS_PROJECT_CODE$/],
    [{ LAAS_PROJECT_CODE: 'p' }, /LAAS_API_KEY$/],
    [{}, /LAAS_PROJECT_CODE and LAAS_API_KEY/],
  ])('does not start without project and key (%j)', (variables, message) => {
    expect(() => laas.provider({ variables })).toThrow(RangeError);
    expect(() => laas.provider({ variables })).toThrow(message);
  });

  it('does not start with a limit that is no number, or params that are no map', () => {
    expect(() => laas.provider({ params: { max_images: 'three' } })).toThrow('max_images must be a whole number');
    expect(() => laas.provider({ params: { params: '[1]' } })).toThrow('params must be a map');
  });

  it('prefers what the deployment says to the variables', async () => {
    const params = {
      hash: 'other',
      project: 'P2',
      params: { tone: 'kind' },
      service_type: 'AWS',
      laas_model: 'HCX-003',
    };
    await laas.ask({}, { params, settings: { apiKey: new Secret('k2'), apiBase: 'https://api.ennoia.so/' } });
    expect(laas.http.requests[0]).toMatchObject({
      url: 'https://api.ennoia.so/api/preset/v2/chat/completions',
      headers: { project: 'P2', apikey: 'k2' },
    });
    expect(laas.sent()).toMatchObject({
      hash: 'other',
      params: { tone: 'kind' },
      service_type: 'AWS',
      model: 'HCX-003',
    });
  });

  it('takes the address of LAAS_API_URL', async () => {
    const made = laas.provider({ variables: { ...VARIABLES, LAAS_API_URL: 'http://laas.local:81/' } });
    expect(made).toMatchObject({ name: 'laas', apiBase: 'http://laas.local:81', endpoints: ['openai-chat'] });
    await made.call(laas.callOf({}));
    expect(laas.http.requests[0]?.url).toBe('http://laas.local:81/api/preset/v2/chat/completions');
  });

  it('shows no credential when it is printed', () => {
    expect(JSON.stringify(laas.provider())).not.toMatch(/laas-key|PRJ/);
  });
});
