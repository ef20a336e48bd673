import type { Admission, Json } from '@payonce/trpc-idempotency';
import type { RequestLabel } from '../answering.ts';
import type { HttpAnswer } from '../http-answer.ts';
import type { HttpRequest } from '../http-request.ts';

export type Method = 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';

/** What a plain HTTP request is once it has passed the guard. */
export interface Call {
  /** Who asks. */
  readonly principal: string;
  readonly label: RequestLabel;
  /** The last segment of the path, as it came; empty for the collection. */
  readonly id: string;
  /** The parsed JSON, for the resource to check; undefined where a method has none. */
  readonly body: unknown;
  /** Its headers; its body has been read. */
  readonly request: HttpRequest;
  /** Whether there is room for one more new key. */
  readonly admit: () => Admission;
}

export interface Reply {
  readonly status: 200 | 201 | 204 | 304;
  readonly json?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What one path answers, by method; HEAD is answered by GET without its body. A method throws a ShopError for what is
 * no success, unless it gives an answer that says so.
 */
export type Resource = { readonly [M in Method]?: (call: Call) => Promise<Reply | HttpAnswer> };

/** The resources by their name in the path: `one` is `/api/<name>/<id>`, `all` is `/api/<name>`. */
export type Resources = Readonly<Record<string, { readonly one?: Resource; readonly all?: Resource }>>;

const RESOURCE_PATH = /^\/api\/([a-z]+)(?:\/([^/]+))?$/;

/** The resource that a path names; undefined when it names none. */
export function resourceAt(
  path: string,
  resources: Resources,
): { readonly resource: Resource; readonly id: string; readonly route: string } | undefined {
  const [, name = '', id] = RESOURCE_PATH.exec(path) ?? [];
  const named = Object.hasOwn(resources, name) ? resources[name] : undefined;
  const resource = id === undefined ? named?.all : named?.one;
  return resource && { resource, id: id ?? '', route: `/api/${name}${id === undefined ? '' : '/:id'}` };
}
