import { handleTrpc } from '#server/http/handle-trpc.ts';
import { theShop } from '#server/shop.ts';

/** The same handler that our own server binds, for where there is no custom server. */
async function handler(request: Request): Promise<Response> {
  const address = request.headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? 'unknown';
  return handleTrpc(request, { shop: await theShop(), address });
}

export { handler as GET, handler as HEAD, handler as POST };
