export { WINDOWS_FILE, type WindowsTried } from './tell-windows.ts';
