// What the types of the package let through in React, and what they do not.

import { useRef } from "react";
import type { AccountSignUp } from "storefront-account/react";

export function Good() {
  const element = useRef<AccountSignUp>(null);
  return (
    <>
      <account-sign-up ref={element} key="one" className="a" id="b" token="t" return-to="/" returnTo={null} layout="steps" hidden>
        text
      </account-sign-up>
      <account-center token="t" country="US" cart-reminders="omit" onaccount:address-added={(event) => event.detail.addressId.toFixed()} />
      <account-consent token="t" days={200} onaccount:consent-changed={({ detail }) => detail.allow.includes("analytics")} />
      <account-profile onClick={(event) => event.currentTarget.signInUrl} />
    </>
  );
}

export function Bad() {
  return (
    <>
      {/* @ts-expect-error there is no such layout */}
      <account-sign-up layout="rows" />
      {/* @ts-expect-error there is no such property */}
      <account-sign-up returnToo="/" />
      {/* @ts-expect-error there is no such element */}
      <account-nothing />
      {/* @ts-expect-error React would set a property that every node has */}
      <account-profile attributes="12,15" />
    </>
  );
}

export function inScripts() {
  const element = document.querySelector("account-sign-up");
  if (element) element.returnTo = "/";
  document.createElement("account-addresses").delete = "confirm";
  document.addEventListener("account:signed-up", (event) => event.detail.customerId?.toFixed());
  // @ts-expect-error an event has no such detail
  element?.addEventListener("account:signed-up", (event) => event.detail.email);
  window.StorefrontAccount?.consent.has("analytics");
  if (window.StorefrontAccount) {
    window.StorefrontAccount.addressLookup = async ({ query, country, signal }) => {
      signal.throwIfAborted();
      return [
        { label: query, address: { city: query, countryCode: country } },
        { label: query, address: async ({ signal }) => (signal.aborted ? {} : { postalCode: "1" }) },
      ];
    };
  }
}
