import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/root.ts';

type Outputs = inferRouterOutputs<AppRouter>;

export type Product = Outputs['catalog']['list']['items'][number];
export type Quote = Outputs['checkout']['quote'];
export type Order = Outputs['orders']['get'];
