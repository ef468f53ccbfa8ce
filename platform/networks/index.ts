export { bareAddress, createNetworkCheck, isNetwork, mayComeFrom } from './networks.ts';
