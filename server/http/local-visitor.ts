import type { RequestHeaders } from './http-request.ts';

/** By what name a browser on this machine calls it. Another name that leads here is a page that wants to be taken for it. */
const LOCAL_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const LOOPBACK = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;

/** Whether whoever asks sits at this machine. What a proxy hands on comes from anywhere, however near the proxy is. */
export function isLocalVisitor(headers: RequestHeaders, address: string): boolean {
  const isHandedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => headers.has(name));
  return !isHandedOn && LOOPBACK.test(address) && LOCAL_NAME.test(headers.get('host') ?? '');
}
