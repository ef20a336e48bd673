import NextLink from 'next/link';
import type { ComponentProps } from 'react';

/**
 * A way to another page. Nothing is fetched ahead of a tap: every page here is made for its request, with a nonce of
 * its own, so what Next could have ahead is no more than its outline, at the price of two requests a link.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
