import type { Dialect } from '@sallyport/dialects';

/** The dialects for which it is declared where text lives. */
export type MaskedDialect = Exclude<Dialect, 'openai-responses'>;
