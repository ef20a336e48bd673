/** Next stands in front like any proxy, so here only METRICS_TOKEN opens it. */
export { answer as GET } from '../answer.ts';
