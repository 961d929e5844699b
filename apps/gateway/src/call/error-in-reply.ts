import { isObject, readStreamError } from '@sallyport/dialects';

/**
 * The status that an error deserves which arrived under a good one, as OpenRouter sends it once a provider has been
 * found. A response object that says of itself that it failed is a reply, and stays one.
 *
 * @param value a whole reply, or the first event of a stream, parsed
 * @returns undefined when there is no error in it
 */
export function errorStatusIn(value: unknown): number | undefined {
  if (!isObject(value) || value['object'] === 'response' || 'response' in value) return undefined;
  const { error, object, type } = value;
  const carriesError =
    type === 'error' || object === 'error' || isObject(error) || (typeof error === 'string' && error !== '');
  return carriesError ? readStreamError(value).status : undefined;
}
