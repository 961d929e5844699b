import { SallyportError, textOf, type JsonObject } from '@sallyport/dialects';
import { createHash } from 'node:crypto';
import { wordsOf } from './mock-answer';

const DEFAULT_DIMENSIONS = 1536;
const MAX_DIMENSIONS = 8192;

/**
 * A list of vectors of length 1, one for each input: the same input always has the same vector.
 *
 * @throws SallyportError `invalid_request` when there is nothing to embed or `dimensions` is no usable number
 */
export function mockEmbeddings(request: JsonObject): object {
  const inputs = inputsOf(request['input']);
  const dimensions = dimensionsOf(request['dimensions']);
  const asBase64 = request['encoding_format'] === 'base64';
  const data = inputs.map((input, index) => {
    const vector = unitVector(input, dimensions);
    return { object: 'embedding', index, embedding: asBase64 ? base64Of(vector) : [...vector] };
  });
  const tokens = inputs.reduce((sum, input) => sum + countOf(input), 0);
  return {
    object: 'list',
    data,
    model: textOf(request['model']) ?? 'mock',
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

type Input = string | number[];

/** A text, a list of texts, a list of token ids, or a list of such lists. */
function inputsOf(input: unknown): Input[] {
  if (typeof input === 'string') return [input];
  if (isTokens(input)) return [input];
  if (Array.isArray(input) && input.length > 0 && input.every((item) => typeof item === 'string' || isTokens(item))) {
    return input;
  }
  throw new SallyportError('invalid_request', 'input must be a text, token ids, or a list of such', { param: 'input' });
}

function isTokens(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number');
}

function countOf(input: Input): number {
  return typeof input === 'string' ? wordsOf(input).length : input.length;
}

function dimensionsOf(value: unknown): number {
  if (value === undefined) return DEFAULT_DIMENSIONS;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_DIMENSIONS) return value;
  throw new SallyportError('invalid_request', `dimensions must be from 1 to ${MAX_DIMENSIONS}`, {
    param: 'dimensions',
  });
}

function unitVector(input: Input, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  const seed = JSON.stringify(input);
  let digest: Buffer = Buffer.alloc(0);
  for (let at = 0; at < dimensions; at += 1) {
    const offset = (at % 16) * 2;
    if (offset === 0) digest = createHash('sha256').update(`${at}:${seed}`).digest();
    vector[at] = digest.readInt16LE(offset) + 0.5;
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** The form that OpenAI's own clients ask for: 32-bit floats, little end first. */
function base64Of(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, at) => bytes.writeFloatLE(value, at * 4));
  return bytes.toString('base64');
}
