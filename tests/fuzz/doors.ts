/** All doors that are fuzzed. Another one is a file beside these and a line here. */
import { apiDoor } from './api-door.ts';
import type { FuzzDoor } from './fuzz-door.ts';
import { gyDoor } from './gy-door.ts';
import { webhooksDoor } from './webhooks-door.ts';

export const DOORS: readonly FuzzDoor[] = [gyDoor(), apiDoor, webhooksDoor];
