import { Inject, Injectable } from '@nestjs/common';
import {
  anthropicModel,
  anthropicModelPage,
  openAiModel,
  openAiModelList,
  SallyportError,
  type AnthropicModel,
  type AnthropicModelPage,
  type OpenAiModel,
  type OpenAiModelList,
} from '@sallyport/dialects';
import type { Provider } from '@sallyport/providers';
import type { ModelRouter } from '@sallyport/routing';
import { MODEL_ROUTER } from '../upstreams/create-router';
import { modelInfo, type ModelInfo } from './model-info';

/** The form in which a client reads lists of models. */
export type ModelForm = 'openai' | 'anthropic';

/** The part of a query that cuts Anthropic's lists into pages. */
export interface PageQuery {
  readonly limit?: string | undefined;
  readonly after_id?: string | undefined;
  readonly before_id?: string | undefined;
}

/** Tells which models can be asked for, from the configuration alone. */
@Injectable()
export class ModelsService {
  constructor(@Inject(MODEL_ROUTER) private readonly router: ModelRouter<Provider>) {}

  list(form: ModelForm, query: PageQuery): OpenAiModelList | AnthropicModelPage {
    const { models } = this.router;
    if (form === 'openai') return openAiModelList(models);
    return anthropicModelPage(models, {
      limit: limitOf(query.limit),
      afterId: query.after_id,
      beforeId: query.before_id,
    });
  }

  /** @throws SallyportError `model_not_found` */
  one(form: ModelForm, id: string): OpenAiModel | AnthropicModel {
    if (!this.serves(id)) throw new SallyportError('model_not_found', 'No upstream serves this model; see /v1/models');
    return form === 'openai' ? openAiModel(id) : anthropicModel(id);
  }

  info(): { data: ModelInfo[] } {
    return { data: this.router.deployments.map(modelInfo) };
  }

  /** Whatever the default upstream may serve is not known, so that counts for listed names only. */
  private serves(id: string): boolean {
    if (this.router.models.includes(id)) return true;
    const group = this.router.groupOf(id);
    return id.startsWith(`${group}/`) || group.includes('*');
  }
}

/** A limit that is no number of models, such as `?limit=all`, is none. */
function limitOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}
