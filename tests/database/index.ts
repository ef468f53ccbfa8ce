/** What a test that needs PostgreSQL imports, and what the runner of all tests imports. */
export { type EmptyDatabase, emptyDatabase, type TestUser } from './empty-database.ts';
export { type TestDatabase, type TestDatabaseOptions, testDatabase } from './test-database.ts';
export { testServer } from './test-server.ts';
