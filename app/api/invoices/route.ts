export { answer as POST } from '../answer.ts';
