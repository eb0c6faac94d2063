// The pages, as the server renders them and the browser hydrates them.

/** What the server puts into a page. */
export interface PageData {
  path: string;
  /** The answer to the element's first query, as JSON. */
  answer?: string | undefined;
}

/** The form for browsers without script. React leaves it alone: the element hides it, and shows its own beside it. */
const fallback = { __html: '<p><a href="/no-script">Open an account</a></p>' };

/** Where there is no such form, React must not look inside either. */
const nothing = { __html: "" };

export function Page({ path, answer }: PageData) {
  if (path === "/account") {
    return (
      <main>
        <h1>Your account</h1>
        <account-center token="server" dangerouslySetInnerHTML={nothing} suppressHydrationWarning />
      </main>
    );
  }
  return (
    <main>
      <h1>Open an account</h1>
      {answer && (
        <script
          type="application/json"
          data-account-answer="sign-up"
          data-variables='{"country":"US"}'
          dangerouslySetInnerHTML={{ __html: answer }}
        />
      )}
      <account-sign-up
        token="server"
        country="US"
        return-to="/account"
        sign-in-url="/account"
        dangerouslySetInnerHTML={fallback}
        suppressHydrationWarning
      />
    </main>
  );
}
