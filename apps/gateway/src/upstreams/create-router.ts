import type { Configuration, GatewaySettings } from '@sallyport/config';
import { createDeploymentProvider, createUpstreamProvider, type HttpPort, type Provider } from '@sallyport/providers';
import { ModelRouter, type Deployment } from '@sallyport/routing';

/** Provider token of the app's `ModelRouter<Provider>`. */
export const MODEL_ROUTER = Symbol('MODEL_ROUTER');

/**
 * Turns the configured upstreams into deployments. What cannot be understood is added to `env.problems`, so that it is
 * reported together with everything else.
 */
export function createRouter(
  settings: GatewaySettings,
  { env }: Pick<Configuration, 'env'>,
  http: HttpPort,
): ModelRouter<Provider> {
  const context = { env, http };
  const attempt = (where: string, make: () => Provider): Provider[] => {
    try {
      return [make()];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      env.problems.add(where, error.message);
      return [];
    }
  };

  const named = settings.upstreams.flatMap((upstream) =>
    attempt(`GATEWAY_UPSTREAMS (${upstream.name})`, () => createUpstreamProvider(upstream, settings, context)).map(
      (target): Deployment<Provider> => {
        const { name } = upstream;
        return { id: name, group: name, upstream: name, model: undefined, target };
      },
    ),
  );
  const listed = settings.deployments.flatMap((entry) =>
    attempt(entry.where, () => createDeploymentProvider(entry, context)).map((target): Deployment<Provider> => {
      const { id, group, model, info, params, timeoutMs, streamTimeoutMs, onClientAbort, prices } = entry;
      const limits = { timeoutMs, streamTimeoutMs, onClientAbort };
      return { id, group, upstream: id, model, target, info, params, ...limits, prices };
    }),
  );

  const deployments = [...named, ...listed];
  const router = new ModelRouter({
    deployments,
    defaultGroup: settings.defaultUpstream,
    fallbacks: settings.fallbacks,
  });
  if (settings.upstreams.length + settings.deployments.length === 0) {
    env.problems.add('GATEWAY_UPSTREAMS', 'name at least one upstream, here or in the model_list of a config.yaml');
  } else {
    for (const name of router.unknownNames) env.problems.add('fallbacks and default', `no upstream is named "${name}"`);
  }
  return router;
}
