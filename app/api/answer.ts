import { theShop } from '#server/the-shop.ts';

/** What our own server answers too, for where there is no custom server. */
export async function answer(request: Request): Promise<Response> {
  const { answer: answerOf } = await theShop();
  return answerOf(request);
}
