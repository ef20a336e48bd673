export { answer as GET } from '../answer.ts';
