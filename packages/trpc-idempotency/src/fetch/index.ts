export { type FetchOptions, type HandlerOptions, idempotentFetch, type RequestCaller } from './handler.ts';
export { defaultToProblem, type ProblemDetails, type ToProblem } from './problem.ts';
