import type { Endpoint } from '@sallyport/dialects';
import type { EndpointPaths } from './endpoint-paths';
import type { ProviderSettings } from './provider-settings';

/**
 * Picks what an upstream is asked for: what the operator says of it, else what is known of its kind.
 *
 * @param known what an upstream of this kind serves, in the order of preference
 * @param paths all that the provider can ask for
 * @returns the path of each endpoint, in the order of preference
 * @throws RangeError when the operator names an endpoint that the provider cannot ask for, or none is left
 */
export function chooseEndpoints(
  known: readonly Endpoint[],
  paths: EndpointPaths,
  settings: Pick<ProviderSettings, 'endpoints' | 'chatOnly'>,
): EndpointPaths {
  const possible = Object.keys(paths) as Endpoint[];
  const named = settings.endpoints?.map((name) => {
    const endpoint = possible.find((item) => item === name);
    if (endpoint !== undefined) return endpoint;
    throw new RangeError(`endpoint "${name}" is not one of ${possible.join(', ')}`);
  });
  const chosen = (named ?? known).filter((endpoint) => !(settings.chatOnly && endpoint === 'openai-responses'));
  if (chosen.length === 0) throw new RangeError('no endpoint is left to serve');
  return Object.fromEntries(chosen.map((endpoint) => [endpoint, paths[endpoint]]));
}
