export { type Journal, type JournalFile, JournalFull, type OpenedJournal, openJournal } from './open-journal.ts';
