/** What tests of a started house share: looking at its processes, asking it under any name, and a post office. */
export { ask, type Told } from './ask.ts';
export { aloneIn, freePort } from './home.ts';
export { postOffice } from './post-office.ts';
export { NO_PROC, processesOf, untilNone } from './processes.ts';
