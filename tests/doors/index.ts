export { type ApiHouse, type Ask, apiHouse, type Document, type Told } from './ask-api.ts';
export { type DoorHouse, doorHouse } from './door-house.ts';
export { openPages, type Pages, pressPay, READER, readerWho, refused, review, selfCareOf, shown } from './open-pages.ts';
export { type Served, serve } from './serve.ts';
export { type PageAnswer, type PagesHouse, pagesHouse, signUpOnPages, type Visitor } from './serve-pages.ts';
