/** The two halves of a `data:` URL whose content is base64. */
export interface DataUrl {
  /** Lower case, without parameters, such as `image/png`. */
  readonly mediaType: string;
  /** Base64, as it stands in the URL. */
  readonly data: string;
}

/**
 * Takes a `data:` URL apart (RFC 2397), whatever parameters it has.
 *
 * @returns undefined when `url` is none, or its content is not base64
 */
export function parseDataUrl(url: string): DataUrl | undefined {
  const comma = url.indexOf(',');
  if (comma === -1 || !/^data:/i.test(url)) return undefined;
  const [mediaType = '', ...parameters] = url.slice('data:'.length, comma).split(';');
  if (parameters.at(-1)?.trim().toLowerCase() !== 'base64') return undefined;
  return { mediaType: mediaType.trim().toLowerCase() || 'text/plain', data: url.slice(comma + 1) };
}

export function dataUrl({ mediaType, data }: DataUrl): string {
  return `data:${mediaType};base64,${data}`;
}
