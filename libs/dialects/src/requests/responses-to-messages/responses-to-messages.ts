import type { RequestTranslator } from '../../translation/request-translation';

export const responsesToMessages: RequestTranslator = (request) => ({ body: request });
