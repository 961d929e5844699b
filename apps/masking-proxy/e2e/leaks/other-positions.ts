import type { LeakPosition } from './leak-position';

const embedding = (name: string, fields: (value: string) => object): LeakPosition => ({
  name,
  body: (value) => ({ model: 'm', input: 'x', ...fields(value) }),
});
const completion = (name: string, fields: (value: string) => object): LeakPosition => ({
  name,
  body: (value) => ({ model: 'm', prompt: 'x', ...fields(value) }),
});

export const EMBEDDINGS_POSITIONS: readonly LeakPosition[] = [
  embedding('input', (value) => ({ input: value })),
  embedding('inputs', (value) => ({ input: ['x', value] })),
  embedding('user', (value) => ({ user: value })),
  embedding('unknown field', (value) => ({ a_new_field: [value] })),
];

export const COMPLETIONS_POSITIONS: readonly LeakPosition[] = [
  completion('prompt', (value) => ({ prompt: value })),
  completion('prompts', (value) => ({ prompt: ['x', value] })),
  completion('suffix', (value) => ({ suffix: value })),
  completion('stop', (value) => ({ stop: [value] })),
  completion('user', (value) => ({ user: value })),
  completion('unknown field', (value) => ({ a_new_field: { deep: value } })),
];
