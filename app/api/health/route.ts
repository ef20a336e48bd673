import { health } from '#server/http/health.ts';
import { theShop } from '#server/shop.ts';

export async function GET(): Promise<Response> {
  return health(await theShop());
}
