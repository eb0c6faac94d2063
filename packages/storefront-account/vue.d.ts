// The elements in Vue's templates: attributes as in HTML, or the properties of the same names; `@account:…` hears an event.

import type { HTMLAttributes, PublicProps } from "vue";
import type { AccountAttributeMap, AccountEventMap, AccountPropertyMap } from "./embed/account.js";

export type * from "./embed/account.js";

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Name;

type AccountEventHandlers = {
  [Name in keyof AccountEventMap as `on${Capitalize<CamelCase<Name>>}`]?: (event: AccountEventMap[Name]) => void;
};

type Own<Tag extends keyof AccountAttributeMap> = AccountAttributeMap[Tag] & AccountPropertyMap[Tag];

export type AccountComponent<Tag extends keyof AccountAttributeMap> = new () => HTMLElementTagNameMap[Tag] & {
  /** Only for the types of templates. */
  $props: Own<Tag> & AccountEventHandlers & PublicProps & Omit<HTMLAttributes, keyof Own<Tag>>;
};

type AccountComponents = { [Tag in keyof AccountAttributeMap]: AccountComponent<Tag> };

declare module "vue" {
  interface GlobalComponents extends AccountComponents {}
}
