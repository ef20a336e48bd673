export { answer as GET, answer as HEAD, answer as POST } from '../../answer.ts';
