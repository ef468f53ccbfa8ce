/**
 * What can go wrong with a database server is told as one sentence of what is the matter and one of what to do: the
 * reader is somebody who typed `npm start`, not a database administrator.
 */
export type TroubleCode =
  | 'already_running'
  | 'binaries_missing'
  | 'binaries_unusable'
  | 'cannot_clone'
  | 'data_newer'
  | 'data_older'
  | 'data_unusable'
  | 'disk_full'
  | 'home_copied'
  | 'no_other_user'
  | 'not_permitted'
  | 'orphan_stays'
  | 'server_unsafe'
  | 'start_failed';

export class PostgresTrouble extends Error {
  override name = 'PostgresTrouble';
  readonly code: TroubleCode;
  /** The next step, one sentence. */
  readonly whatToDo: string;
  /** The server's own words, for a bug report. */
  readonly detail: string;

  constructor(code: TroubleCode, matter: string, whatToDo: string, detail = '') {
    super(`${matter} ${whatToDo}`);
    this.code = code;
    this.whatToDo = whatToDo;
    this.detail = detail;
  }
}
