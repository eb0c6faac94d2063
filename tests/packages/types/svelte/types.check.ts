// What the types of the package do not let through in Svelte.

import type { SvelteHTMLElements } from "svelte/elements";
import "storefront-account/svelte";

export const good: SvelteHTMLElements["account-sign-up"] = { layout: "steps", "return-to": "/" };
// @ts-expect-error there is no such layout
export const bad: SvelteHTMLElements["account-sign-up"] = { layout: "rows" };
