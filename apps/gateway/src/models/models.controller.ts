import { Controller, Get, Headers, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { modelInfoListSchema, modelListSchema, modelSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import { ANTHROPIC_VERSION } from '../docs/anthropic-headers';
import { DescribedRead } from '../docs/described-call.decorator';
import { withVersion } from '../routes/paths';
import { ModelsService, type PageQuery } from './models.service';

@ApiTags('Models')
@Controller()
@UseGuards(ApiKeyGuard)
export class ModelsController {
  constructor(@Inject(ModelsService) private readonly models: ModelsService) {}

  @Get(withVersion('models'))
  @ApiHeader(ANTHROPIC_VERSION)
  @ApiQuery({ name: 'limit', required: false, description: 'Most models on a page of Anthropic’s form' })
  @ApiQuery({ name: 'after_id', required: false, description: 'The page begins behind this model' })
  @ApiQuery({ name: 'before_id', required: false, description: 'The page ends before this model' })
  @DescribedRead({ id: 'listModels', summary: 'Models and model groups that can be asked for', reply: modelListSchema })
  list(@Headers('anthropic-version') version: string | undefined, @Query() query: PageQuery): object {
    return this.models.list(formFor(version), query);
  }

  @Get(withVersion('models/*'))
  @ApiHeader(ANTHROPIC_VERSION)
  @ApiParam({ name: 'path', description: 'Id of the model', example: 'mock' })
  @DescribedRead({ id: 'getModel', summary: 'One model; its id may hold slashes', reply: modelSchema })
  one(@Headers('anthropic-version') version: string | undefined, @Param('*') id: string): object {
    return this.models.one(formFor(version), id);
  }

  @Get(withVersion('model/info'))
  @DescribedRead({
    id: 'listModelInfo',
    summary: 'What is known of every deployment, in LiteLLM’s form and without credentials',
    reply: modelInfoListSchema,
  })
  info(): object {
    return this.models.info();
  }
}

function formFor(anthropicVersion: string | undefined): 'openai' | 'anthropic' {
  return anthropicVersion === undefined ? 'openai' : 'anthropic';
}
