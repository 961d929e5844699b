import type { Variables } from '@sallyport/config';

/** One key for everything, as long as only this machine can reach it. */
export const DEVELOPMENT_KEY = 'dev-key';

const MOCK_UPSTREAMS: Variables = {
  GATEWAY_UPSTREAMS:
    'mock=mock://local;echo=mock://echo;slow=mock://local?ttft_ms=300&tokens_per_second=20;fail=mock://fail',
  GATEWAY_DEFAULT_UPSTREAM: 'mock',
};

/**
 * Fills in what a newcomer has not set: mock upstreams, unless some are configured. The variables that are set win.
 *
 * @param args arguments of the process; a configuration file brings its own models
 */
export function withStandaloneDefaults(variables: Variables, args: readonly string[]): Variables {
  const hasFile = Boolean(variables['CONFIG_FILE_PATH']) || args.some((arg) => arg.startsWith('--config'));
  const hasUpstreams = Boolean(variables['GATEWAY_UPSTREAMS'] ?? variables['GATEWAY_UPSTREAMS_FILE']);
  return { ...(hasFile || hasUpstreams ? {} : MOCK_UPSTREAMS), ...variables };
}
