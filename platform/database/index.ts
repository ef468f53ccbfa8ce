export { type Connection, type ConnectionSource, createPool, type PoolOptions } from './connection.ts';
export { createDatabase, type Database, isConnectionLost, isUniqueViolation, type Queries, type Transaction } from './database.ts';
export type { ColumnType } from './encode-rows.ts';
export { copyStatement, knownStatements, type PreparedStatement, parseStatement, type Statement, statement } from './statement.ts';
