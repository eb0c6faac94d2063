// The elements in Svelte's markup: attributes as in HTML, or the properties of the same names; `onaccount:…` hears an event.

import type { HTMLAttributes } from "svelte/elements";
import type { AccountAttributeMap, AccountEventMap, AccountPropertyMap } from "./embed/account.js";

export type * from "./embed/account.js";

type AccountEventHandlers = {
  [Name in keyof AccountEventMap as `on${Name}`]?: ((event: AccountEventMap[Name]) => void) | undefined;
};

type Own<Tag extends keyof AccountAttributeMap> = AccountAttributeMap[Tag] & AccountPropertyMap[Tag];

export type AccountElementProps<Tag extends keyof AccountAttributeMap> = Own<Tag> &
  AccountEventHandlers &
  Omit<HTMLAttributes<HTMLElementTagNameMap[Tag]>, keyof Own<Tag>>;

type AccountElements = { [Tag in keyof AccountAttributeMap]: AccountElementProps<Tag> };

declare module "svelte/elements" {
  interface SvelteHTMLElements extends AccountElements {}
}
