import type { FastifyInstance } from 'fastify';

/**
 * Lets a browser open pages that take a key: it asks for a name, which may be anything, and a password, which is the
 * key (HTTP Basic, RFC 7617). To be called before the app's own check of keys is added, which then sees a bearer key.
 *
 * @param isPage whether a route, by its pattern, is one of those pages
 */
export function acceptBrowserLogin(fastify: FastifyInstance, isPage: (route: string) => boolean): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { authorization } = request.headers;
    if (authorization !== undefined && isPage(request.routeOptions.url ?? '')) {
      const password = passwordIn(authorization);
      if (password !== undefined) request.headers.authorization = `Bearer ${password}`;
    }
    done();
  });
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (reply.statusCode === 401 && isPage(request.routeOptions.url ?? '')) {
      reply.header('www-authenticate', 'Basic realm="Sallyport, any name and the master key", charset="UTF-8"');
    }
    done();
  });
}

function passwordIn(authorization: string): string | undefined {
  const [, encoded] = /^basic\s+([A-Za-z0-9+/=]+)$/i.exec(authorization.trim()) ?? [];
  if (encoded === undefined) return undefined;
  const [, password = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(/:(.*)/s, 2);
  return password;
}
