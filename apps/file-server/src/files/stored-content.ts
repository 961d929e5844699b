import { JsonDepthError, parseJsonTree, SallyportError, type JsonNode } from '@sallyport/dialects';

/** Deeper than any record; the limit only bounds the work on hostile bodies. */
const MAX_DEPTH = 10_000;

/**
 * The bytes that a write stores: those of a text, and of any other value its JSON exactly as it was sent, so that big
 * numbers and the order of keys stay.
 *
 * @param content the member `content` of the body, parsed
 * @param rawBody the whole body, valid JSON with that member
 * @throws SallyportError `invalid_request` when it is nested too deep
 */
export function storedContent(content: unknown, rawBody: Buffer): Buffer {
  if (typeof content === 'string') return Buffer.from(content, 'utf8');
  const text = rawBody.toString('utf8');
  const root = parse(text);
  // Of a key that occurs twice the last one counts, as it does for the parser.
  const member = root.type === 'object' ? root.members.findLast(({ key }) => key === 'content') : undefined;
  return Buffer.from(text.slice(member?.value.start, member?.value.end), 'utf8');
}

function parse(text: string): JsonNode {
  try {
    return parseJsonTree(text, MAX_DEPTH);
  } catch (error) {
    if (!(error instanceof JsonDepthError)) throw error;
    throw new SallyportError('invalid_request', 'content is nested too deep', { param: 'content', cause: error });
  }
}
