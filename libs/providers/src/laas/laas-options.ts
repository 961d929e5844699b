import type { Secret } from '@sallyport/config';
import { isObject, parseJson } from '@sallyport/dialects';
import { httpAddress } from '../http/http-address';
import type { ProviderContext, ProviderSettings } from '../provider-settings';
import { LAAS_LIMITS, type LaasLimits } from './laas-limits';

/** Where LaaS lived first. Since it is called ennoia, the same API is also at `https://api.ennoia.so`. */
const LAAS_API_BASE = 'https://api-laas.wanted.co.kr';

/** Variables that count for every LaaS deployment that says nothing else. */
const LAAS_VARIABLES = {
  apiBase: 'LAAS_API_URL',
  project: 'LAAS_PROJECT_CODE',
  apiKey: 'LAAS_API_KEY',
  hash: 'LAAS_PRESET_HASH',
} as const;

/** What one LaaS deployment is set to. */
export interface LaasOptions {
  readonly apiBase: string;
  /** Project code and key, sent with every call. */
  readonly project: Secret;
  readonly apiKey: Secret;
  /** Preset for calls that name none. */
  readonly hash: string | undefined;
  /** Template variables for calls that do not set them. */
  readonly params: Readonly<Record<string, string>>;
  /** Model in place of the preset's own; undefined: LaaS is told none. */
  readonly model: string | undefined;
  readonly serviceType: string | undefined;
  /** Whether LaaS is asked to stream, in place of a whole reply that is cut into pieces here. */
  readonly nativeStream: boolean;
  /** Pause between two such pieces, in milliseconds. */
  readonly pieceDelayMs: number;
  /** Time that a streamed call has to fail with a status of its own; then its client is told that it has begun. */
  readonly patienceMs: number;
  /** Largest reply that is read, in bytes. */
  readonly maxReplyBytes: number;
  readonly limits: LaasLimits;
}

/**
 * Reads what `litellm_params` and the variables say: `api_base`, `api_key`, `project`, `hash`, `params`, `laas_model`,
 * `service_type`, `stream_native`, `stream_piece_delay_ms`, `stream_patience_ms`, `max_reply_bytes`, `max_images`,
 * `max_image_bytes`, `max_document_bytes` and `max_document_pages`.
 *
 * @throws RangeError when the project or the key is missing, or a setting cannot be used
 */
export function readLaasOptions(settings: ProviderSettings, { env }: ProviderContext): LaasOptions {
  const { options } = settings;
  const project = options.secret('project') ?? env.secret(LAAS_VARIABLES.project);
  const apiKey = settings.apiKey ?? env.secret(LAAS_VARIABLES.apiKey);
  if (project === undefined || apiKey === undefined) {
    const missing = [...(project ? [] : [LAAS_VARIABLES.project]), ...(apiKey ? [] : [LAAS_VARIABLES.apiKey])];
    throw new RangeError(`provider "laas" needs ${missing.join(' and ')}`);
  }
  const number = (name: string, fallback: number): number => wholeNumber(name, options.text(name), fallback);
  return {
    apiBase: httpAddress(settings.apiBase ?? env.text(LAAS_VARIABLES.apiBase) ?? LAAS_API_BASE),
    project,
    apiKey,
    hash: options.text('hash') ?? env.text(LAAS_VARIABLES.hash),
    params: readParams(options.secret('params')?.reveal()),
    model: options.text('laas_model'),
    serviceType: options.text('service_type'),
    nativeStream: options.text('stream_native') === 'true',
    pieceDelayMs: number('stream_piece_delay_ms', 10),
    patienceMs: number('stream_patience_ms', 1_000),
    maxReplyBytes: number('max_reply_bytes', 67_108_864),
    limits: {
      images: number('max_images', LAAS_LIMITS.images),
      imageBytes: number('max_image_bytes', LAAS_LIMITS.imageBytes),
      documentBytes: number('max_document_bytes', LAAS_LIMITS.documentBytes),
      documentPages: number('max_document_pages', LAAS_LIMITS.documentPages),
    },
  };
}

function wholeNumber(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`${name} must be a whole number`);
}

function readParams(json: string | undefined): Record<string, string> {
  if (json === undefined) return {};
  const params = parseJson(json);
  if (!isObject(params)) throw new RangeError('params must be a map of template variables');
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}
