// The elements in JSX, for React 19: attributes as in HTML, or the properties of the same names; `onaccount:…` hears an event.
// `attributes` of two of them cannot be set from JSX: React takes it for the property that every node has.

import type { ClassAttributes, HTMLAttributes } from "react";
import type { AccountAttributeMap, AccountEventMap, AccountPropertyMap } from "./embed/account.js";

export type * from "./embed/account.js";

type AccountEventHandlers = {
  [Name in keyof AccountEventMap as `on${Name}`]?: ((event: AccountEventMap[Name]) => void) | undefined;
};

type Own<Tag extends keyof AccountAttributeMap> = Omit<AccountAttributeMap[Tag], "attributes"> & AccountPropertyMap[Tag];

export type AccountElementProps<Tag extends keyof AccountAttributeMap> = Own<Tag> &
  AccountEventHandlers &
  ClassAttributes<HTMLElementTagNameMap[Tag]> &
  Omit<HTMLAttributes<HTMLElementTagNameMap[Tag]>, keyof Own<Tag>>;

type AccountElements = { [Tag in keyof AccountAttributeMap]: AccountElementProps<Tag> };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements extends AccountElements {}
  }
}
