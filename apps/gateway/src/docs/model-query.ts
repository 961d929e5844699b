import type { ApiQueryOptions } from '@nestjs/swagger';

export const MODEL_QUERY: ApiQueryOptions = {
  name: 'model',
  description: 'Model or model group whose upstream is asked; the default upstream otherwise',
  required: false,
  schema: { type: 'string' },
};
