import { z } from 'zod';

const openAiModel = z.looseObject({
  id: z.string().describe('What requests name as their model'),
  object: z.literal('model'),
  created: z.int().describe('Seconds since the epoch; the same for all models'),
  owned_by: z.string(),
});

const anthropicModel = z.looseObject({
  type: z.literal('model'),
  id: z.string().describe('What requests name as their model'),
  display_name: z.string(),
  created_at: z.string().describe('RFC 3339; the same for all models'),
});

const anthropicModelPage = z.looseObject({
  data: z.array(anthropicModel),
  has_more: z.boolean().describe('Whether there are more models in the direction of the page'),
  first_id: z.string().nullable().describe('Cursor for `before_id`'),
  last_id: z.string().nullable().describe('Cursor for `after_id`'),
});

/** A model in either form, for the documentation. */
export const modelSchema = z.union([openAiModel, anthropicModel]).meta({
  id: 'Model',
  description: 'Anthropic’s form when the request has an `anthropic-version`, else OpenAI’s',
  example: { id: 'mock', object: 'model', created: 1_677_610_602, owned_by: 'openai' },
});

/** Models in either form, for the documentation. */
export const modelListSchema = z
  .union([z.looseObject({ object: z.literal('list'), data: z.array(openAiModel) }), anthropicModelPage])
  .meta({
    id: 'ModelList',
    description: 'Anthropic’s form when the request has an `anthropic-version`, else OpenAI’s',
    example: {
      object: 'list',
      data: [{ id: 'mock', object: 'model', created: 1_677_610_602, owned_by: 'openai' }],
    },
  });

/** What LiteLLM’s clients ask of deployments, for the documentation. */
export const modelInfoListSchema = z
  .looseObject({
    data: z.array(
      z.looseObject({
        model_name: z.string().describe('Model group'),
        litellm_params: z.looseObject({ model: z.string() }),
        model_info: z.looseObject({
          id: z.string(),
          litellm_provider: z.string(),
          max_input_tokens: z.int().nullable(),
          max_output_tokens: z.int().nullable(),
        }),
      }),
    ),
  })
  .meta({ id: 'ModelInfoList' });
