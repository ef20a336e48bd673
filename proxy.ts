import { type NextRequest, NextResponse } from 'next/server';

/**
 * Headers of every document. Scripts run only with this response's nonce, which Next puts on its own from the request
 * header; nobody frames the Pay button, and only our own page a page without one. Authorization is not done here: each procedure does its own.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, request.nextUrl.pathname);
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  response.headers.set('X-Content-Type-Options', 'nosniff');
  response.headers.set('Referrer-Policy', 'strict-origin-when-cross-origin');
  return response;
}

export const config = {
  // Documents only: not what is built and cached, and not the interfaces, which set their own headers.
  matcher: ['/((?!api/|_next/static|_next/image|icon.svg).*)'],
};

/** A scenario opens it in a frame of our own page, as the second tab that a browser would not open by itself. */
const FRAMED_PATH = '/scenarios/tab';

function contentSecurityPolicy(nonce: string, path: string): string {
  const isDevelopment = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    // React's development build evaluates source maps; nothing that is shipped evaluates text.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // Hot reload adds style elements; dialogs that follow a finger move by a style attribute.
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    path === FRAMED_PATH ? "frame-ancestors 'self'" : "frame-ancestors 'none'",
  ].join('; ');
}
