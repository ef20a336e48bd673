export { answer as DELETE, answer as GET, answer as HEAD, answer as PUT } from '../../answer.ts';
