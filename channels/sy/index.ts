export { createSy, type SyDoor, type SyOptions } from './create-sy.ts';
