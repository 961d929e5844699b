import { ModelRouter, type Deployment } from './model-router';

const deployment = (id: string, group: string, model?: string): Deployment<string> => ({
  id,
  group,
  upstream: id,
  model,
  target: id,
});
const steps = (router: ModelRouter<string>, model: string) =>
  router.plan(model).map(({ deployment: { id }, model: sent, fallbackModel }) => [id, sent, fallbackModel]);

describe(ModelRouter.name, () => {
  const deployments = [deployment('a', 'llama'), deployment('b', 'gpt', 'gpt-4o-mini'), deployment('c', 'mock')];

  it('finds a model by its name', () => {
    expect(steps(new ModelRouter({ deployments }), 'llama')).toEqual([['a', 'llama', undefined]]);
  });

  it('sends the name that the deployment has upstream', () => {
    expect(steps(new ModelRouter({ deployments }), 'gpt')).toEqual([['b', 'gpt-4o-mini', undefined]]);
  });

  it('takes the part before the slash for the group and the rest for the model', () => {
    expect(steps(new ModelRouter({ deployments }), 'llama/70b/instruct')).toEqual([['a', '70b/instruct', undefined]]);
  });

  it('lets the default group serve what no group is named after', () => {
    expect(steps(new ModelRouter({ deployments, defaultGroup: 'mock' }), 'x/y')).toEqual([['c', 'x/y', undefined]]);
  });

  it('refuses a model that nobody serves, naming the field', () => {
    expect(() => new ModelRouter({ deployments }).plan('x')).toThrow(
      expect.objectContaining({ code: 'model_not_found', param: 'model' }) as Error,
    );
  });

  it('appends fallbacks in order and says what stands in', () => {
    const fallbacks = new Map([['llama', ['gpt', 'mock']]]);
    expect(steps(new ModelRouter({ deployments, fallbacks }), 'llama/70b')).toEqual([
      ['a', '70b', undefined],
      ['b', 'gpt-4o-mini', 'gpt'],
      ['c', 'mock', 'mock'],
    ]);
  });

  it('finds fallbacks as it finds models: by prefix, or through the default group', () => {
    const fallbacks = new Map([['llama', ['gpt/x', 'unlisted']]]);
    expect(steps(new ModelRouter({ deployments, fallbacks, defaultGroup: 'mock' }), 'llama').slice(1)).toEqual([
      ['b', 'gpt-4o-mini', 'gpt/x'],
      ['c', 'unlisted', 'unlisted'],
    ]);
  });

  it('tries every deployment of a group, in the order that chance gives', () => {
    const group = [deployment('1', 'g'), deployment('2', 'g'), deployment('3', 'g')];
    const order = (random: number) =>
      steps(new ModelRouter({ deployments: group, random: () => random }), 'g').map(([id]) => id);
    expect(order(0.99)).toEqual(['1', '2', '3']);
    expect(order(0)).toEqual(['2', '3', '1']);
  });

  it('names what the configuration refers to and nobody serves', () => {
    const fallbacks = new Map([['llama', ['gpt', 'nope']]]);
    expect(new ModelRouter({ deployments, defaultGroup: 'gone', fallbacks }).unknownNames).toEqual(['gone', 'nope']);
  });

  it('finds a single deployment by its id', () => {
    const pair = [deployment('one', 'g', 'm1'), deployment('two', 'g', 'm2')];
    const fallbacks = new Map([['g', ['g']]]);
    expect(steps(new ModelRouter({ deployments: pair, fallbacks }), 'two').slice(0, 1)).toEqual([
      ['two', 'm2', undefined],
    ]);
  });

  it('finds the most exact name with a wildcard, and fills in what it matched', () => {
    const wild = [
      deployment('any', '*'),
      deployment('o', 'openai/*', '*'),
      deployment('ft', 'openai/ft-*-x', 'tuned-*'),
    ];
    const router = new ModelRouter({ deployments: [...wild, ...deployments] });
    expect(steps(router, 'openai/gpt-4o')).toEqual([['o', 'gpt-4o', undefined]]);
    expect(steps(router, 'openai/ft-$&-x')).toEqual([['ft', 'tuned-$&', undefined]]);
    expect(steps(router, 'openai/ft-x')).toEqual([['o', 'ft-x', undefined]]);
    expect(steps(router, 'else')).toEqual([['any', 'else', undefined]]);
    expect(steps(router, 'llama')).toEqual([['a', 'llama', undefined]]);
  });

  it('plans a call without a model in a lasting order, the default group first', () => {
    const router = new ModelRouter({ deployments, defaultGroup: 'mock', random: () => 0 });
    expect(router.planWithoutModel(({ id }) => id !== 'a').map(({ deployment: { id } }) => id)).toEqual(['c', 'b']);
  });
});
