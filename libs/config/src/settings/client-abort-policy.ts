/** The upstream call ends with the client, or is read to its end so that its usage is known. */
export type ClientAbortPolicy = 'abort' | 'drain';
