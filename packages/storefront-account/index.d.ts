export type * from "./embed/account.js";
