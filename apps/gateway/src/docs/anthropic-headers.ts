import type { ApiHeaderOptions } from '@nestjs/swagger';

export const ANTHROPIC_VERSION: ApiHeaderOptions = {
  name: 'anthropic-version',
  description: 'Version of Anthropic’s API; asks for Anthropic’s form where a route knows two',
  required: false,
  schema: { type: 'string', examples: ['2023-06-01'] },
};

export const ANTHROPIC_BETA: ApiHeaderOptions = {
  name: 'anthropic-beta',
  description: 'Names of beta features, for Anthropic upstreams',
  required: false,
};
