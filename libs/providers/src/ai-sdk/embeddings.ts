import {
  isObject,
  malformed,
  optionalNumber,
  optionalText,
  parseJson,
  SallyportError,
  textOf,
  type JsonObject,
} from '@sallyport/dialects';
import type { ProviderCall } from '../provider.port';
import type { EmbeddingModel } from './ai-models';
import type { AiVendor } from './ai-vendor';

/**
 * Answers an embeddings request, in as many calls as the vendor needs for its texts. The vectors are numbers, whatever
 * `encoding_format` says: the gateway brings them into form.
 *
 * @throws SallyportError `dialect_unsupported` for token ids, which mean something to one model only, and
 * `invalid_request`
 */
export async function embeddingsOf(call: ProviderCall, vendor: AiVendor, model: EmbeddingModel): Promise<JsonObject> {
  const request = parseJson(call.body?.toString('utf8') ?? '');
  if (!isObject(request)) throw new SallyportError('invalid_request', 'The body must be a JSON object');
  const texts = textsOf(request['input']);
  const providerOptions = vendor.embeddingOptions(call.model, {
    dimensions: optionalNumber(request, 'dimensions'),
    inputType: optionalText(request, 'input_type'),
  });
  const size = (await model.maxEmbeddingsPerCall) ?? texts.length;
  const vectors: number[][] = [];
  let tokens = 0;
  for (let at = 0; at < texts.length; at += size) {
    const values = texts.slice(at, at + size);
    const { embeddings, usage } = await model.doEmbed({ values, providerOptions, abortSignal: call.signal });
    vectors.push(...embeddings);
    tokens += usage?.tokens ?? Number.NaN;
  }
  return {
    object: 'list',
    data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
    model: textOf(request['model']) ?? call.model,
    // A vendor that does not count one of the calls has not counted.
    ...(Number.isFinite(tokens) && { usage: { prompt_tokens: tokens, total_tokens: tokens } }),
  };
}

function textsOf(input: unknown): string[] {
  const items: unknown[] = Array.isArray(input) ? input : [input];
  if (items.length === 0) throw malformed('input', 'a text or a list of texts');
  return items.map((item) => {
    if (typeof item === 'string') return item;
    if (typeof item !== 'number' && !Array.isArray(item)) throw malformed('input', 'a text or a list of texts');
    throw new SallyportError('dialect_unsupported', 'This model’s upstream takes texts, no token ids', {
      param: 'input',
    });
  });
}
