// The store's GraphQL, asked with the server's private token.

const { STORE = "http://127.0.0.1:4000", STOREFRONT_PRIVATE_TOKEN: privateToken } = process.env;

export interface GraphqlRequest {
  query: string;
  variables?: unknown;
}

interface Answer {
  status: number;
  body: { data?: Record<string, unknown> | null; errors?: unknown };
  /** The shopper's new token, or null when they have signed out; undefined when nothing changed. */
  session: { value: string; expires: Date } | null | undefined;
}

/** Asks for what the store tells a server alone: the token of the shopper who signs in. */
const withToken = (query: string) => query.replace(/\blogin\s*\([^)]*\)\s*\{/, "$&customerAccessToken{value expiresAt}");

export async function graphql({ query, variables }: GraphqlRequest, customerToken?: string): Promise<Answer> {
  const response = await fetch(new URL("/graphql", STORE), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${privateToken}`,
      ...(customerToken && { "x-bc-customer-access-token": customerToken }),
    },
    body: JSON.stringify({ query: withToken(query), variables }),
  });
  const body = await response.json();
  return { status: response.status, body, session: sessionIn(body) };
}

/** Takes the shopper's token out of an answer: it is not for the page. */
function sessionIn({ data }: Answer["body"]): Answer["session"] {
  const login = data?.["login"] as { customerAccessToken?: { value: string; expiresAt: string } | null } | null | undefined;
  if (login) {
    const token = login.customerAccessToken;
    delete login.customerAccessToken;
    return token ? { value: token.value, expires: new Date(token.expiresAt) } : undefined;
  }
  return data?.["logout"] ? null : undefined;
}
