export { type Connection, type ConnectionSource, createPool, type PoolOptions } from './connection.ts';
export {
  createDatabase,
  type Database,
  isConnectionLost,
  isRetryable,
  isUniqueViolation,
  type Queries,
  type Transaction,
} from './database.ts';
export { knownStatements, type PreparedStatement, parseStatement, type Statement, statement } from './statement.ts';
