import { Controller, Get, Inject, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '@sallyport/platform';
import type { Provider } from '@sallyport/providers';
import type { ModelRouter } from '@sallyport/routing';
import { MODEL_ROUTER } from '../upstreams/create-router';

/** LiteLLM's value: clients want a number there, and a configured name has no birthday. */
const CREATED = 1_677_610_602;

@ApiTags('Models')
@Controller()
@UseGuards(ApiKeyGuard)
export class ModelsController {
  constructor(@Inject(MODEL_ROUTER) private readonly router: ModelRouter<Provider>) {}

  @Get(['v1/models', 'models'])
  @ApiOperation({ operationId: 'listModels', summary: 'Models and model groups that can be asked for' })
  list(): object {
    const data = this.router.models.map((id) => ({ id, object: 'model', created: CREATED, owned_by: 'openai' }));
    return { object: 'list', data };
  }
}
