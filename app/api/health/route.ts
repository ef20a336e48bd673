import { health } from '#server/http/health.ts';
import { toFetch } from '#server/http/http-answer.ts';
import { theShop } from '#server/the-shop.ts';

export async function GET(): Promise<Response> {
  return toFetch(await health(await theShop()));
}
