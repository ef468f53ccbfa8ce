export { type GyDoor, type GyOptions, type GyPeer, type GySession, openGy } from './open-gy.ts';
