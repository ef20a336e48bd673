import { health } from '#server/http/health.ts';
import { theShop } from '#server/the-shop.ts';

export async function GET(): Promise<Response> {
  return health(await theShop());
}
