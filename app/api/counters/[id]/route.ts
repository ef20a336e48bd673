export { answer as GET, answer as HEAD, answer as PATCH } from '../../answer.ts';
