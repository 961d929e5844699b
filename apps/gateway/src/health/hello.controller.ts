import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';

/** Asked by coding agents, often as `HEAD`, to see whether anybody is there before they send a key. */
@ApiTags('Operations')
@Controller('api/hello')
export class HelloController {
  @Get()
  @ApiSecurity({})
  @ApiOperation({ operationId: 'sayHello', summary: 'Whether anybody is there; takes no key' })
  @ApiOkResponse({ schema: { type: 'object', properties: { message: { type: 'string' } } } })
  hello(): object {
    return { message: 'hello' };
  }
}
