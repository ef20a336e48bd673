export { answer as GET, answer as HEAD, answer as PUT } from '../../answer.ts';
