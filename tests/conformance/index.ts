export { readSchemas, type Schemas } from './read-schemas.ts';
