import { toFetch } from '#server/http/http-answer.ts';
import { fromFetch } from '#server/http/http-request.ts';
import { handleWebhook } from '#server/http/webhook.ts';
import { theShop } from '#server/the-shop.ts';

export async function POST(request: Request): Promise<Response> {
  return toFetch(await handleWebhook(fromFetch(request), await theShop()));
}
