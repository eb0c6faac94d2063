import { useState } from "react";
import type { AccountEventMap, AccountSignIn } from "storefront-account/react";

const token = import.meta.env.VITE_STOREFRONT_TOKEN ?? "";

export function App() {
  const [shown, setShown] = useState("sign-up");
  const [message, setMessage] = useState("");

  function signedUp(event: AccountEventMap["account:signed-up"]) {
    // The application goes on by itself.
    event.preventDefault();
    setMessage(`Welcome, customer ${event.detail.customerId ?? ""}`);
    setShown("");
  }

  function signedIn(event: AccountEventMap["account:signed-in"]) {
    event.preventDefault();
    setMessage("You are signed in");
    setShown("");
  }

  const focusFirst = (element: AccountSignIn | null) => element?.querySelector("a")?.focus();

  return (
    <main>
      <h1>React</h1>
      <button type="button" onClick={() => setShown("sign-up")}>Sign up</button>
      <button type="button" onClick={() => setShown("sign-in")}>Sign in</button>
      <button type="button" onClick={() => setShown("")}>Nothing</button>
      <p role="status">{message}</p>
      {shown === "sign-up" && (
        <account-sign-up className="form" token={token} country="US" sign-in-url="/login.php" onaccount:signed-up={signedUp}>
          <p><a href="/login.php?action=create_account">Open an account</a></p>
        </account-sign-up>
      )}
      {shown === "sign-in" && (
        <account-sign-in ref={focusFirst} token={token} return-to="/" onaccount:signed-in={signedIn}>
          <p><a href="/login.php">Sign in</a></p>
        </account-sign-in>
      )}
    </main>
  );
}
