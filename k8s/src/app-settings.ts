import {
  loadConfiguration,
  readFileServerSettings,
  readGatewaySettings,
  readLogIngestSettings,
  readMaskingSettings,
  type Configuration,
  type ListenSettings,
  type Variables,
} from '@sallyport/config';
import { createUpstreamProvider, type HttpPort } from '@sallyport/providers';

export const APPS = ['gateway', 'masking-proxy', 'log-ingest', 'file-server'] as const;
export type App = (typeof APPS)[number];

export interface AppSettings {
  readonly listen: ListenSettings;
  readonly dataDir?: string;
  /** Every variable that the app has asked for. */
  readonly names: readonly string[];
}

/** Variables that every image sets: those for Node itself, and the data folder, which not every app uses. */
export const IMAGE_VARIABLES: readonly string[] = ['NODE_ENV', 'NODE_OPTIONS', 'DATA_DIR'];

const READERS: Readonly<Record<App, (configuration: Configuration) => { listen: ListenSettings; dataDir?: string }>> = {
  gateway: (configuration) => {
    const settings = readGatewaySettings(configuration);
    for (const name of ['openai', 'openrouter', 'anthropic']) {
      const upstream = { name, address: `${name}://`, apiKey: undefined, endpoints: undefined };
      createUpstreamProvider(upstream, settings, { env: configuration.env, http: NO_HTTP });
    }
    return settings;
  },
  'masking-proxy': ({ env }) => readMaskingSettings(env),
  'log-ingest': ({ env }) => readLogIngestSettings(env),
  'file-server': ({ env }) => readFileServerSettings(env),
};

/** Providers are made here to learn which keys they look for; none is called. */
const NO_HTTP: HttpPort = { send: () => Promise.reject(new Error('no call is expected')) };

/**
 * Reads an app's settings as the app itself does at its start.
 *
 * @throws ConfigurationError that lists what the app would refuse
 */
export function readAppSettings(app: App, variables: Variables): AppSettings {
  const configuration = loadConfiguration(variables);
  const { listen, dataDir } = READERS[app](configuration);
  configuration.env.problems.throwIfAny();
  const { names } = configuration.env;
  return dataDir === undefined ? { listen, names } : { listen, dataDir, names };
}

/** The variable that a name stands for: `X_FILE` gives `X` from a file. */
export function settingName(variable: string): string {
  return variable.replace(/_FILE$/, '');
}
