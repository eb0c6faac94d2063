/** What `account.js` puts on the page. */

export type AccountKind = "sign-up" | "sign-in" | "password" | "profile" | "addresses" | "newsletter" | "consent" | "center";

/** What cookies and scripts are for, by the platform's names. */
export type ConsentCategory = "essential" | "functional" | "analytics" | "targeting";

export interface StorefrontAccount {
  /** Version of the loaded script. */
  readonly version: string;
  /** Puts the widget into `element`, for markup that came after the script; harmless when it is there. */
  mount(element: HTMLElement, kind?: AccountKind): void;
  /** What the shopper has decided about cookies. */
  readonly consent: {
    /** Whether a category may be used; what nobody decided, or no category, may not. */
    has(category: ConsentCategory | (string & {})): boolean;
    /** Opens the settings. */
    open(): void;
  };
  /** Takes it out again: view, listeners, requests. The fallback comes back. */
  unmount(element: HTMLElement): void;
}

/** Details of the events; all of them bubble. */
export interface AccountEventMap {
  /** The widget has taken the fallback's place. */
  "account:ready": CustomEvent<Record<string, never>>;
  /** An account was opened. `preventDefault()` keeps the shopper on the page. */
  "account:signed-up": CustomEvent<{ customerId?: number; signedIn: boolean }>;
  /** The shopper signed in. `preventDefault()` on `<account-sign-in>` keeps them on the page. */
  "account:signed-in": CustomEvent<Record<string, never>>;
  /** The shopper signed out. */
  "account:signed-out": CustomEvent<Record<string, never>>;
  /** The profile was changed. */
  "account:profile-saved": CustomEvent<{ customerId: number }>;
  /** An address was added to the book, changed, or deleted from it. */
  "account:address-added": CustomEvent<{ addressId: number }>;
  "account:address-updated": CustomEvent<{ addressId: number }>;
  "account:address-deleted": CustomEvent<{ addressId: number }>;
  /** The password was changed, or a new one chosen by an e-mailed link. */
  "account:password-changed": CustomEvent<Record<string, never>>;
  /** What is allowed of cookies is another than before: decided here, in another tab, or in the store's own banner. */
  "account:consent-changed": CustomEvent<{ allow: ConsentCategory[]; deny: ConsentCategory[]; changed: ConsentCategory[] }>;
  /** The newsletter, or reminders of a left cart, were ordered or stopped. */
  "account:subscription-changed": CustomEvent<{ mailing: "newsletter" | "cart-reminders"; subscribed: boolean }>;
  /** Something failed; `code` is stable, `message` is for developers. */
  "account:error": CustomEvent<{ code: string; message?: string }>;
}

declare global {
  interface Window {
    readonly StorefrontAccount?: StorefrontAccount;
  }
  interface HTMLElementEventMap extends AccountEventMap {}
}
