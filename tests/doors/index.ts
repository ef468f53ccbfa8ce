export { type ApiHouse, type Ask, apiHouse, type Document, type Operation, operationFor, type Told } from './ask-api.ts';
export { type DoorHouse, doorHouse } from './door-house.ts';
export { type Served, serve } from './serve.ts';
