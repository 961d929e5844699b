import type { OpenAPIObject } from '@nestjs/swagger';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;
/** Says of an operation that its reply may come as server-sent events. */
const STREAMED = 'x-streamed';
const EVENTS = { schema: { type: 'string', description: 'Server-sent events' } };

/**
 * Puts right what decorators cannot say: a route with several paths has one name in the code, and every operation
 * needs its own; a reply that may be streamed has a second media type; and the rest of a path, which the code calls
 * `*`, has a name that the route gives it.
 */
export function finishDocument(document: OpenAPIObject): OpenAPIObject {
  const seen = new Map<string, number>();
  for (const item of Object.values(document.paths)) {
    for (const operation of METHODS.flatMap((method) => item[method] ?? [])) {
      const count = (seen.get(operation.operationId ?? '') ?? 0) + 1;
      seen.set(operation.operationId ?? '', count);
      if (count > 1) operation.operationId = `${operation.operationId}_${count}`;
      dropNameless(operation);
      addStream(operation as Operation & Record<string, unknown>);
    }
  }
  return document;
}

function addStream(operation: Operation & Record<string, unknown>): void {
  if (operation[STREAMED] !== true) return;
  delete operation[STREAMED];
  const reply = operation.responses['200'];
  if (reply !== undefined && 'content' in reply) reply.content = { ...reply.content, 'text/event-stream': EVENTS };
}

function dropNameless(operation: Operation): void {
  if (operation.parameters === undefined) return;
  operation.parameters = operation.parameters.filter((parameter) => !('name' in parameter) || parameter.name !== '*');
}
