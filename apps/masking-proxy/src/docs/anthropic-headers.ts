import type { ApiHeaderOptions } from '@nestjs/swagger';

export const ANTHROPIC_VERSION: ApiHeaderOptions = {
  name: 'anthropic-version',
  description: 'Version of Anthropic’s API, handed on',
  required: false,
  schema: { type: 'string', examples: ['2023-06-01'] },
};

export const ANTHROPIC_BETA: ApiHeaderOptions = {
  name: 'anthropic-beta',
  description: 'Names of beta features, handed on',
  required: false,
};
