// The merchant's office, which asks the store by its management APIs.

const TOKEN = "token-of-the-office";

/** The store's setting that lets the office in. */
export const API = { accounts: [{ client_id: "office", client_secret: "thirty-two bytes or more of secret", token: TOKEN, scope: "modify" }] };

/** The headers of its requests. */
export const OFFICE = { "x-auth-token": TOKEN };
